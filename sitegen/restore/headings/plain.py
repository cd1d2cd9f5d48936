"""Restore: the plain form, for those who switch restoration off: anchors read as words."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.model import Certainty, Document, Reason, Section
from sitegen.restore.headings.casing import literal, worded
from sitegen.restore.headings.written import (
    Found,
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
from sitegen.scan.plain import literal_tags

_GUESS = Found(Certainty.GUESSED, Reason.ANCHOR)
_TITLE = Found(Certainty.GUESSED, Reason.PATH)
_GIVEN = Found(Certainty.GUESSED, Reason.STATED)


def plain_page(document: Document, stated: str) -> Document:
    """Give each section the words of its anchor as heading, so that every anchor exists."""
    lines = document.text.split("\n")
    own = own_headings(document.text, lines)
    lacking = [s for s in document.sections if s.anchor and not kept_level(s, lines, own)]
    opens = opening_heading(lines, own, lacking[0].line if lacking else len(lines))
    title = literal_tags(" ".join((stated or document.title).split())) or (
        path_words(document.id) if opens is None else split_id(own[opens][1])[0]
    )
    written = {s.line: _headings(s) for s in lacking}
    above = Written(title, 1, _TITLE, _TITLE, "title") if opens is None else None
    return write(replace(document, title=plain(title)), lines, above, written)


def _headings(section: Section) -> list[Written]:
    if not section.headings:
        return [Written(literal(humanised(section.anchor)), 2, _GUESS, _GUESS)]
    return [Written(worded(words), level or 2, _GIVEN, _GIVEN) for words, level in section.headings]
