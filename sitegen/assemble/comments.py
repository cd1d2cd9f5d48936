"""Assemble: a comment above a page that chunking has cut, mostly a licence, is one comment again.

Chunks are cut at lines that look like headings, and the lines of a comment may well do.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from sitegen.model import Certainty, Document, Restored

_OPENING = re.compile(r"\s*<!--")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_END_OF_LINE = re.compile(r"-->[ \t]*(?=\n|\Z)")


def join_comment(document: Document) -> Document:
    """Return the document with its first comments whole: nothing in them is headed.

    One that lost its end, with the lines that were taken for headings, ends before the first
    section that holds anything else than the `#` of such lines.
    """
    at = 0
    while match := _OPENING.match(document.text, at):
        close = _close(document.text, match.end())
        first = document.text.count("\n", 0, match.end())
        if close is None:
            return _ended(document, first)
        last = document.text.count("\n", 0, close)
        if any(first < section.line <= last for section in document.sections):
            return _unheaded(document, last)
        at = close
    return document


def _close(text: str, start: int) -> int | None:
    """Find where a comment ends; `None` if what follows is rather another's end, or an arrow."""
    match = _END_OF_LINE.search(text, start)
    if match is None:
        return None
    inside = text[start : match.start()]
    return None if "<!--" in inside or _FENCE.search(inside) else match.end()


def _unheaded(document: Document, last: int) -> Document:
    """Take the headings from the sections that begin up to a line."""
    sections = tuple(
        replace(section, anchor="", headings=()) if section.line <= last else section
        for section in document.sections
    )
    return replace(document, sections=sections)


def _ended(document: Document, first: int) -> Document:
    """End a comment that never ends below the lines with `#` alone that surely are its own."""
    lines = document.text.split("\n")
    ends = [section.line for section in document.sections[1:]] + [len(lines)]
    last = -1
    for index, (section, end) in enumerate(zip(document.sections, ends, strict=True)):
        start = first + 1 if index == 0 else section.line
        own = [line.strip() for line in lines[start:end]]
        if any(line and (line != "#" if index else line[0] != "#") for line in own):
            break
        last = max(first, *(n for n in range(section.line, end) if lines[n].strip()), last)
    if last < 0 or len(document.sections) == 1:
        return document
    lines[last] += " -->"
    closed = replace(document, text="\n".join(lines))
    mark = Restored(last, "comment", Certainty.LIKELY)
    return replace(_unheaded(closed, last), restored=(*document.restored, mark))
