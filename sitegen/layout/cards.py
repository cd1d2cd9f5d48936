"""The sections of a site as cards, on pages that lead into it: the landing page and the 404."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from msgspec import Struct

from sitegen.layout.sidebar import address_of, count_pages, first_permalink
from sitegen.layout.templates import Href
from sitegen.model import NavItem, Site
from sitegen.urls import is_absolute

CARDS = 60  # so many sections at most
CARD_LINKS = 5


class Card(Struct, frozen=True):
    """A section with its first pages; ``description`` is what its first page says of itself.

    One that holds what is in a ``language`` is named and described in it.
    """

    title: str
    href: str
    links: tuple[Href, ...]
    count: int
    description: str = ""
    language: str = ""


def section_cards(
    site: Site, root: str, say: Mapping[str, str], describe: Callable[[str], str] = lambda _: ""
) -> tuple[Card, ...]:
    """Make a card of each section; pages of the top level share one.

    Links start with ``root``, the way to the site's root.
    """
    loose = tuple(item for item in site.navigation if not item.items)
    sections = [item for item in site.navigation if item.items]
    cards = [
        _card(item, item.items, root, describe(first_permalink(item) or ""))
        for item in sections[:CARDS]
    ]
    if loose:
        rest = NavItem(say["Pages" if sections else "All pages"], None)
        cards.append(_card(rest, loose, root, ""))
    return tuple(cards)


def _card(section: NavItem, items: tuple[NavItem, ...], root: str, description: str) -> Card:
    def href(item: NavItem) -> str:
        address = address_of(item)
        if address is None:
            return item.url if is_absolute(item.url) else item.url and root + quote(item.url)
        return root + quote(address)

    links = tuple(Href(item.title, href(item)) for item in items[:CARD_LINKS])
    count = sum(count_pages(item) for item in items) + (section.permalink is not None)
    first = href(section) or links[0].href
    return Card(section.title, first, links, count, description, section.language)
