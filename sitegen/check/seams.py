"""Health: rules about where the rows of a dataset were cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from sitegen.assemble.grouping.order import NAME_ORDER
from sitegen.check.examined import Examined
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Document, Seam
from sitegen.scan import FenceScanner

_SENTENCE_END = re.compile(r"[.!?:;…。！？|>}\])*`\"']\s*\Z|\A\s*\Z")
_MANY_RETURNS = 2
_SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "code": ("blocks of code", "cut above blocks of code or below them"),
        "table": ("tables", "cut above tables or below them"),
        "sentence": ("sentences", "cut at the ends of sentences"),
    }
)


def inside(site: Examined) -> Iterator[Diagnostic]:
    """Count the rows that begin inside of code, of a table, of a sentence; each kind once."""
    counts: Counter[str] = Counter()
    first: dict[str, Location] = {}
    for page in site.pages:
        document = page.document
        if all(section.seam is Seam.SECTION for section in document.sections):
            continue
        for kind, line in _cuts(document):
            counts[kind] += 1
            first.setdefault(kind, document.locate(line))
    for kind, (blocks, remedy) in _SAID.items():
        if counts[kind]:
            message = f"rows that begin in the middle of {blocks}: {counts[kind]:,}"
            place = replace(first[kind], line=None)
            yield Diagnostic("seam-inside", Severity.INFO, message, place, remedy)


def _cuts(document: Document) -> Iterator[tuple[str, int]]:
    """Yield what each cut of a page is inside of, and its line."""
    lines = document.text.split("\n")
    fences = FenceScanner()
    fed = 0
    for section in document.sections:
        while fed < min(section.line, len(lines)):
            fences.feed(lines[fed])
            fed += 1
        if section.seam is Seam.SECTION or section.line >= len(lines):
            continue
        line = lines[section.line]
        above = lines[section.line - 1] if section.line else ""
        if fences.inside and not line.lstrip().startswith(("```", "~~~")):
            yield "code", section.line
        elif line.lstrip().startswith("|") and above.lstrip().startswith("|"):
            yield "table", section.line
        elif section.column:
            if not _SENTENCE_END.search(line[: section.column]):
                yield "sentence", section.line
        elif not _SENTENCE_END.search(above):
            yield "sentence", section.line


def returning(site: Examined) -> Iterator[Diagnostic]:
    """Find pages whose sections come again and again: their rows are in another order."""
    for page in site.pages:
        document = page.document
        seen: set[str] = set()
        returns, last = 0, ""
        for section in document.sections:
            if section.anchor and section.anchor != last:
                returns += section.anchor in seen
                seen.add(section.anchor)
                last = section.anchor
        if returns >= _MANY_RETURNS and 2 * returns >= len(seen):
            yield Diagnostic(
                "section-again",
                Severity.WARNING,
                f"sections come again after others, {returns} times",
                document.locate(0),
                NAME_ORDER,
            )
