"""Pages: all pages of a site that is rendered, by what is known of their bodies."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sitegen.check.links import Addresses, Target, target_of
from sitegen.errors import Diagnostic
from sitegen.layout.listings import Listing, listings
from sitegen.model import Body, Page, RenderedPage, Site
from sitegen.model.runs import Bulk
from sitegen.pipeline.rendering import Jobs, Rendered, with_places
from sitegen.store.later import expected
from sitegen.store.recall import NOTHING_KEPT, Store
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


class Outlines(Struct, frozen=True):
    """What the whole site asks of some pages; the outlines of their bodies lie aside, packed.

    ``lengths`` are the bytes that each of these has, and about how many characters. ``headed`` is
    the digest of all headings, if anything is kept, ``told`` are the numbers of pages of which
    rendering has said something, ``targets`` where links lead, each once, and ``links`` is how many
    these are.
    """

    descriptions: Sequence[str]
    sought: Sequence[str]
    lengths: Sequence[tuple[int, int]]
    headed: str
    told: Sequence[int]
    targets: Sequence[Target]
    links: int


class Findings(NamedTuple):
    """What was found on some pages, each with its number, and how many links there are.

    ``rendered`` was found while bodies were rendered, ``missing`` are links that lead nowhere.
    """

    rendered: list[tuple[int, Diagnostic]]
    missing: list[tuple[int, Diagnostic]]
    links: int = 0


class _Part(NamedTuple):
    """Pages that were taken together: their numbers in reading order, and what is asked of them.

    ``targets`` are those that are no page by its very name.
    """

    numbers: array[int]
    headed: str
    told: Sequence[int]
    targets: Sequence[Target]
    links: int
    known_by: str


class Pages:
    """All pages in reading order with what is known of their bodies, which may be on a disk."""

    def __init__(
        self, site: Site, jobs: Jobs, folder: Path | None = None, store: Store = NOTHING_KEPT
    ) -> None:
        """Take the bodies of a site's pages, in any order, by `add`; then they can be read."""
        self._numbers = {page.document.id: number for number, page in enumerate(site.pages)}
        self._site, self._pages, self._jobs, self._store = site, site.pages, jobs, store
        self._bodies: Shelf[Body] = Shelf(Body, folder)
        self._places = array("L", bytes(array("L").itemsize * len(site.pages)))
        self._parts: list[_Part] = []
        self.descriptions: dict[str, str] = {}
        """Those of all pages by their permalinks."""

    def add(self, id: str, body: Body) -> None:
        """Take what is known of a document's body."""
        self.add_all([id], [body], outlines_of([body]))

    def add_all(
        self,
        ids: Sequence[str],
        bodies: Bulk | Sequence[Body],
        outlines: Outlines,
        known_by: str = "",
    ) -> None:
        """Take what is known of the bodies of some documents.

        ``known_by`` is what decides over them, and over the places of their rows.
        """
        numbers = array("L", [self._numbers[id] for id in ids])
        for place, number in enumerate(numbers, len(self._bodies)):
            self._places[number] = place
        for number, description in zip(numbers, outlines.descriptions, strict=True):
            self.descriptions[self._pages[number].permalink] = description
        open = [each for each in outlines.targets if not (each[1] and each[0] in self._numbers)]
        part = (outlines.headed, outlines.told, open, outlines.links, known_by)
        self._parts.append(_Part(numbers, *part))
        if isinstance(bodies, Bulk):
            lengths = ((length, size, "") for length, size in outlines.lengths)
            self._bodies.append_bulk(bodies, lengths)
            return
        for body in bodies:
            self._bodies.append(body, size_of(body))

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """The pages that list others."""
        return listings(self._site)

    def page(self, id: str) -> Page:
        """The page of a document."""
        return self._pages[self._numbers[id]]

    def headed(self) -> object:
        """What the headings of all pages are known by."""
        return sorted((list(part.numbers), part.headed) for part in self._parts)

    def look_up(self, addresses: Addresses) -> Findings:
        """What was found on all pages while they were rendered, and by their links.

        Of pages that are as they were, what they link to is looked up alone.
        """
        store = self._store
        ids = store.key("ids", (addresses.ids, sorted(addresses.drafts)))
        asked = ((part, addresses.gone(part.targets)) for part in self._parts)
        some = ((part, gone) for part, gone in asked if gone or part.told)

        def key_of(asked: tuple[_Part, Sequence[Target]]) -> str:
            part, gone = asked
            known_by = (part.known_by, gone, gone and ids)
            return store.key("findings", known_by) if part.known_by else ""

        found = [
            self._found(part, addresses, gone, key)
            for (part, gone), key in expected(store, some, key_of, 0)
        ]
        rendered = sorted(chain.from_iterable(each.rendered for each in found), key=itemgetter(0))
        missing = sorted(chain.from_iterable(each.missing for each in found), key=itemgetter(0))
        return Findings(rendered, missing, sum(part.links for part in self._parts))

    def _found(
        self, part: _Part, addresses: Addresses, gone: Sequence[Target], key: str
    ) -> Findings:
        make = partial(self._look_up, part, addresses, frozenset(gone))
        found = self._store.recall_by(key, make, Findings) if key else make()
        numbers = part.numbers
        rendered = [(numbers[at], each) for at, each in found.rendered]
        return Findings(rendered, [(numbers[at], each) for at, each in found.missing])

    def _look_up(self, part: _Part, addresses: Addresses, gone: frozenset[Target]) -> Findings:
        found = Findings([], [])
        for at, number in enumerate(part.numbers):
            if at in part.told or gone:
                rendered = self._rendered(number)
                placed = with_places(rendered.body, rendered.read)
                found.rendered.extend((at, each) for each in placed.diagnostics)
                found.missing.extend((at, each) for each in addresses.missing(rendered, gone))
        return found

    def _rendered(self, number: int) -> RenderedPage:
        page = self._pages[number]
        load = Once(partial(self._bodies.__getitem__, self._places[number]))
        return RenderedPage(page, load, partial(self._jobs.document, page.document.id))

    def moved(self) -> Iterator[RenderedPage]:
        """Yield the pages from or to which something has moved."""
        return (self._rendered(n) for n, page in enumerate(self._pages) if page.moved)

    def __iter__(self) -> Iterator[RenderedPage]:
        """Yield all pages in reading order."""
        return map(self._rendered, range(len(self._pages)))


def outlines_of(bodies: Sequence[Body], sought: Sequence[str] = ("",)) -> Outlines:
    """What is asked of pages with these bodies, of which nothing is packed."""
    links = [link for body in bodies for link in body.links]
    told = [number for number, body in enumerate(bodies) if body.diagnostics]
    said = [body.description for body in bodies]
    return Outlines(said, sought, (), "", told, sorted(set(map(target_of, links))), len(links))


def pages_of(site: Site, jobs: Jobs, rendered: Rendered) -> Pages:
    """All pages of a site with their bodies, but for the texts of these."""
    pages = Pages(site, jobs, jobs.folder)
    for job, load in rendered:
        pages.add(job.id, without_texts(load()))
    return pages


def without_texts(body: Body) -> Body:
    """A body without what is large in it."""
    return replace(body, html="", markdown="", sought="")


def size_of(body: Body) -> int:
    """About how many characters a body has."""
    parts = (body.headings, body.anchors, body.links, body.remotes, body.diagnostics)
    return len(body.html) + _OF_EACH * sum(map(len, parts))
