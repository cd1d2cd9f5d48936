"""Interface: what templates and scripts say in the language of a page."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from sitegen.config.phrases import PHRASES, Strings, chosen, spoken
from sitegen.model import Site


def strings_of(site: Site, strings: Strings) -> Strings:
    """What the interface of a site says in its languages; ``strings`` are the project's own."""
    return spoken(strings, (site.language, *(page.document.language for page in site.pages)))


class Interface:
    """What templates say, by language: tables of escaped phrases, each made once."""

    def __init__(self, strings: Strings) -> None:
        """Begin with the English phrases, which all languages fall back on."""
        self._strings = strings
        self._english = {phrase: escape(phrase) for phrase in PHRASES}
        self._tables: dict[str, Mapping[str, Markup]] = {}

    def of(self, language: str) -> Mapping[str, Markup]:
        """Give all phrases as a language has them."""
        tag = chosen(self._strings, language)
        if tag not in self._tables:
            own = self._strings.get(tag, {})
            self._tables[tag] = self._english | {each: escape(own[each]) for each in own}
        return self._tables[tag]

    def script(self, language: str) -> str:
        """Name the asset that holds what scripts say in a language; there may be none."""
        return f"strings.{chosen(self._strings, language)}.js"
