"""Neighbours: the links around a body, to what is above, beside and behind its page."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.layout.templates import Href
from sitegen.model import Page, PageLink
from sitegen.urls import relative


def breadcrumbs(here: str, above: Iterable[PageLink]) -> tuple[Href, ...]:
    """Links from a permalink to what is above it."""
    return tuple(
        Href(crumb.title, "" if crumb.permalink is None else relative(here, crumb.permalink))
        for crumb in above
        if crumb.permalink != here
    )


def href(here: str, link: PageLink | None) -> Href | None:
    """Link from a permalink to another, if there is one."""
    if link is None or link.permalink is None:
        return None
    return Href(link.title, relative(here, link.permalink))


def source_name(page: Page) -> str:
    """Name the source below the common root: what lies above it is somebody's disk."""
    source, id = page.document.source, page.document.id
    start = f"/{source}".rfind(f"/{id}")
    return source[start:] if start >= 0 else source.rsplit("/", 1)[-1]


def is_web(url: str) -> bool:
    """Tell whether a browser can go to an address."""
    return url.startswith(("https://", "http://"))
