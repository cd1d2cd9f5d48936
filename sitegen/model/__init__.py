"""The frozen nouns that the stages hand on; no I/O and no third-party imports.

Order of appearance is the order of the pipeline: Chunk, Document, Site of Pages, Body,
RenderedPage, OutputFile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sitegen.errors import Diagnostic, Location
from sitegen.model.document import (
    Certainty,
    Document,
    Head,
    Headings,
    OwnPlace,
    Restored,
    Seam,
    Section,
)
from sitegen.model.moves import Moved

__all__ = [
    "Body",
    "Certainty",
    "Chunk",
    "Document",
    "Head",
    "Heading",
    "Headings",
    "Link",
    "LinkSpace",
    "NavItem",
    "OutputFile",
    "OwnPlace",
    "Page",
    "PageLink",
    "Remote",
    "RenderedPage",
    "Restored",
    "Seam",
    "Section",
    "Site",
    "TocEntry",
]


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
    """The head of a document with its place in the site. ``permalink`` is ``""`` or ends in ``/``.

    ``moved`` are the anchors that were on this page before or are now.
    """

    document: Head
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
    """A page, its body, and what gives the document that it was rendered of.

    On a large site that is on a disk, and few have a question that only the document answers.
    """

    page: Page
    body: Body
    read: Callable[[], Document]

    @property
    def document(self) -> Document:
        """The document, with its text and its source map."""
        return self.read()


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: path relative to the output folder with ``/``, and its bytes."""

    path: str
    data: bytes
