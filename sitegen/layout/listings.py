"""Listings: pages of ours that list what is in a group or folder which has no page itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from sitegen.layout.frame import Frame, fill, root_of, values_at
from sitegen.layout.neighbours import breadcrumbs
from sitegen.layout.sidebar import address_of, count_pages, first_permalink, walk
from sitegen.model import NavItem, OutputFile, Page, PageLink, Site
from sitegen.plan.folders import folder_title
from sitegen.plan.nav import is_hidden
from sitegen.urls import fold, relative

DESCRIBED = 80  # of a longer list the titles alone are shown

_NO_ARTICLE = {
    "chunks": "",
    "leads": (),
    "next": None,
    "previous": None,
    "structured": "",
    "toc": (),
    "has_lead": True,
}

Describe = Callable[[str], str]
"""Gives the description of a page by its permalink; empty if there is no such page."""


class Entry(Struct, frozen=True):
    """A page or group of a listing; ``count`` is the number of a group's pages."""

    title: str
    href: str
    description: str = ""
    count: int = 0


class Listing(Struct, frozen=True):
    """A page that lists others: its address, what is above it, and what is in it."""

    item: NavItem
    above: tuple[PageLink, ...]
    language: str


def listings(site: Site) -> tuple[Listing, ...]:
    """Those of the groups of the navigation, then of the folders that nothing else heads."""
    pages = {page.permalink: page for page in site.pages}
    taken = {fold(address) for address in pages}
    groups = {item.listed: item for _, item in walk(site.navigation) if item.listed}
    folders = _folders(site)
    items = {address: folders[address] for address in sorted(folders)} | groups
    # Of addresses that differ in letter case alone one has a page: that which is linked to.
    ones = {fold(address): address for address in (*items, *groups)}
    return tuple(
        _listing(item, pages)
        for address, item in items.items()
        if fold(address) not in taken and ones[fold(address)] == address
    )


def _listing(item: NavItem, pages: Mapping[str, Page]) -> Listing:
    """What is above a group is above its first page, up to the group itself."""
    first = pages[first_permalink(item) or ""]
    crumbs = first.breadcrumbs
    places = [number for number, crumb in enumerate(crumbs) if crumb.permalink == item.listed]
    return Listing(item, crumbs[: places[0]] if places else (), first.document.language)


def _folders(site: Site) -> dict[str, NavItem]:
    """All folders that hold pages to be listed, by their addresses, each with what is in it."""
    inside: dict[str, dict[str, NavItem]] = {}
    for page in (each for each in site.pages if not is_hidden(each.document)):
        address, item = page.permalink, NavItem(page.title, page.permalink)
        while (at := address.rstrip("/").rfind("/")) >= 0:
            folder = address[: at + 1]
            is_known = folder in inside
            inside.setdefault(folder, {}).setdefault(address, item)
            if is_known:  # and so it is in the one above it
                break
            address, item = folder, NavItem(_name(folder), None, listed=folder)
    found: dict[str, NavItem] = {}
    for folder in sorted(inside, key=lambda each: each.count("/"), reverse=True):
        items = (  # a folder in it knows its pages, to be counted
            found[address] if item.permalink is None else item
            for address, item in inside[folder].items()
        )
        found[folder] = NavItem(_name(folder), None, tuple(items), listed=folder)
    return found


def _name(folder: str) -> str:
    return folder_title(folder.split("/")[-2])


def listing_page(frame: Frame, listing: Listing, describe: Describe) -> OutputFile:
    """The file of a listing.

    Raises:
        TemplateError: naming the template and the line at fault.
    """
    item, lang = listing.item, listing.language or frame.site.language
    here, root = item.listed, root_of(item.listed)
    is_long = len(item.items) > DESCRIBED
    values: dict[str, Any] = _NO_ARTICLE | {
        "sidebar": Markup(frame.voice(lang).sidebar.of(here, root)),  # noqa: S704 - escaped there
        "breadcrumbs": breadcrumbs(here, listing.above),
        "entries": tuple(
            _entry(here, each, "" if is_long else describe(first_permalink(each) or ""))
            for each in item.items
        ),
        "count": count_pages(item),
        "is_long": is_long,
        "translations": frame.translations.of(here, listing.language),
        "base_url": frame.canonical_url,
    }
    return fill(frame, here, "listing.html", values_at(frame, here, item.title, lang) | values)


def _entry(here: str, item: NavItem, description: str) -> Entry:
    address = address_of(item)
    href = item.url if address is None else relative(here, address)
    return Entry(item.title, href, description, count_pages(item) if item.items else 0)
