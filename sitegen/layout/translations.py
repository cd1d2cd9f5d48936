"""Which pages say the same in other languages."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from sitegen.languages import direction, name_of, tag_of
from sitegen.model import Page, Site


class Translation(Struct, frozen=True):
    """A page in one of the site's languages; ``is_same`` when it is this very page translated."""

    language: str
    name: str
    dir: str
    permalink: str
    is_same: bool


class Translations:
    """Finds for a page its sisters in other languages: same path below the language's folder."""

    def __init__(self, site: Site) -> None:
        """Look at all pages once."""
        self._pages: dict[tuple[str, str], str] = {}
        self._starts: dict[str, str] = {}
        for page in _translated(site.pages):
            language = page.document.language
            self._pages[language, _below(page)] = page.permalink
            self._starts.setdefault(language, page.permalink)

    def home(self, permalink: str) -> str:
        """The start page of the language in whose folder a page is; the site's for all others."""
        language = permalink.partition("/")[0]
        return f"{language}/" if (language, "") in self._pages else ""

    def of(self, page: Page) -> tuple[Translation, ...]:
        """List all languages of the site, this page's too; empty where there is only one.

        A language without this page leads to its first.
        """
        if len(self._starts) < 2 or page.document.language not in self._starts:
            return ()
        below = _below(page)
        return tuple(
            Translation(
                tag_of(language),
                name_of(language),
                direction(language),
                self._pages.get((language, below), start),
                (language, below) in self._pages,
            )
            for language, start in sorted(self._starts.items())
        )


def _translated(pages: Iterable[Page]) -> Iterable[Page]:
    return (
        page
        for page in pages
        if page.document.language and page.permalink.startswith(f"{page.document.language}/")
    )


def _below(page: Page) -> str:
    return page.permalink.removeprefix(f"{page.document.language}/")
