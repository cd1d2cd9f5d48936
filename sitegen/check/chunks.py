"""Health: rules about the chunks of a dataset and their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from sitegen.check.examined import Examined
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Document

_NUMBERED = re.compile(r"(.*?)(\d{1,15})")
_REPEATED = 200  # characters; shorter texts are alike by chance
_SHORT = 20  # letters and digits
_LONG = 30_000  # characters; a section that one would read in half an hour
_SHOWS_MORE = ("[[", "<", "![")  # markers, tags and images show more than they say
_OVERLAP = range(40, 2_000)  # characters; fewer are chance, more are a repeated text


def repeated(site: Examined) -> Iterator[Diagnostic]:
    """Find long texts that stand in several chunks; licences in comments are left out."""
    first: dict[str, Location] = {}
    for document, line, text in _chunks(site):
        if len(text) < _REPEATED or text.startswith("<!--"):
            continue
        here = document.locate(line)
        there = first.setdefault(text, here)
        if there is not here:
            yield Diagnostic(
                "text-repeated",
                Severity.INFO,
                f"the same text as chunk {there.chunk_id} of page {there.page}"
                if there.chunk_id  # without the row, which moves when others come and go
                else f"the same text as page {there.page}",
                here,
            )


def overlapping(site: Examined) -> Iterator[Diagnostic]:
    """Find chunks that begin with what the one before them ends with."""
    for (document, _, before), (other, line, text) in pairwise(_chunks(site)):
        if document is other and before != text and (shared := _overlap(before, text)):
            yield Diagnostic(
                "text-overlap",
                Severity.WARNING,
                f"the first {shared} characters are the last of the chunk before",
                document.locate(line),
            )


def _overlap(before: str, text: str) -> int:
    """Count the characters that end one text, without being all of it, and begin the next."""
    tail, head = before[1:][-_OVERLAP.stop :], text[: _OVERLAP.start]
    at = tail.find(head) if len(head) == _OVERLAP.start else -1
    while at >= 0:
        if text.startswith(tail[at:]):
            return len(tail) - at
        at = tail.find(head, at + 1)
    return 0


def short(site: Examined) -> Iterator[Diagnostic]:
    """Find chunks that hold next to nothing."""
    for document, line, text in _chunks(site):
        if sum(map(str.isalnum, text)) < _SHORT and not text.startswith(_SHOWS_MORE):
            yield Diagnostic(
                "text-short",
                Severity.INFO,
                f"a {_kind(document)} of {len(text)} characters",
                document.locate(line),
            )


def long(site: Examined) -> Iterator[Diagnostic]:
    """Find chunks that nobody reads in one go."""
    for document, line, text in _chunks(site):
        if len(text) > _LONG:
            yield Diagnostic(
                "text-long",
                Severity.INFO,
                f"a {_kind(document)} of {len(text):,} characters",
                document.locate(line),
            )


def gaps(site: Examined) -> Iterator[Diagnostic]:
    """Find numbers that are missing between the ids of neighbours: a chunk may be lost."""
    for page in site.pages:
        document = page.document
        for before, section in pairwise(document.sections):
            a, b = (_NUMBERED.fullmatch(s.chunk_id) for s in (before, section))
            if a and b and a[1] == b[1] and int(b[2]) > int(a[2]) + 1:
                yield Diagnostic(
                    "order-gap",
                    Severity.WARNING,
                    f"{int(b[2]) - int(a[2]) - 1} missing between chunks "
                    f"{before.chunk_id} and {section.chunk_id}",
                    document.locate(section.line),
                )


def restored(site: Examined) -> Iterator[Diagnostic]:
    """Count for each page what was given back, by how sure that is."""
    for page in site.pages:
        counts = Counter(r.certainty.value for r in page.document.restored)
        if counts:
            words = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()))
            yield Diagnostic(
                "restored",
                Severity.INFO,
                f"titles, headings and levels restored: {words}",
                page.document.locate(0),
            )


def _kind(document: Document) -> str:
    """What a text of a document is: a row of a dataset, or all of a file."""
    return "page" if document.sections[0].row is None else "chunk"


def _chunks(site: Examined) -> Iterator[tuple[Document, int, str]]:
    """Yield every chunk's document, line and text without the headings that were restored."""
    for page in site.pages:
        document = page.document
        for section, text, _ in document.parts():
            yield document, section.line, text.strip()
