"""Hosts: what hosts and crawlers look for beside the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote, urlsplit

from sitegen.model import OutputFile
from sitegen.urls import canonical_url, is_absolute

IMMUTABLE = "public, max-age=31536000, immutable"
_HEADER_RULES = 90  # Cloudflare reads 100
_HEADERS = (
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Permissions-Policy: camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy: same-origin",
)


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


def below(base_url: str, rules: Mapping[str, str]) -> dict[str, str]:
    """Rules of the site as rules of its host, which knows the whole path."""
    base = urlsplit(base_url).path.rstrip("/")
    return {
        f"{base}/{quote(old, safe='/*')}": new
        if is_absolute(new)
        else f"{base}/{quote(new, safe='/:')}"
        for old, new in rules.items()
    }


def redirects(addresses: Mapping[str, str]) -> OutputFile:
    """Write ``_redirects`` for Netlify and Cloudflare: old paths to new paths or URLs."""
    lines = [f"{_rooted(old)} {_rooted(new)} 301\n" for old, new in sorted(addresses.items())]
    return OutputFile("_redirects", "".join(lines).encode())


def _rooted(address: str) -> str:
    return address if "://" in address else f"/{address.lstrip('/')}"
