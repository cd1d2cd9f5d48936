"""Which addresses a page may link to, show or frame; nothing is repaired, only refused."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache
from urllib.parse import urlsplit

FRAME_HOSTS = (
    "*.hf.space",
    "hf.space",
    "huggingface.co",
    "www.youtube-nocookie.com",
    "www.youtube.com",
    "www.figma.com",
    "marimo.app",
)
"""Hosts that may be framed; ``*.`` stands for every host below."""

SCHEMES = frozenset(("http", "https", "mailto"))
# Invisible in an address bar or dropped by URL parsers: a scheme or a host could hide behind them.
_UNSEEN = r"\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
_UNSEEN_CHARACTER = re.compile(f"[{_UNSEEN}\ud800-\udfff]")
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]*[a-z0-9])(?![^/?#])")  # no port, no user
_FRAME_HOST = re.compile(r"[a-z0-9.-]+")
_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|ACCESS_KEY|API_KEY")
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")
_NEXT_CANDIDATE = re.compile(r",\s+|(?<=\d[wx]),")
_BEFORE_PATH = re.compile(r"[^/?#]*")


_OF_HOST = re.compile(r"//(?=[A-Za-z0-9][\w-]*(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|\Z))", re.ASCII)


def with_scheme(url: str) -> str:
    """Return an address as written, `//host/path` with the scheme that it leaves to the page."""
    return f"https:{url}" if _OF_HOST.match(url) else url


@lru_cache(maxsize=1 << 14)  # pages of a site link to much the same addresses
def safe_url(url: str, *, image: bool = False) -> bool:
    """Tell whether a URL may stand in a page: http, https, mailto or relative, with no tricks.

    Control and invisible characters, hidden schemes, user names and `//host` are tricks. An image
    may not be mailto.
    """
    if _UNSEEN_CHARACTER.search(url) or url != url.strip():
        return False
    path, _, _ = url.partition("#")[0].partition("?")
    if "\\" in path or path.startswith("//"):
        return False
    scheme, colon, _ = _BEFORE_PATH.match(url)[0].partition(":")  # type: ignore[index]
    if not colon:
        return True
    scheme = scheme.lower()
    if scheme == "mailto":
        return not image
    return scheme in SCHEMES and url_host(url) is not None


def frame_url(url: str) -> str | None:
    """Return the URL to frame, YouTube without cookies, or `None` if it may not be framed."""
    if not safe_url(url) or not url.lower().startswith("https://"):
        return None
    host = url_host(url)
    if host is None or not _FRAME_HOST.fullmatch(host):
        return None
    if not any(fnmatchcase(host, each) for each in FRAME_HOSTS):
        return None
    if host == "www.youtube.com":
        return "https://www.youtube-nocookie.com" + url[len("https://www.youtube.com") :]
    return url


def is_external(url: str) -> bool:
    """Tell whether a safe URL leaves the site, so that its link needs a `rel`."""
    return url[:8].lower().startswith(("http://", "https://"))


def url_host(url: str) -> str | None:
    """Return the host of an http URL, or `None` unless it is `//host[:port]` and no more."""
    if plain := _PLAIN_HOST.match(url):  # as nearly all are
        return plain[1]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    named = f"{parts.hostname}:{port}" if port is not None else parts.hostname
    return named if parts.hostname and "@" not in parts.netloc else None


def each_of_srcset(value: str, change: Callable[[str], str]) -> str:
    """Change each address of a `srcset`; its width or density stays."""
    candidates = (each.split(maxsplit=1) for each in _NEXT_CANDIDATE.split(value) if each.strip())
    return ", ".join(" ".join((change(url), *size)) for url, *size in candidates)


def redacted(text: str) -> str:
    """Take out what must never be shown: user info of URLs and secrets of the environment."""
    for name, value in os.environ.items():
        if len(value) >= 8 and _SECRET_NAME.search(name.upper()):
            text = text.replace(value, "***")
    return _USERINFO.sub("***@", text)
