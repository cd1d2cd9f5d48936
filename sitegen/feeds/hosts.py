"""Feeds: all pages -> the files that machines read (sitemap, robots, objects.inv, build report)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import escape
from urllib.parse import quote

from sitegen.model import Certainty, OutputFile, Page, Site
from sitegen.model.inventory import object_role, write_inventory
from sitegen.model.objects import Documented
from sitegen.urls import permalink

IMMUTABLE = "public, max-age=31536000, immutable"
_HEADER_RULES = 90  # Cloudflare reads 100
_HEADERS = (
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Permissions-Policy: camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy: same-origin",
)
SITEMAP_LIMIT = 50_000  # addresses that one sitemap may list


def sitemaps(site: Site, base_url: str) -> Iterator[OutputFile]:
    """List all pages' canonical URLs (sitemaps.org 0.9), in several files where one is not enough.

    There are no dates: a chunk dataset has none, and the time of a build says nothing of a page.
    """
    urls = [canonical_url(base_url, page.permalink) for page in site.pages]
    if len(urls) <= SITEMAP_LIMIT:
        yield _sitemap("sitemap.xml", "urlset", "url", urls)
        return
    parts = []
    for start in range(0, len(urls), SITEMAP_LIMIT):
        name = f"sitemap-{start // SITEMAP_LIMIT + 1}.xml"
        parts.append(canonical_url(base_url, name))
        yield _sitemap(name, "urlset", "url", urls[start : start + SITEMAP_LIMIT])
    yield _sitemap("sitemap.xml", "sitemapindex", "sitemap", parts)


def _sitemap(name: str, root: str, entry: str, urls: Iterable[str]) -> OutputFile:
    entries = "".join(f"<{entry}><loc>{escape(url)}</loc></{entry}>\n" for url in urls)
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</{root}>\n'
    )
    return OutputFile(name, xml.encode())


def open_search(title: str, base_url: str, search: str) -> OutputFile:
    """Describe the search page (OpenSearch 1.1), so that browsers can offer it."""
    url = canonical_url(base_url, search)
    name = escape(title[:16])  # the most that the format allows
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{name}</ShortName>\n<Description>{escape(title[:1024])}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{escape(url)}?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    )
    return OutputFile(f"{search}opensearch.xml", xml.encode("utf-8", "replace"))


def robots(base_url: str, content_signal: str = "") -> OutputFile:
    """Allow all, with what the content may be used for, and name the sitemap when there is one.

    Pages that no index shall list say so themselves: who may not fetch them would not read it.
    """
    lines = ["User-agent: *"]
    if content_signal:
        lines.append(f"Content-Signal: {content_signal}")
    lines.append("Allow: /")
    if base_url:
        lines.append(f"Sitemap: {canonical_url(base_url, '')}sitemap.xml")
    return OutputFile("robots.txt", ("\n".join(lines) + "\n").encode())


def objects_inventory(site: Site, objects: Iterable[Documented]) -> OutputFile:
    """Write ``objects.inv`` (Sphinx version 2), so that other sites can link to this one."""
    entries = [(p.document.id, "std:doc", quote(p.permalink), p.title) for p in site.pages]
    shortest_last = sorted(objects, key=lambda entry: (len(entry.page), entry.page), reverse=True)
    entries += [
        (entry.name, object_role(entry.kind), f"{quote(permalink(entry.page))}#{entry.anchor}", "")
        for entry in {entry.name: entry for entry in shortest_last}.values()
    ]
    return OutputFile("objects.inv", write_inventory(site.title, entries))


def no_jekyll() -> OutputFile:
    """Tell GitHub Pages to serve the files as they are."""
    return OutputFile(".nojekyll", b"")


def cname(domain: str) -> OutputFile:
    """Tell GitHub Pages the site's own domain."""
    return OutputFile("CNAME", f"{domain}\n".encode())


def site_headers(csp: str, assets: Iterable[str], *, runs_wasm: bool = False) -> OutputFile:
    """Write ``_headers`` for Netlify and Cloudflare; ``assets`` are paths with fingerprints.

    Each asset is named by itself: a folder of the content may be called ``assets`` too.
    ``runs_wasm`` lets the worker of the search compile its module. It lets no page do so, as a
    page's own policy holds besides; a second rule for the worker alone would not loosen the first.
    """
    if runs_wasm:
        csp = csp.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    lines = ["/*", f"  Content-Security-Policy: {csp}; frame-ancestors 'self'"]
    lines += [f"  {header}" for header in _HEADERS]
    for path in sorted(assets)[:_HEADER_RULES]:
        lines += [f"/{quote(path)}", f"  Cache-Control: {IMMUTABLE}"]
    return OutputFile("_headers", ("\n".join(lines) + "\n").encode())


def redirects(addresses: Mapping[str, str]) -> OutputFile:
    """Write ``_redirects`` for Netlify and Cloudflare: old paths to new paths or URLs."""
    lines = [f"{_rooted(old)} {_rooted(new)} 301\n" for old, new in sorted(addresses.items())]
    return OutputFile("_redirects", "".join(lines).encode())


def _rooted(address: str) -> str:
    return address if "://" in address else f"/{address.lstrip('/')}"


def build_report(site: Site, facts: Mapping[str, object]) -> OutputFile:
    """Write ``build.json``: what was built from what; no times and no paths of this machine."""
    write = partial(json.dumps, ensure_ascii=False, sort_keys=True)
    head = write({"format": 1, **facts}, indent=1).removesuffix("\n}")
    pages = ",\n  ".join(write(_page_report(page)) for page in site.pages)  # a line each
    text = f'{head},\n "pages": [\n  {pages}\n ]\n}}\n'
    return OutputFile("build.json", text.encode("utf-8", "replace"))


def _page_report(page: Page) -> dict[str, object]:
    return {
        "id": page.document.id,
        "source": page.document.source,
        "permalink": page.permalink,
        "title": page.title,
        "chunks": len(page.document.sections),
        "restored": restored_counts([page]),
    }


def restored_counts(pages: Iterable[Page]) -> dict[str, int]:
    """Count what was restored, by how sure it is."""
    counts = Counter(r.certainty for page in pages for r in page.document.restored)
    return {certainty.value: counts[certainty] for certainty in Certainty}


def canonical_url(base_url: str, path: str) -> str:
    """Give a page's address on its site."""
    return f"{base_url.rstrip('/')}/{quote(path)}"
