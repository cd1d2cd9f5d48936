"""Head: what a project writes into the head of all pages, and what browsers shall allow for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urlsplit

from msgspec import Struct, field

from sitegen.config import ThemeConfig
from sitegen.errors import did_you_mean

OPEN = (
    *("script-src", "style-src", "img-src", "media-src", "font-src", "connect-src"),
    *("frame-src", "form-action", "worker-src", "manifest-src"),
)
"""What a project may allow more of."""
_ELEMENTS = frozenset({"link", "meta", "script", "style", "noscript", "template"})
_SOURCE = re.compile(
    r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::(?:\d{1,5}|\*))?(?:/[^\s;,'\"]*)?|wss?://[A-Za-z0-9.:-]+|"
    r"(?:data|blob|https):|'self'|'unsafe-(?:inline|eval)'|'wasm-unsafe-eval'|"
    r"'(?:sha256|sha384|sha512)-[A-Za-z0-9+/=]+'"
)
_LOADED = {"script": ("src", "script-src"), "link": ("href", "style-src")}


class _Head(Struct):
    """What the head of a project holds, as far as a policy speaks of it."""

    inline: list[tuple[str, str]] = field(default_factory=list)
    loaded: list[tuple[str, str]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads elements of a head; script and style hold text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.head, self._open = _Head(), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _ELEMENTS:
            self.head.strange.append(f"<{tag}>")
        self._open = tag if tag in {"script", "style"} and "src" not in given else ""
        name, directive = _LOADED.get(tag, ("", ""))
        is_style = tag != "link" or "stylesheet" in given.get("rel", "").lower().split()
        if is_style and urlsplit(given.get(name, "")).netloc:
            self.head.loaded.append((directive, given[name]))

    def handle_data(self, data: str) -> None:
        if self._open:
            self.head.inline.append((f"{self._open}-src", data))
        elif data.strip():
            self.head.strange.append(repr(data.strip()[:20]))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def _read(html: str) -> _Head:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.head


def inline_parts(html: str) -> tuple[tuple[str, str], ...]:
    """The scripts and styles that are written in a head, each with the directive that allows it."""
    return tuple(_read(html).inline) if html else ()


def wrong_head(theme: ThemeConfig) -> Iterator[str]:
    """Name what cannot be in `theme.csp` and `theme.head`, or would not work as it is written."""
    yield from _wrong_policy(theme.csp)
    head = _read(theme.head)
    if head.strange:
        allowed = ", ".join(sorted(_ELEMENTS))
        yield f"theme.head: {head.strange[0]} cannot be in a head, which holds {allowed}"
    for directive, url in head.loaded:
        if not _allows(theme.csp, directive, url):
            host = f"https://{urlsplit(url).netloc}"
            yield f'theme.head loads {url}, which browsers refuse: theme.csp.{directive} = "{host}"'


def _wrong_policy(policy: Mapping[str, str]) -> Iterator[str]:
    for name, sources in policy.items():
        directive = name.replace("_", "-")
        if directive not in OPEN:
            yield f"theme.csp.{name} is nothing to allow: {did_you_mean(directive, OPEN)}"
        for source in sources.split():
            if not _SOURCE.fullmatch(source):
                yield f"theme.csp.{name}: {source!r} is no source such as https://host.example.org"
        if not sources.strip():
            yield f"theme.csp.{name} allows nothing: write sources such as https://host.example.org"


def _allows(policy: Mapping[str, str], directive: str, url: str) -> bool:
    """Whether a source of a policy covers an address, as browsers match hosts."""
    given = policy.get(directive) or policy.get(directive.replace("-", "_"), "")
    wanted = urlsplit(url if not url.startswith("//") else f"https:{url}")
    for source in given.split():
        allowed = urlsplit(source)
        host, whole = wanted.netloc.lower(), allowed.netloc.lower()
        if source == f"{wanted.scheme}:" or host == whole:
            return True
        if whole.startswith("*.") and host.endswith(whole[1:]):
            return True
    return False
