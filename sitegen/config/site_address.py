"""The address of a site: what is wrong with it, and its one form in ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

_USER = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://)?[^/?#]*@")
_HOST = re.compile(r"\[[0-9A-Fa-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
_KEPT = "/%:@!$&'()*+,;=~"  # what a path may hold as it is (RFC 3986, 3.3)


def is_address(url: str) -> bool:
    """Whether it is an http address of a host, without query and fragment."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is none
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain


def holds_user(url: str) -> bool:
    """Whether an address names a user, or even a password, which is never shown."""
    return bool(_USER.match(url))


def wrong_base_url(url: str) -> Iterator[str]:
    """Name what is wrong with `base_url`, which every page and every log shows."""
    if not url:
        return
    if holds_user(url):
        yield "base_url must not hold a user or a password: it is written into every page"
    elif any(ord(character) <= 32 for character in url):
        yield "base_url must not hold spaces or control characters"
    elif not is_address(url) or not _HOST.fullmatch(ascii_host(urlsplit(url).netloc)[0]):
        yield f"base_url must look like https://host/path/, not {url!r}"
    elif {".", ".."} & set(urlsplit(url).path.split("/")):
        yield f"base_url must not lead through '.' or '..': {url!r}"


def site_address(url: str) -> str:
    """Give an address that nothing is wrong with as it is sent: ASCII, of a folder.

    Hosts are written by IDNA (RFC 5891), paths percent-encoded; the `index.html` of a folder is
    the folder.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    host, port = ascii_host(parts.netloc)
    path = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", parts.path)
    path = quote(re.sub(r"(?<=/)index\.html?$", "", path), safe=_KEPT)
    return f"{parts.scheme}://{host}{port}{path}"


def ascii_host(netloc: str) -> tuple[str, str]:
    """A host in ASCII and small letters, and its port with the colon."""
    host, port = re.fullmatch(r"(.*?)(:\d*)?", netloc, re.DOTALL).groups(default="")  # type: ignore[union-attr] # all match
    plain = unicodedata.normalize("NFKC", host.lower()).replace("。", ".")
    return ".".join(map(_ascii_label, plain.split("."))), port if port != ":" else ""


def _ascii_label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
