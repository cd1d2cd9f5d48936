"""Search: rendered pages -> a full-text index of what is to be found on them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from enum import Enum
from functools import partial
from html import escape
from pathlib import Path
from typing import Self
from urllib.parse import quote

from sitegen.errors import Diagnostic, Severity
from sitegen.languages import tag_of
from sitegen.model import OutputFile, Page, Site
from sitegen.search.pagefind import FOLDER, Indexer, is_installed, remedy
from sitegen.store.shelf import Shelf
from sitegen.urls import NOT_FOUND

PART = 12_000_000  # characters of text in one index, for which Pagefind takes some 600 MB


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


def parts_of(site: Site) -> list[list[Page]]:
    """The pages of each text index, longest first: a power of two, and none without a page.

    What indexes takes some 50 times the memory of the texts; the reader's script looks into all.
    In which a page is depends on its id alone, so that an edit has one of them made again.
    """
    sought = (page for page in site.pages if page.document.id != NOT_FOUND)
    pages = sorted(sought, key=lambda page: -page.document.length)
    length = sum(page.document.length for page in pages)
    number = 1 << (max(length - 1, 0) // PART).bit_length()
    while True:
        parts: list[list[Page]] = [[] for _ in range(number)]
        for page in pages:
            parts[zlib.crc32(page.document.id.encode("utf-8", "replace")) % number].append(page)
        if all(parts) or number == 1:
            return parts
        number //= 2


class SearchIndex:
    """Takes pages as they are rendered, in whatever order, and gives the indexes in the end.

    They go to an indexer longest first: its bytes depend on their order.
    """

    def __init__(self, site: Site, *, full: bool, folder: Path | None = None) -> None:
        """Prepare for the pages of a site; unless the index is to be ``full``, there is none.

        In ``folder`` is put aside what does not fit into memory.
        """
        self._pages = parts_of(site) if full else []
        self.parts = len(self._pages)
        self._language = site.language
        self._digests: dict[str, str] = {}
        self._sought: dict[str, Callable[[], str]] = {}
        self._texts: Shelf[str] = Shelf(str, folder)
        self._indexer: Indexer | None = None
        self._order: Iterator[Page] = iter(())
        self._next: Page | None = None
        self._held = ExitStack()

    def __enter__(self) -> Self:
        """The index, of which no process has been started."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the indexer."""
        self._held.close()

    def start(self) -> None:
        """Start the indexer of a site that has one only: it works while others render.

        Raises:
            ConfigError: Pagefind is not installed, or not for this machine.
        """
        if self.parts == 1:
            self._start(0)

    def put_aside(self, text: str) -> Callable[[], str]:
        """What gives a text again, which need not be in memory until then."""
        self._texts.append(text, len(text))
        return partial(self._texts.__getitem__, len(self._texts) - 1)

    def add(self, page: Page, digest: str, sought: Callable[[], str]) -> None:
        """Take a page, with what gives what is to be found on it and the digest of that."""
        if not self._pages:
            return
        self._digests[page.document.id] = digest
        self._sought[page.document.id] = sought
        self._feed()

    def made_of(self, part: int) -> object:
        """All that an index is made of."""
        return [(self._head(page), self._digests[page.document.id]) for page in self._pages[part]]

    def files(self, part: int) -> Iterator[OutputFile]:
        """Yield the files of an index.

        Raises:
            SitegenError: Pagefind refused a page or died.
        """
        self._start(part)
        self._feed()
        if self._indexer:
            yield from self._indexer.files(f"{FOLDER}/{part}" if part else FOLDER, whole=not part)
        self._held.close()
        self._indexer = None

    def _start(self, part: int) -> None:
        if self._pages[part] and self._indexer is None:
            self._indexer = self._held.enter_context(Indexer())
            self._order = iter(self._pages[part])
            self._next = next(self._order)

    def _feed(self) -> None:
        """Send the pages that come next to the indexer, if it was started."""
        while self._indexer and (page := self._next) and page.document.id in self._sought:
            url, head = self._head(page)
            self._indexer.add(url, f"{head}{self._sought.pop(page.document.id)()}</main>")
            self._next = next(self._order, None)

    def _head(self, page: Page) -> tuple[str, str]:
        """The address of a page, and how it begins."""
        crumbs = " › ".join(crumb.title for crumb in page.breadcrumbs)
        lang = tag_of(page.document.language or self._language)
        return f"/{quote(page.permalink)}", (
            f'<!doctype html><html lang="{escape(lang)}">'
            f"<body><main data-pagefind-body>"
            f'<meta data-pagefind-meta="crumbs[content]" content="{escape(crumbs)}">'
        )


def has_index(paths: Iterable[str]) -> bool:
    """Whether files of an index are among some paths."""
    return any(path.startswith(f"{FOLDER}/") for path in paths)
