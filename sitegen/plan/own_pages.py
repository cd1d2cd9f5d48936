"""Own pages: the addresses of pages that a site has besides those of its input."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sitegen.config import Config
from sitegen.model import Site
from sitegen.urls import fold

GENERATED = (
    *("robots.txt", "404.html", "sitemap.xml", "llms.txt", "llms-full.txt", "objects.inv"),
    *("CNAME", "build.json", "_headers", "_redirects"),
)
"""Files that a build makes besides pages, as far as others may want such a name."""


def own_pages(site: Site, config: Config) -> Mapping[str, str]:
    """The addresses that a site takes for pages of its own, by name; the start page's is empty."""
    wanted = {
        "": all(page.permalink for page in site.pages),
        "site-index": True,
        "search": config.search,
        "chunk": config.feeds.chunks,
        "print": config.feeds.print_page,
        "health": config.check.page,
    }
    # A page has the names of all folders above it: these have pages that list them.
    tops = {page.permalink.partition("/")[0] for page in site.pages}
    taken = {f"{fold(top)}/" for top in tops if top}
    return {name: _free(name, taken) for name, is_wanted in wanted.items() if is_wanted}


def _free(name: str, taken: Collection[str]) -> str:
    """An address for a page of ours that no page of the input has; ``taken`` are folded."""
    while name and f"{name}/" in taken:
        name += "-"
    return name and f"{name}/"
