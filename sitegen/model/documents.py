"""Chunks as they are read, and the documents that they are put together to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.errors import Location
from sitegen.model.restored import Certainty, Restored

_line = attrgetter("line")

Headings = tuple[tuple[str, int], ...]
"""A path of headings, outermost first: the words of each, and its level (0: unknown)."""


class Origin(NamedTuple):
    """From ``line`` of a text on, its lines are those of ``file`` from ``number`` on; from 0."""

    line: int
    file: str
    number: int


Edition = tuple[str, str]
"""A language and a version, each empty if there is none."""


class Chunk(Struct, frozen=True):
    """One row of a dataset. ``anchor`` has no ``#`` and is empty above the first heading.

    ``row`` counts from 0 as in the dataset; it is ``None`` for a file that is a page by itself.
    ``headings`` are those that the dataset's columns say the text stands under, ``title`` is that
    of the page. ``order`` is the chunk's number within its source, ``start`` and ``end`` where its
    text begins and ends there, in characters. ``origins`` are in order, ``changed`` is the
    day of the last change, ``edition`` the language and the version that it names.
    What a dataset does not have is empty or ``None``.
    """

    source: str
    text: str
    file: str
    row: int | None
    anchor: str = ""
    url: str = ""
    id: str = ""
    headings: Headings = ()
    title: str = ""
    order: int | None = None
    start: int | None = None
    end: int | None = None
    origins: tuple[Origin, ...] = ()
    changed: str = ""
    edition: Edition = ("", "")

    @property
    def location(self) -> Location:
        """Where the chunk was read."""
        return Location(file=self.file, row=self.row, chunk_id=self.id)

    @property
    def page(self) -> str:
        """The address of the page that the chunk is of, as its url tells it."""
        return self.url.partition("#")[0]


class Seam(StrEnum):
    """What two chunks of a document were joined by."""

    SECTION = "section"
    """A new section begins: a blank line."""
    OFFSETS = "offsets"
    """The dataset says where in its source each text begins."""
    OVERLAP = "overlap"
    """One text begins with what the other ends with."""
    EDGES = "edges"
    """The texts hold the white space that they were cut at."""
    BLOCK = "block"
    """A new block begins, by the looks of the two ends: a blank line."""
    GUESSED = "guessed"
    """A block goes on, by the looks of the two ends."""


class Section(Struct, frozen=True):
    """What a document has of one chunk: from ``column`` of ``line`` (from 0) to the next section.

    ``anchor`` is the anchor of the heading that opens the section; empty when none does.
    ``headings`` are those to be written above it, as the dataset's columns say. The ``shared``
    characters before its start came from this chunk too, as well as from those before. ``seam``
    says how it was joined to the one before; ``origins`` count from its line.
    """

    line: int
    anchor: str
    chunk_id: str
    file: str
    row: int | None
    headings: Headings = ()
    column: int = 0
    shared: int = 0
    seam: Seam = Seam.SECTION
    origins: tuple[Origin, ...] = ()


class OwnPlace(Struct, frozen=True):
    """What a page's front matter says of its place in the navigation, as it is written there."""

    order: str = ""
    title: str = ""
    hidden: str = ""


class Head(Struct, frozen=True, gc=False):
    """What a site knows of a document besides its text: pages are many, and texts large.

    ``place`` is where the document begins, ``chunks`` how many it is made of, ``length`` that of
    its text in characters; ``restored`` counts what was given back, by certainty. ``guessed`` are
    the numbers of the chunks that were joined by guess, ``overlap`` the characters that two had.
    """

    id: str
    source: str
    title: str = ""
    url: str = ""
    language: str = ""
    own_place: OwnPlace = OwnPlace()
    description: str = ""
    redirect_from: tuple[str, ...] = ()
    place: Location = field(default=Location())
    chunks: int = 0
    length: int = 0
    restored: tuple[tuple[Certainty, int], ...] = ()
    guessed: tuple[int, ...] = ()
    overlap: int = 0
    changed: str = ""


class Document(Struct, frozen=True):
    """A page's source put together again.

    ``id`` is the source path below the common root without its suffix. ``title`` is empty as long
    as nothing states it; ``restore`` gives every document one. ``url`` is the page's address on
    its old site, without a fragment. ``sections`` is the source map, in line order.
    ``changed`` is the day of its last change, as far as its input tells (``2026-05-01``).
    ``has_own_title``: its front matter says the title.
    """

    id: str
    source: str
    text: str
    sections: tuple[Section, ...]
    title: str = ""
    url: str = ""
    language: str = ""
    restored: tuple[Restored, ...] = ()
    own_place: OwnPlace = OwnPlace()
    description: str = ""
    redirect_from: tuple[str, ...] = ()
    changed: str = ""
    has_own_title: bool = False

    def head(self) -> Head:
        """All of the document but its text and its source map."""
        marks = self.restored
        counts = Counter(mark.certainty for mark in marks) if marks else {}
        return Head(
            self.id,
            self.source,
            self.title,
            self.url,
            self.language,
            self.own_place,
            self.description,
            self.redirect_from,
            self.locate(0) if self.sections else Location(page=self.id, line=1),
            len(self.sections),
            len(self.text),
            tuple((each, counts[each]) for each in Certainty if each in counts) if marks else (),
            tuple(n for n, each in enumerate(self.sections) if each.seam is Seam.GUESSED),
            sum(each.shared for each in self.sections),
            self.changed,
        )

    def anchors(self) -> tuple[str, ...]:
        """The anchors of all sections, in order; empty where no heading opens one."""
        return tuple(section.anchor for section in self.sections)

    def locate(self, line: int) -> Location:
        """Answer which chunk and row a line (from 0) came from."""
        section = self.section_at(line)
        place = Location(section.file, section.row, section.chunk_id, page=self.id, line=line + 1)
        at = bisect_right(section.origins, line - section.line, key=_line)
        if not at:
            return place
        origin = section.origins[at - 1]
        number = origin.number + line - section.line - origin.line + 1
        return replace(place, file=origin.file, line=number, within=line)

    def section_at(self, line: int) -> Section:
        """The section that a line (from 0) is in."""
        index = bisect_right(self.sections, (line, 0), key=lambda each: (each.line, each.column))
        return self.sections[max(index - 1, 0)]

    def parts(self) -> Iterator[tuple[Section, str, tuple[Restored, ...]]]:
        """Yield each section with its text, and what was restored there.

        A restored heading is not in the text: it is a line of its own and a blank one. Restored
        white space is.
        """
        if not self.sections:
            return
        lines = self.text.split("\n")
        ends = [(section.line, section.column) for section in self.sections[1:]]
        ends.append((len(lines), 0))
        marks = sorted(self.restored, key=_line)
        at = bisect_left(marks, self.sections[0].line, key=_line)
        for section, (end, column) in zip(self.sections, ends, strict=True):
            start = at
            while at < len(marks) and marks[at].line < end:
                at += 1
            restored = tuple(marks[start:at])
            kept = lines[section.line : end]
            for mark in reversed(restored):
                if mark.what in {"heading", "title"}:
                    first = mark.line - section.line
                    del kept[first : first + 2]
            if section.line == end:  # of a line that holds many, no more than its part is copied
                kept = [lines[end][section.column : column]]
            elif column:
                kept.append(lines[end][:column])
            if section.column and section.line < end:
                kept[0] = kept[0][section.column :]
            yield section, "\n".join(kept).strip("\n"), restored
