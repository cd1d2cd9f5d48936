"""Result: what a build says of itself, as the record keeps it and the command line prints it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sitegen.errors import Diagnostic, Location, Severity

FILES = ("added", "changed", "unchanged", "removed")
"""What became of the files of the output."""


class Result(Struct, frozen=True):
    """What a build made of its input: ``report`` is the JSON of the command line's ``--json``."""

    report: Mapping[str, Any]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, in the order in which they were found."""
        return tuple(_finding(item) for item in self.report["diagnostics"])

    def unchanged(self) -> Result:
        """What a build says that finds everything as this one has left it."""
        files = self.report["files"]
        equal = files["added"] + files["changed"] + files["unchanged"]
        now = dict.fromkeys(FILES, 0) | {"unchanged": equal, "bytes": files["bytes"]}
        return Result({**self.report, "files": now})


def _finding(item: Mapping[str, Any]) -> Diagnostic:
    place = Location(item["file"], item["row"], item["chunk"], item["page"], item["line"])
    return Diagnostic(
        item["code"], Severity(item["severity"]), item["message"], place, item["help"]
    )
