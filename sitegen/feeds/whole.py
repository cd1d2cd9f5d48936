"""Whole: a site whose pages are laid out, as feeds read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from sitegen.check.links import LinkReport
from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.feeds.provenance import Marked
from sitegen.layout.assets import Assets
from sitegen.model import Document, RenderedPage
from sitegen.plan.own_pages import own_pages
from sitegen.plan.planned import Plan


class Documents(Marked, Protocol):
    """The documents of all pages, by their ids."""

    def document(self, id: str) -> Document:
        """A document by its id."""

    def content(self, id: str) -> str:
        """The digest of what was read of a document."""


class AllPages(Protocol):
    """All pages of a site in reading order."""

    @property
    def descriptions(self) -> Mapping[str, str]:
        """What each says of itself, by its permalink."""

    def headed(self) -> object:
        """What the headings of all are known by, if anything is kept."""

    def __iter__(self) -> Iterator[RenderedPage]:
        """Yield the pages."""


class Whole(Struct, frozen=True):
    """A site whose pages are laid out: all that feeds may read.

    ``pages`` have neither HTML nor Markdown, but for the HTML where the configuration asks for a
    feed of it. ``assets`` are the files of the theme.
    """

    config: Config
    plan: Plan
    pages: AllPages
    documents: Documents
    assets: Assets
    links: LinkReport
    diagnostics: Sequence[Diagnostic]

    def at(self, name: str) -> str:
        """The address of a page of the site's own; empty where the site has no such page."""
        return own_pages(self.plan.site, self.config).get(name, "")
