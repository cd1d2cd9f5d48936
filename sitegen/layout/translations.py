"""Which pages say the same in other languages."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from sitegen.languages import direction, name_of, tag_of
from sitegen.model import Page, Site
from sitegen.plan.nav import is_hidden
from sitegen.urls import relative


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
        """Look at all pages once; a language whose pages are all hidden has no start to lead to."""
        pages = tuple(_translated(site.pages))
        self._pages = {
            (page.document.language, _below(page.permalink, page.document.language))
            for page in pages
        }
        starts = {language for language, below in self._pages if not below}
        shown = {page.document.language for page in pages if not is_hidden(page.document)}
        self._languages = sorted(starts | shown)

    def home(self, permalink: str) -> str:
        """The start page of the language in whose folder a page is; the site's for all others."""
        language = permalink.partition("/")[0]
        return f"{language}/" if language in self._languages else ""

    def of(self, here: str, language: str) -> tuple[tuple[Translation, str], ...]:
        """List all languages of the site for a page in one, with links; empty if there is but one.

        A language without this page leads to its start.
        """
        if len(self._languages) < 2 or language not in self._languages:
            return ()
        below = _below(here, language)
        found = []
        for each in self._languages:
            is_same = (each, below) in self._pages or not below
            at = f"{each}/{below}" if is_same else f"{each}/"
            said = Translation(tag_of(each), name_of(each), direction(each), at, is_same)
            found.append((said, relative(here, at)))
        return tuple(found)


def _translated(pages: Iterable[Page]) -> Iterable[Page]:
    return (
        page
        for page in pages
        if page.document.language and page.permalink.startswith(f"{page.document.language}/")
    )


def _below(permalink: str, language: str) -> str:
    return permalink.removeprefix(f"{language}/")
