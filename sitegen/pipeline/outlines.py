"""Outlines: what the whole site is looked up by of each page, in place of its body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sitegen.errors import Diagnostic
from sitegen.model import Body, Page, RenderedPage, Site
from sitegen.pipeline.rendering import Jobs, Rendered, Ticket, with_places
from sitegen.store.recall import Store
from sitegen.store.sha256 import sha256_of
from sitegen.store.shelf import Shelf

T = TypeVar("T")
_OF_EACH = 160  # characters that take as much memory as a heading, an anchor, a link


class Once(Generic[T]):
    """What is made when it is asked for, and once; there is one for each page, so it is light."""

    __slots__ = ("_made", "_make", "is_made")

    def __init__(self, make: Callable[[], T]) -> None:
        """Take what makes it."""
        self._make, self.is_made = make, False

    def __call__(self) -> T:
        """The value."""
        if not self.is_made:
            self._made = self._make()
            self.is_made = True
        return self._made


class Outline(Struct, frozen=True):
    """A body without its texts, and the digest of what a search finds in it (if one is full)."""

    body: Body
    sought: str


class Pages:
    """All pages in reading order with what is known of their bodies, which may be on a disk."""

    def __init__(self, site: Site, jobs: Jobs, folder: Path | None = None) -> None:
        """Take the bodies of a site's pages, in any order, by `add`; then they can be read."""
        self._numbers = {page.document.id: number for number, page in enumerate(site.pages)}
        self._pages, self._jobs = site.pages, jobs
        self._bodies: Shelf[Body] = Shelf(Body, folder)
        self._places = [0] * len(site.pages)
        self._found: dict[int, tuple[Diagnostic, ...]] = {}
        self.descriptions: dict[str, str] = {}
        """Those of all pages by their permalinks."""

    def add(self, id: str, body: Body) -> None:
        """Take what is known of a document's body."""
        number = self._numbers[id]
        self._places[number] = len(self._bodies)
        self.descriptions[self._pages[number].permalink] = body.description
        if body.diagnostics:
            self._found[number] = body.diagnostics
        self._bodies.append(body, _size(body))

    def page(self, id: str) -> Page:
        """The page of a document."""
        return self._pages[self._numbers[id]]

    def findings(self) -> Iterator[Diagnostic]:
        """Yield what was found while bodies were rendered, in reading order."""
        return chain.from_iterable(self._found[number] for number in sorted(self._found))

    def __iter__(self) -> Iterator[RenderedPage]:
        """Yield all pages in reading order."""
        for page, place in zip(self._pages, self._places, strict=True):
            load = Once(partial(self._bodies.__getitem__, place))
            yield RenderedPage(page, load, partial(self._jobs.document, page.document.id))


def pages_of(site: Site, jobs: Jobs, rendered: Rendered) -> Pages:
    """All pages of a site with their bodies, but for the texts of these."""
    pages = Pages(site, jobs, jobs.folder)
    for job, load in rendered:
        pages.add(job.id, with_places(without_texts(load()), partial(jobs.document, job.id)))
    return pages


def outline_of(
    job: Ticket, body: Callable[[], Body], store: Store, *, full: bool, whole: bool
) -> Outline:
    """The outline of a body, which need not be loaded for it.

    It has the anchors and remotes, of which there are many, only if it is ``whole``.
    """
    make = partial(_outline, body, full=full, whole=whole)
    return store.recall_by(_key(job.key, full=full, whole=whole), make, Outline)


def expect_outlines(keys: Iterable[str], store: Store, *, full: bool, whole: bool) -> None:
    """Read by one question the outlines of bodies that are asked for next."""
    store.expect(_key(key, full=full, whole=whole) for key in keys)


def _key(key: str, *, full: bool, whole: bool) -> str:
    """What an outline is known by; that of its body is a digest already."""
    return f"outline-{full:d}{whole:d}-{key}"


def _size(body: Body) -> int:
    """About how many characters a body has."""
    parts = (body.headings, body.anchors, body.links, body.remotes, body.diagnostics)
    return len(body.html) + _OF_EACH * sum(map(len, parts))


def without_texts(body: Body) -> Body:
    """A body without what is large in it."""
    return replace(body, html="", markdown="", sought="")


def _outline(body: Callable[[], Body], *, full: bool, whole: bool) -> Outline:
    made = body()
    found = made.sought.encode("utf-8", "replace") if full else b""
    light = without_texts(made)
    kept = light if whole else replace(light, anchors=(), remotes=())
    return Outline(kept, sha256_of(found, 32) if full else "")
