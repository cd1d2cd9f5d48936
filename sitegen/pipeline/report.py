"""Report: what a build made of its input, for the command line and for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sitegen.check.links import LinkReport
from sitegen.errors import Diagnostic, Severity
from sitegen.feeds.report import restored_counts
from sitegen.model import Site
from sitegen.write import Written


@dataclass(frozen=True)
class Result:
    """What a build made of its input."""

    site: Site
    chunks: int
    links: LinkReport
    diagnostics: tuple[Diagnostic, ...]
    written: Written

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return Counter(d.severity for d in self.diagnostics)[severity]

    @cached_property
    def report(self) -> dict[str, Any]:
        """Say all of it as JSON: the command line's ``--json``."""
        return {
            "format": 1,
            "pages": len(self.site.pages),
            "chunks": self.chunks,
            "links": {"checked": self.links.checked, "missing": self.links.missing},
            "restored": restored_counts(self.site.pages),
            "restored_by_page": {
                page.document.id: restored_counts([page])
                for page in self.site.pages
                if page.document.restored
            },
            "files": {
                "added": self.written.added,
                "changed": self.written.changed,
                "unchanged": self.written.unchanged,
                "removed": self.written.removed,
                "bytes": self.written.bytes,
            },
            "diagnostics": [_finding(found) for found in self.diagnostics],
        }


def _finding(found: Diagnostic) -> dict[str, Any]:
    place = found.location
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "file": Path(place.file).name,
        "row": place.row,
        "chunk": place.chunk_id,
        "page": place.page,
        "line": place.line,
        "help": found.help,
    }
