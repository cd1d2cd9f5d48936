"""Search: rendered pages -> a full-text index, made anew only where what is to be found changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping
from contextlib import ExitStack
from enum import Enum
from html import escape
from types import TracebackType
from typing import Self
from urllib.parse import quote

from sitegen.errors import Diagnostic, Severity
from sitegen.model import OutputFile, RenderedPage, Site
from sitegen.search.pagefind import FOLDER, Indexer, is_installed
from sitegen.store.stat import Stat

_NOT_SOUGHT = re.compile(
    r'<span(?: class="sg-hush"[^>]*>[^<]*|[^>]*>)|</span>'  # colours of code: most tags of a page
    r'|<a class="sg-anchor".*?</a>|<figcaption class="sg-code-label">.*?</figcaption>'
    r'|<p class="sg-(?:callout-title|tab-label)">.*?</p>',
    re.DOTALL,
)
_HEADING = re.compile(r"<h[1-4](?=[ >])")
# Scripts without spaces between words, as `find.js` has them. Hangul has spaces.
_SOLID = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_TEXT = re.compile(r">[^<]+")


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
    remedy = "pip install 'sitegen[search]', or set `search = \"headings\"`"
    return (Diagnostic("search-headings", Severity.INFO, message, help=remedy),)


class SearchIndex:
    """Takes pages as they are rendered, in whatever order, and gives the index in the end.

    They go to the indexer longest first, as they are rendered. As long as all that is to be found
    is as the build ``before`` found it, they wait, and no indexer is started.
    """

    def __init__(self, site: Site, before: Mapping[str, str], *, full: bool = True) -> None:
        """Prepare; ``before`` are the digests that the old index was made of, in its order."""
        self._language, self._is_full = site.language, full
        by_length = sorted(site.pages, key=lambda page: -len(page.document.text))
        self._order = [page.document.id for page in by_length] if full else []
        self._before, self._is_as_before = before, full and list(before) == self._order
        self._waiting: dict[str, tuple[str, str]] = {}
        self._digests: dict[str, str] = {}
        self._next = 0
        self._indexer: Indexer | None = None
        self._held = ExitStack()

    def __enter__(self) -> Self:
        """Start the indexer if it is known already that it is needed.

        Raises:
            ConfigError: Pagefind is not installed, or not for this machine.
        """
        if self._order and not self._is_as_before:
            self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """End the indexer."""
        self._held.close()

    @property
    def is_full(self) -> bool:
        """Tell whether there is an index of the text at all."""
        return self._is_full

    @property
    def is_as_before(self) -> bool:
        """Tell whether the old index is the one that would be made."""
        return self._is_as_before

    @property
    def digests(self) -> dict[str, str]:
        """The digests of what was found on each page, in the order of the index."""
        return {name: self._digests[name] for name in self._order}

    def add(self, rendered: RenderedPage) -> None:
        """Take a page; it is indexed once all before it in the order are there."""
        if not self._order:
            return
        name = rendered.page.document.id
        url, html = f"/{quote(rendered.page.permalink)}", page_html(rendered, self._language)
        self._waiting[name] = url, html
        text = f"{url}\n{html}".encode("utf-8", "replace")
        self._digests[name] = hashlib.sha256(text).hexdigest()[:32]
        if self._is_as_before and self._digests[name] != self._before[name]:
            self._start()
        self._feed()

    def files(self) -> Iterator[OutputFile]:
        """Yield the index.

        Raises:
            SitegenError: Pagefind refused a page or died.
        """
        if not self._order:
            return
        self._start()
        self._feed()
        if self._indexer:
            yield from self._indexer.files()

    def _start(self) -> None:
        self._is_as_before = False
        self._indexer = self._indexer or self._held.enter_context(Indexer())

    def _feed(self) -> None:
        order = self._order
        while self._indexer and self._next < len(order) and order[self._next] in self._waiting:
            self._indexer.add(*self._waiting.pop(order[self._next]))
            self._next += 1


def old_index(files: Mapping[str, Stat | None], others: Container[str]) -> dict[str, Stat]:
    """Pick the files of an index out of all that a build wrote; ``others`` are not its."""
    ours = {path: seen for path, seen in files.items() if path.startswith(f"{FOLDER}/")}
    return {path: seen for path, seen in ours.items() if seen and path not in others}


def page_html(rendered: RenderedPage, language: str) -> str:
    """Reduce a page to what is to be found: its headings with their ids, and its text."""
    page = rendered.page
    crumbs = " › ".join(crumb.title for crumb in page.breadcrumbs)
    body = _NOT_SOUGHT.sub("", rendered.body.html)
    if not body.isascii() and _SOLID.search(body):
        body = _TEXT.sub(lambda text: _SOLID.sub(r" \g<0> ", text[0]), body)
    body = _HEADING.sub(r'\g<0> data-pagefind-weight="10"', body)
    return (
        f'<!doctype html><html lang="{escape(page.document.language or language)}">'
        f"<body><main data-pagefind-body>"
        f'<meta data-pagefind-meta="crumbs[content]" content="{escape(crumbs)}">{body}</main>'
    )
