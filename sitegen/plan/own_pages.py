"""Own pages: the addresses of pages that a site has besides those of its input."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.model import Site
from sitegen.urls import fold

GENERATED = (
    *("robots.txt", "404.html", "sitemap.xml", "llms.txt", "llms-full.txt", "objects.inv"),
    *("CNAME", "build.json", "_headers", "_redirects"),
)
"""Files that a build makes besides pages, as far as others may want such a name."""


def free_permalink(site: Site, name: str) -> str:
    """Give a page of ours an address that no page of the input has."""
    taken = {fold(page.permalink) for page in site.pages}
    while f"{name}/" in taken:
        name += "-"
    return f"{name}/"


def own_permalinks(site: Site, config: Config) -> frozenset[str]:
    """Give the addresses that a site takes for pages of its own."""
    wanted = {
        "site-index": True,
        "search": bool(config.search),
        "chunk": config.feeds.chunks,
        "print": config.feeds.print_page,
        "health": config.check.page,
    }
    own = {free_permalink(site, name) for name, is_wanted in wanted.items() if is_wanted}
    has_start = any(not page.permalink for page in site.pages)
    return frozenset(own if has_start else {*own, ""})
