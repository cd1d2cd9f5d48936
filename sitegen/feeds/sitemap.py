"""Sitemap: the canonical URLs of all pages, for crawlers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from sitegen.model import OutputFile, Site
from sitegen.urls import NOT_FOUND, canonical_url

SITEMAP_LIMIT = 50_000  # addresses that one sitemap may list


def sitemaps(site: Site, base_url: str) -> Iterator[OutputFile]:
    """List all pages' canonical URLs (sitemaps.org 0.9), in several files where one is not enough.

    A page has the day of the version that brought it, if that is known: the time of a build says
    nothing of a page.
    """
    urls = [
        (canonical_url(base_url, page.permalink), page.changed.date if page.changed else "")
        for page in site.pages
        if page.document.id != NOT_FOUND
    ]
    if len(urls) <= SITEMAP_LIMIT:
        yield _sitemap("sitemap.xml", "urlset", "url", urls)
        return
    parts = []
    for start in range(0, len(urls), SITEMAP_LIMIT):
        name = f"sitemap-{start // SITEMAP_LIMIT + 1}.xml"
        parts.append((canonical_url(base_url, name), ""))
        yield _sitemap(name, "urlset", "url", urls[start : start + SITEMAP_LIMIT])
    yield _sitemap("sitemap.xml", "sitemapindex", "sitemap", parts)


def _sitemap(name: str, root: str, entry: str, urls: Iterable[tuple[str, str]]) -> OutputFile:
    entries = "".join(
        f"<{entry}><loc>{escape(url)}</loc>{day and f'<lastmod>{day}</lastmod>'}</{entry}>\n"
        for url, day in urls
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</{root}>\n'
    )
    return OutputFile(name, xml.encode())
