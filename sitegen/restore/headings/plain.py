"""Restore: the plain form, for those who switch restoration off: anchors read as words."""

from __future__ import annotations

from dataclasses import replace

from sitegen.model import Certainty, Document
from sitegen.restore.headings.casing import literal
from sitegen.restore.headings.written import (
    Written,
    humanised,
    kept_level,
    opening_heading,
    own_headings,
    path_words,
    plain,
    write,
)
from sitegen.scan.ids import split_id

_GUESS = Certainty.GUESSED


def plain_page(document: Document, stated: str) -> Document:
    """Give each section the words of its anchor as heading, so that every anchor exists."""
    lines = document.text.split("\n")
    own = own_headings(document.text, lines)
    lacking = [s for s in document.sections if s.anchor and not kept_level(s, lines, own)]
    opens = opening_heading(lines, own, lacking[0].line if lacking else len(lines))
    title = " ".join((stated or document.title).split()) or (
        path_words(document.id) if opens is None else split_id(own[opens][1])[0]
    )
    written = {
        s.line: Written(s.heading or literal(humanised(s.anchor)), 2, _GUESS, _GUESS)
        for s in lacking
    }
    above = Written(title, 1, _GUESS, _GUESS, "title") if opens is None else None
    return write(replace(document, title=plain(title)), lines, above, written)
