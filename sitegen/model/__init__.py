"""The frozen nouns that the stages hand on; no I/O and no third-party imports.

Order of appearance is the order of the pipeline: Chunk, Document, Site of Pages, Body,
RenderedPage, OutputFile.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sitegen.errors import Diagnostic, Location
from sitegen.model.moves import Moved

Headings = tuple[tuple[str, int], ...]
"""A path of headings, outermost first: the words of each, and its level (0: unknown)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One row of a dataset. ``anchor`` has no ``#`` and is empty above the first heading.

    ``row`` counts from 0 as in the dataset; it is ``None`` for a file that is a page by itself.
    ``headings`` are those that the dataset's columns say the text stands under, ``title`` is that
    of the page. ``order`` is the chunk's number within its source, ``start`` and ``end`` where its
    text begins and ends there, in characters. What a dataset does not have is empty or ``None``.
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

    @property
    def location(self) -> Location:
        """Where the chunk was read."""
        return Location(file=self.file, row=self.row, chunk_id=self.id)


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
    GUESSED = "guessed"
    """The place of the cut decided."""


class Certainty(StrEnum):
    """How sure restoration is of what it gave back."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Restored:
    """One thing that restoration gave back: what, at which line (from 0), and how sure it is."""

    line: int
    what: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Section:
    """What a document has of one chunk: from ``column`` of ``line`` (from 0) to the next section.

    ``anchor`` is the anchor of the heading that opens the section; empty when none does.
    ``headings`` are those to be written above it, as the dataset's columns say. The ``shared``
    characters before its start came from this chunk too, as well as from those before. ``seam``
    says how it was joined to the one before.
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


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """What a page's front matter says of its place in the navigation, as it is written there."""

    order: str = ""
    title: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A page's source put together again.

    ``id`` is the source path below the common root without its suffix. ``title`` is empty as long
    as nothing states it; ``restore`` gives every document one. ``url`` is the page's address on
    its old site, without a fragment. ``sections`` is the source map, in line order.
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

    def locate(self, line: int) -> Location:
        """Answer which chunk and row a line (from 0) came from."""
        section = self.section_at(line)
        return Location(section.file, section.row, section.chunk_id, page=self.id, line=line + 1)

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
        marks = sorted(self.restored, key=lambda mark: mark.line)
        at = bisect_left(marks, self.sections[0].line, key=lambda mark: mark.line)
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
            if column:
                kept.append(lines[end][:column])
            if section.column:
                kept[0] = kept[0][section.column :]
            yield section, "\n".join(kept).strip("\n"), restored


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A node of an authored toctree; ``local`` is a document id or empty for a plain group.

    An entry without a ``title`` has that of its page. ``place`` is where the entry is written.
    """

    title: str
    local: str = ""
    sections: tuple[TocEntry, ...] = ()
    expanded: bool = False
    place: Location = field(default=Location(), compare=False)

    def walk(self) -> Iterator[TocEntry]:
        """Yield this node and all below it in reading order."""
        yield self
        for entry in self.sections:
            yield from entry.walk()


@dataclass(frozen=True, slots=True)
class NavItem:
    """A node of the navigation; ``permalink`` is ``None`` for a group without a page.

    An item with a ``language`` holds all pages of that language, which see nothing else.
    """

    title: str
    permalink: str | None
    items: tuple[NavItem, ...] = ()
    expanded: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A title and the permalink it leads to (``None``: a group that is no page)."""

    title: str
    permalink: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its place in the site. ``permalink`` is ``""`` or ends in ``/``.

    ``moved`` are the anchors that were on this page before or are now.
    """

    document: Document
    title: str
    permalink: str
    breadcrumbs: tuple[PageLink, ...] = ()
    previous: PageLink | None = None
    next: PageLink | None = None
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """All pages in reading order and the navigation over them."""

    title: str
    pages: tuple[Page, ...]
    navigation: tuple[NavItem, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class LinkSpace:
    """What links in a body may name besides paths: the dataset's own old addresses.

    ``roots`` are URL prefixes of the old site (``https://host/docs/lib/en/``) under which a
    path is a document id; ``renamed`` maps the few ids that had to give way to another.
    ``markdown_folders`` are those of the whole site (`urls.markdown_folders`).
    """

    roots: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    markdown_folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a rendered page; ``text`` is plain, ``id`` the anchor."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An internal link of a body: target document id or asset path, fragment, line (from 0)."""

    target: str
    fragment: str
    line: int
    is_page: bool = True


@dataclass(frozen=True, slots=True)
class Remote:
    """An address of another host that a body holds, and the line (from 0) that writes it.

    ``is_loaded`` says that browsers fetch it by themselves: images, frames and media.
    """

    url: str
    line: int
    is_loaded: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered document: a function of it and of what it names alone, JSON both ways.

    ``anchors`` are all ids of the HTML. ``sought`` is what a search looks through: the HTML without
    labels and colours, with the weights of its headings. ``markdown`` is the body's twin: the same
    in Markdown that needs no dialect.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    remotes: tuple[Remote, ...] = ()
    sought: str = ""
    description: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page and its body."""

    page: Page
    body: Body


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: path relative to the output folder with ``/``, and its bytes."""

    path: str
    data: bytes
