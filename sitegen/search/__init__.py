"""Search: rendered pages -> a full-text index of what is to be found on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from enum import Enum
from html import escape
from types import TracebackType
from typing import Self
from urllib.parse import quote

from sitegen.errors import Diagnostic, Severity
from sitegen.model import OutputFile, Page, Site
from sitegen.search.pagefind import FOLDER, Indexer, is_installed, remedy


class Kind(Enum):
    """What readers can search: nothing, headings, or the text too."""

    OFF = "off"
    HEADINGS = "headings"
    FULL = "full"


def kind_of(search: bool | str) -> Kind:
    """Tell what a value of the configuration means on this machine."""
    if search is True or search == Kind.FULL.value:
        return Kind.FULL
    if search == "auto":
        return Kind.FULL if is_installed() else Kind.HEADINGS
    return Kind.HEADINGS if search else Kind.OFF


def search_notices(search: bool | str) -> tuple[Diagnostic, ...]:
    """Say how to have the text searched where nobody decided against it."""
    if search != "auto" or is_installed():
        return ()
    message = "search finds titles and headings; the indexer of texts is not installed"
    return (Diagnostic("search-headings", Severity.INFO, message, help=remedy()),)


class SearchIndex:
    """Takes pages as they are rendered, in whatever order, and gives the index in the end.

    They go to the indexer longest first: its bytes depend on their order.
    """

    def __init__(self, site: Site, *, full: bool) -> None:
        """Prepare for the pages of a site; unless the index is to be ``full``, there is none."""
        by_length = sorted(site.pages, key=lambda page: -page.document.length)
        self._pages = {page.document.id: page for page in by_length} if full else {}
        self._order = iter(self._pages.values())
        self.is_full, self._language = full, site.language
        self._digests: dict[str, str] = {}
        self._sought: dict[str, Callable[[], str]] = {}
        self._indexer: Indexer | None = None
        self._next: Page | None = None
        self._held = ExitStack()

    def __enter__(self) -> Self:
        """The index, of which no process has been started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """End the indexer."""
        self._held.close()

    def start(self) -> None:
        """Start the indexer, which then works while others render.

        Raises:
            ConfigError: Pagefind is not installed, or not for this machine.
        """
        if self._pages and self._indexer is None:
            self._indexer = self._held.enter_context(Indexer())
            self._next = next(self._order)

    def add(self, page: Page, digest: str, sought: Callable[[], str]) -> None:
        """Take a page, with what gives what is to be found on it and the digest of that."""
        if not self._pages:
            return
        self._digests[page.document.id] = digest
        self._sought[page.document.id] = sought
        self._feed()

    def made_of(self) -> object:
        """All that the index is made of."""
        return [(self._head(page), self._digests[id]) for id, page in self._pages.items()]

    def files(self) -> Iterator[OutputFile]:
        """Yield the index of all pages.

        Raises:
            SitegenError: Pagefind refused a page or died.
        """
        self.start()
        self._feed()
        if self._indexer:
            yield from self._indexer.files()

    def _feed(self) -> None:
        """Send the pages that come next to the indexer, if it was started."""
        while self._indexer and (page := self._next) and page.document.id in self._sought:
            url, head = self._head(page)
            self._indexer.add(url, f"{head}{self._sought.pop(page.document.id)()}</main>")
            self._next = next(self._order, None)

    def _head(self, page: Page) -> tuple[str, str]:
        """The address of a page, and how it begins."""
        crumbs = " › ".join(crumb.title for crumb in page.breadcrumbs)
        return f"/{quote(page.permalink)}", (
            f'<!doctype html><html lang="{escape(page.document.language or self._language)}">'
            f"<body><main data-pagefind-body>"
            f'<meta data-pagefind-meta="crumbs[content]" content="{escape(crumbs)}">'
        )


def has_index(paths: Iterable[str]) -> bool:
    """Whether files of an index are among some paths."""
    return any(path.startswith(f"{FOLDER}/") for path in paths)
