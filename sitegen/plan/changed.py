"""Changed: pages of a version -> the version that brought each as it is now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sitegen.config import VersionConfig
from sitegen.limits.files import read_regular
from sitegen.model import Changed, Head, Page

_MOST_PARTS = 1 << 16
_LARGEST = 1 << 30


def last_changes(
    version: VersionConfig, texts: Iterable[tuple[str, Sequence[str]]]
) -> Mapping[str, Changed]:
    """By document id, when each was changed last; ``texts`` are those of its chunks, or digests.

    What reads as in the version before is as old as it was there. Where there is a version before
    and what its build has said is not here, nobody knows.
    """
    if not version.name:
        return {}
    before = _said(version.before) if version.before else {}
    if before is None:
        return {}
    found = {}
    for id, parts in texts:
        text = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
        old = before.get(id)
        same = old is not None and old.text == text
        found[id] = old if old and same else Changed(version.name, version.date, text)
    return found


def with_days(
    pages: Sequence[Page], changed: Mapping[str, Changed], days: Mapping[str, str]
) -> tuple[Page, ...]:
    """The pages with when each was changed last: as its input says, else its history, else so.

    ``changed`` is by document id, ``days`` by source.
    """

    def of(head: Head) -> Changed | None:
        brought = changed.get(head.id)
        day = head.changed or days.get(head.source, "")
        return replace(brought or Changed("", "", ""), date=day) if day else brought

    found = ((page, of(page.document)) for page in pages)
    return tuple(replace(page, changed=when) if when else page for page, when in found)


def pages_said(report: Path, table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What a ``build.json`` that says so much tells of each page, in files beside it perhaps.

    Raises:
        OSError, ValueError, KeyError: it cannot be read.
    """
    if "parts" not in table:
        yield from table["pages"]
        return
    for part in range(min(int(table["parts"]), _MOST_PARTS)):
        part_of = report.parent / f"build/{part}.json"
        yield from json.loads(read_regular(part_of, _LARGEST))["pages"]


def _said(report: Path) -> dict[str, Changed] | None:
    """What a build has said of its pages in its ``build.json``; none if it is not to be read."""
    try:
        table: dict[str, Any] = json.loads(read_regular(report, _LARGEST))
        return {
            page["id"]: Changed(*(str(page["changed"][key]) for key in ("version", "date", "text")))
            for page in pages_said(report, table)
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
