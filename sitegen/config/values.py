"""Which values of a `Config` cannot be, beyond their types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import unquote, urlsplit

from sitegen.config import Config, ThemeConfig
from sitegen.config.bucket import wrong_bucket
from sitegen.config.phrases import wrong_phrases
from sitegen.config.site_address import ascii_host, holds_user, is_address, wrong_base_url
from sitegen.config.versions import wrong_versions
from sitegen.errors import did_you_mean
from sitegen.languages import is_language, may_be_language
from sitegen.limits.hosts import HOSTS

COLUMNS = (
    *("text", "source", "url", "section", "file_type", "id", "heading", "level", "parents"),
    *("title", "order", "start", "end", "last_changed", "element", "folder"),
    *("language", "version", "deleted"),
    *(f"heading{level}" for level in range(1, 7)),
)
SEARCH_MODES = ("auto", "full", "headings")
WHITESPACE_MODES = ("auto", "on", "off")
COLORS = ("accent", "accent-soft", "accent-text", "bg", "bg-soft", "line", "text", "text-muted")
LOGOS = (".svg", ".png", ".webp")
_MOST_JOBS = 1024
_COLOR = re.compile(
    r"#[0-9a-fA-F]{3,8}|[a-z]{3,30}|(?:rgb|hsl|oklch|oklab|lab|lch)\([\d\s.,%/deg]+\)"
)


def wrong_values(config: Config) -> Iterator[str]:
    """Name every value that cannot be, by its key."""
    theme = config.theme
    yield from wrong_bucket(config.bucket)
    yield from wrong_base_url(config.base_url)
    if config.dates not in {"", "git"}:
        yield f"dates must be 'git', or not be there, not {config.dates!r}"
    if config.language and not may_be_language(config.language):
        yield f"language must be a tag such as en or pt-BR, not {config.language!r}"
    if config.site_root and not config.site_root.startswith("/"):
        yield f"site_root must begin with /, as /docs/ does, and {config.site_root!r} does not"
    yield from _wrong_inventories(config.inventories)
    yield from _wrong_redirects(config.publish.redirects)
    yield from _wrong_domain(config.publish.domain)
    yield from _wrong_host(config.publish.host)
    yield from _wrong_search(config.search)
    yield from _wrong_jobs(config.jobs)
    yield from _wrong_timeout(config.check.external.timeout)
    yield from _wrong_whitespace(config.restore.whitespace)
    yield from _wrong_columns(config.columns)
    yield from _wrong_looks(theme)
    yield from _wrong_addresses("theme.edit_url", theme.edit_url, "source")
    yield from _wrong_addresses("theme.row_url", theme.row_url, "id")
    for name, address in theme.open_in.items():
        yield from _wrong_addresses(f"theme.open_in.{name}", address, "url")
    if theme.head or theme.csp:
        from sitegen.config.head import wrong_head  # noqa: PLC0415 - few have any

        yield from wrong_head(theme)
    yield from _wrong_languages(theme.strings)
    yield from wrong_phrases(theme.strings)
    yield from _wrong_content_signal(config.feeds.content_signal)
    if config.feeds.social_images and not config.base_url:
        yield "feeds.social_images needs base_url: pictures are found by their whole address"
    yield from wrong_versions(config)
    for number, name in enumerate(config.extensions, start=1):
        if not name.strip():
            yield f"extensions[{number}] names none: write what a package calls its extension"
        elif name in config.extensions[: number - 1]:
            yield f"extensions names {name!r} twice: once is enough"


def _wrong_inventories(inventories: Mapping[str, str]) -> Iterator[str]:
    """Name inventories that stand for no site."""
    for url in inventories:
        if holds_user(url):
            yield "inventories must not hold a user or a password: pages link to their addresses"
        elif urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
            yield f"inventories maps the address of a site to a file: {url!r} is no https address"


def _wrong_redirects(redirects: Mapping[str, str]) -> Iterator[str]:
    """Name addresses that would break the lines of ``_redirects``."""
    for address in sorted(chain.from_iterable(redirects.items())):
        if not address or re.search(r"[\s\x00-\x1f\x7f#]", address):
            yield f"publish.redirects must hold addresses without spaces, not {address!r}"
        elif not _leads(address):
            yield f"publish.redirects must lead from paths to paths or https, not {address!r}"
    for old in sorted(redirects):
        if "?" in old:
            yield f"publish.redirects: no host looks behind the ? of {old!r}"


def _leads(address: str) -> bool:
    """Whether an address is one of the web, or a path that stays below its host."""
    path = address.partition("?")[0]
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return is_address(path)
    return not ("\\" in path or path.startswith("//") or {".", ".."} & {*unquote(path).split("/")})


def _wrong_domain(domain: str) -> Iterator[str]:
    """Name a domain that ``CNAME`` cannot hold."""
    host = ascii_host(domain)[0]
    if domain and not re.fullmatch(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}", host):
        yield f"publish.domain must be a host's name such as docs.example.org, not {domain!r}"


def _wrong_host(host: str) -> Iterator[str]:
    """Name a host whose limits nobody knows."""
    if host and host not in HOSTS:
        yield f"unknown publish.host {host!r}: {did_you_mean(host, HOSTS)}"


def _wrong_search(mode: bool | str) -> Iterator[str]:
    """Name a mode of `search` that there is not."""
    if isinstance(mode, str) and mode not in SEARCH_MODES:
        hint = did_you_mean(mode, SEARCH_MODES)
        yield f"search must be true, false or a mode, not {mode!r}: {hint}"


def _wrong_whitespace(mode: str) -> Iterator[str]:
    """Name a mode of `restore.whitespace` that there is not."""
    if mode not in WHITESPACE_MODES:
        hint = did_you_mean(mode, WHITESPACE_MODES)
        yield f"unknown restore.whitespace {mode!r}: {hint}"


def _wrong_columns(columns: Mapping[str, str]) -> Iterator[str]:
    """Name columns that are none of ours."""
    for name in columns:
        if name not in COLUMNS:
            yield f"unknown column name {name!r} in columns: {did_you_mean(name, COLUMNS)}"


def _wrong_jobs(jobs: int) -> Iterator[str]:
    if not 0 <= jobs <= _MOST_JOBS:
        yield f"jobs must be 0 (one per processor) to {_MOST_JOBS}, not {jobs}"


def _wrong_timeout(timeout: int) -> Iterator[str]:
    if timeout < 1:
        yield f"check.external.timeout must be 1 second or more, not {timeout}"


def _wrong_looks(theme: ThemeConfig) -> Iterator[str]:
    """Name colours, links and a logo that cannot be; none may reach into a stylesheet or script."""
    for name, value in theme.colors.items():
        if name.replace("_", "-").removesuffix("-dark") not in COLORS:
            yield f"unknown colour {name!r} in theme.colors: {did_you_mean(name, COLORS)}"
        if not _COLOR.fullmatch(value):
            yield f"theme.colors.{name} must be a colour such as #0b6380, not {value!r}"
    for title, href in theme.links.items():
        if not _is_link(href):
            yield f"theme.links: {title!r} must lead to http(s) or a path below the site: {href!r}"
    if theme.logo is not None and theme.logo.suffix.lower() not in LOGOS:
        yield f"theme.logo must be one of {', '.join(LOGOS)}, not {theme.logo.name!r}"


def _wrong_addresses(key: str, address: str, place: str) -> Iterator[str]:
    """Name an address with a gap that cannot be, or that has no gap."""
    start, gap, _ = address.partition(f"{{{place}}}")
    if address and not (gap and re.fullmatch(r"https?://[^\s/?#{}]+[/?][^\s]*", start)):
        yield f"{key} must look like https://host/...{{{place}}}, not {address!r}"


def _wrong_languages(tags: Iterable[str]) -> Iterator[str]:
    """Name tags of languages that there are not; files are called after them."""
    for tag in tags:
        if not is_language(tag):
            yield f"theme.strings.{tag}: no language, write a tag such as de or zh-CN"


def _wrong_content_signal(signal: str) -> Iterator[str]:
    """Name signals that are none of contentsignals.org's."""
    wanted = "(?:search|ai-input|ai-train)=(?:yes|no)"
    if signal and not re.fullmatch(rf"{wanted}(?:, ?{wanted})*", signal):
        yield f"feeds.content_signal must look like search=yes, ai-train=no, not {signal!r}"


def _is_link(href: str) -> bool:
    if any(ord(character) <= 32 for character in href):
        return False
    if ":" not in href:
        return not href.startswith(("/", "\\"))
    return is_address(href.partition("#")[0].partition("?")[0])
