"""Together: the results of several builds -> one.

To load this takes no time: who finds nothing to do needs no stage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.errors import Diagnostic, as_record
from sitegen.record.result import FILES, Result
from sitegen.write.written import Written


def together(
    built: Mapping[str, Result], others: Sequence[Written], further: Sequence[Diagnostic]
) -> Result:
    """What the builds of several versions have to say, each by its name, and all in one.

    ``others`` are the folders beside theirs.
    """
    reports = {name: result.report for name, result in built.items()}
    files = [{what: getattr(each, what) for what in (*FILES, "bytes")} for each in others]
    findings = [
        finding | {"version": name}
        for name, report in reports.items()
        for finding in report["diagnostics"]
    ]
    return Result(
        {
            "format": 1,
            **{
                key: _sum([report[key] for report in reports.values()])
                for key in ("pages", "chunks", "links", "restored")
            },
            "restored_by_page": {
                f"{name}/{page}": counts
                for name, report in reports.items()
                for page, counts in report["restored_by_page"].items()
            },
            "files": _sum([*files, *(report["files"] for report in reports.values())]),
            "diagnostics": [*findings, *map(as_record, further)],
            "versions": reports,
        }
    )


def _sum(parts: Sequence[Any]) -> Any:
    """Numbers summed up, those of tables by their keys."""
    if isinstance(parts[0], Mapping):
        keys = dict.fromkeys(key for part in parts for key in part)
        return {key: _sum([part[key] for part in parts if key in part]) for key in keys}
    return sum(parts)
