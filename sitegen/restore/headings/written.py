"""Restore: the headings that texts kept, and those that are written into them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sitegen.model import Certainty, Document, Origin, Reason, Restored, Section
from sitegen.restore.headings.casing import literal
from sitegen.scan import headings, visible_lines
from sitegen.scan.ids import split_id
from sitegen.scan.patterns import rare
from sitegen.scan.plain import plain as words_of
from sitegen.scan.plain import without_pictures
from sitegen.urls import INDEX_NAMES, slug

Own = Mapping[int, tuple[int, str]]  # level and raw text of headings by line (from 0)

_NUMBERED = rare(r"^([A-Za-z]{3,})(\d+)$")
_DESCRIBED = re.compile(r"<img\b[^<>]*?\salt=(?:\"([^\"]*)\"|'([^']*)')[^<>]*>", re.IGNORECASE)
_MAYBE = re.compile(r"\n {0,3}(?:#|<h[1-6]|[=-]+[ \t]*(?:\n|\Z))", re.IGNORECASE)


class Found(NamedTuple):
    """How sure something is, and what it was taken from."""

    certainty: Certainty
    reason: Reason


STATED = Found(Certainty.CERTAIN, Reason.STATED)


class Written(NamedTuple):
    """A heading to write: its text in Markdown, its level, and how each was found."""

    text: str
    level: int
    found: Found
    level_found: Found
    what: str = "heading"

    def marks(self, line: int) -> list[Restored]:
        """Note what a reader of this heading should know."""
        marks = [Restored(line, self.what, *self.found)]
        if self.what == "heading":
            marks.append(Restored(line, "level", *self.level_found))
        return marks


def own_headings(text: str, lines: Sequence[str]) -> Own:
    """Find the headings that a text, which is these lines, kept."""
    if not _MAYBE.search(f"\n{text}"):
        return {}
    return {number: (level, heading) for number, level, heading in headings(lines)}


def opening_heading(lines: Sequence[str], own: Own, before: int) -> int | None:
    """Find the line of the text's own title above line ``before``.

    That is its first heading of level 1, or one of any level that nothing stands above.
    """
    if not own:
        return None
    first = next((number for number, line in visible_lines(lines) if line.strip()), len(lines))
    for number, (level, text) in own.items():
        if number >= before:
            break
        if (level == 1 or number <= first) and plain(text):
            return number
    return None


def kept_level(section: Section, lines: Sequence[str], own: Own) -> int:
    """Tell the level of the heading that a chunk's text opens with; 0 when it has lost it."""
    line = section.line
    while line < len(lines) and not lines[line].strip():
        line += 1
    if line not in own:
        return 0
    level, text = own[line]
    return level if section.anchor in {split_id(text)[1], slug(plain(text))} else 0


def write(
    document: Document,
    lines: Sequence[str],
    title: Written | None,
    written: Mapping[int, Sequence[Written]],
) -> Document:
    """Put a title above ``lines`` and headings before their sections (by line).

    The source map and what has been restored before move along.
    """
    text: list[str] = []
    sections: list[Section] = []
    restored: list[Restored] = []
    if title:
        text += [f"# {title.text}", ""]
        restored += title.marks(0)
    ends = [section.line for section in document.sections[1:]] + [len(lines)]
    marks = deque(sorted(document.restored, key=lambda mark: mark.line))
    for index, (section, end) in enumerate(zip(document.sections, ends, strict=True)):
        # Above the first heading stands the page's title; an anchor stays with its own heading.
        above = index == 0 and not section.anchor
        line = 0 if above else len(text)
        # What goes on in the middle of a line is headed by what stands there already.
        for heading in written.get(section.line, ()) if not section.column else ():
            restored += heading.marks(len(text))
            text += [f"{'#' * heading.level} {heading.text}", ""]
        moved, written_above = len(text) - section.line, len(text) - line
        if moved or written_above:
            origins = _origins(section, written_above)
            sections.append(replace(section, line=line, origins=origins))
        else:
            sections.append(section)
        while marks and marks[0].line < end:
            mark = marks.popleft()
            restored.append(replace(mark, line=mark.line + moved))
        text += lines[section.line : end]
    return replace(
        document, text="\n".join(text), sections=tuple(sections), restored=tuple(restored)
    )


def _origins(section: Section, written_above: int) -> tuple[Origin, ...]:
    """Where the lines of a section come from, below those that are written into it."""
    own = (Origin(0, section.file, section.line),) if section.row is None else ()
    known = section.origins or own
    return tuple(each._replace(line=each.line + written_above) for each in known)


def plain(text: str) -> str:
    """Take the markup off a heading; its pictures say what it is called if no words do."""
    bare = without_pictures(text)
    if bare is not text and (words := " ".join(words_of(bare).split())):
        return words
    described = _DESCRIBED.sub(lambda m: m[1] or m[2] or "", text)
    return words_of(described).strip()


def humanised(anchor: str) -> str:
    """Read words from an anchor and nothing else: ``usage-tips`` is ``Usage tips``."""
    words = " ".join(anchor.replace("-", " ").split())
    return words[:1].upper() + words[1:]


def path_words(document_id: str) -> str:
    """Read words from a page's path and nothing else, as Markdown."""
    folder, joint, name = numbered_by(document_id)
    return literal(humanised(f"{folder}{joint}{name}".replace("_", "-")) or document_id)


def numbered_by(document_id: str) -> tuple[str, str, str]:
    """The name of a page behind that of its folder, if it is a number alone, and what joins them.

    >>> numbered_by("course/chapter3/7"), numbered_by("week/2"), numbered_by("guide/start")
    (('chapter 3', '.', '7'), ('week', ' ', '2'), ('', '', 'start'))
    """
    *folders, name = document_id.split("/")
    if name.lower() in INDEX_NAMES and folders:
        name = folders.pop()
    if not folders or any(map(str.isalpha, name)):
        return "", "", name
    joint = "." if folders[-1][-1:].isdigit() else " "
    return _NUMBERED.sub(r"\1 \2", folders[-1]), joint, name
