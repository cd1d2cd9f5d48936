"""Which pages say the same in other languages."""

from __future__ import annotations

from msgspec import Struct

from sitegen.languages import direction, name_of, tag_of
from sitegen.model import Site
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
    """Finds for a page its sisters in other languages: same path below the language's folder.

    Folders of languages may stand below another, of a version, whose pages then go together.
    """

    def __init__(self, site: Site) -> None:
        """Look at all pages once; a language whose pages are all hidden has no start to lead to."""
        self._pages: set[tuple[str, str, str]] = set()
        languages: dict[str, set[str]] = {}
        for page in site.pages:
            language = page.document.language
            if (place := _place(page.permalink, language)) is None:
                continue
            head, below = place
            self._pages.add((head, language, below))
            if not below or not is_hidden(page.document):
                languages.setdefault(head, set()).add(language)
        self._languages = {
            head: {each: name_of(each, those) for each in sorted(those)}
            for head, those in languages.items()
        }

    def home(self, permalink: str) -> str:
        """The start page of the language in whose folder a page is; the site's for all others."""
        language = permalink.partition("/")[0]
        return f"{language}/" if language in self._languages.get("", ()) else ""

    def of(self, here: str, language: str) -> tuple[tuple[Translation, str], ...]:
        """List all languages of the site for a page in one, with links; empty if there is but one.

        A language without this page leads to its start.
        """
        head, below = _place(here, language) or ("", here)
        languages = self._languages.get(head, {})
        if len(languages) < 2 or language not in languages:
            return ()
        found = []
        for each, name in languages.items():
            is_same = (head, each, below) in self._pages or not below
            at = f"{head}{each}/{below}" if is_same else f"{head}{each}/"
            said = Translation(tag_of(each), name, direction(each), at, is_same)
            found.append((said, relative(here, at)))
        return tuple(found)


def _place(permalink: str, language: str) -> tuple[str, str] | None:
    """What stands before the folder of a page's language, and the page below it."""
    head, folder, below = f"/{permalink}".partition(f"/{language}/")
    return (f"{head[1:]}/" if head else "", below) if language and folder else None
