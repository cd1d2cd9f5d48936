"""Bodies as they are rendered, and the files that they become."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from sitegen.errors import Diagnostic
from sitegen.model.documents import Document
from sitegen.model.site import Page


class Heading(Struct, frozen=True):
    """A heading of a rendered page; ``text`` is plain, ``id`` the anchor."""

    level: int
    id: str
    text: str


class Link(Struct, frozen=True):
    """An internal link of a body: target document id or asset path, fragment, line (from 0)."""

    target: str
    fragment: str
    line: int
    is_page: bool = True


class Remote(Struct, frozen=True):
    """An address of another host that a body holds, and the line (from 0) that writes it.

    ``is_loaded`` says that browsers fetch it by themselves: images, frames and media.
    """

    url: str
    line: int
    is_loaded: bool


class Body(Struct, frozen=True):
    """A rendered document: a function of it and of what it names alone, JSON both ways.

    ``anchors`` are all ids of the HTML. ``sought`` is what a search looks through: the HTML without
    labels and colours, with the weights of its headings. ``markdown`` is the body's twin: the same
    in Markdown that needs no dialect. ``has_lead``: something stands between the title and the
    next heading.
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
    has_lead: bool = True


class RenderedPage(Struct, frozen=True):
    """A page, and what gives its body and the document that it was rendered of.

    On a large site both are on a disk, and few have a question that only the document answers.
    """

    page: Page
    load: Callable[[], Body]
    read: Callable[[], Document]

    @property
    def body(self) -> Body:
        """The body; without its texts, where the whole site is looked at."""
        return self.load()

    @property
    def document(self) -> Document:
        """The document, with its text and its source map."""
        return self.read()


class OutputFile(Struct, frozen=True):
    """A file of the site: path relative to the output folder with ``/``, and its bytes."""

    path: str
    data: bytes
