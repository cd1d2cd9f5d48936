"""The sections of a site as cards, on pages that lead into it: the landing page and the 404."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from sitegen.layout.sidebar import count_pages, first_permalink
from sitegen.layout.templates import Href
from sitegen.model import NavItem, Site

CARDS = 60  # so many sections at most
CARD_LINKS = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A section with its first pages."""

    title: str
    href: str
    links: tuple[Href, ...]
    count: int


def section_cards(site: Site, root: str, say: Mapping[str, str]) -> tuple[Card, ...]:
    """Make a card of each section; pages of the top level share one.

    Links start with ``root``, the way to the site's root.
    """
    loose = tuple(item for item in site.navigation if not item.items)
    sections = [item for item in site.navigation if item.items]
    cards = [_card(item, item.items, root) for item in sections[:CARDS]]
    if loose:
        cards.append(_card(NavItem(say["Pages" if sections else "All pages"], None), loose, root))
    return tuple(cards)


def _card(section: NavItem, items: tuple[NavItem, ...], root: str) -> Card:
    def href(item: NavItem) -> str:
        first = first_permalink(item)
        return item.url if first is None else root + quote(first)

    links = tuple(Href(item.title, href(item)) for item in items[:CARD_LINKS])
    count = sum(count_pages(item) for item in items) + (section.permalink is not None)
    return Card(section.title, href(section) or links[0].href, links, count)
