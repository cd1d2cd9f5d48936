"""Guard: a request is refused here before anything of the site is looked at."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable
from urllib.parse import quote, unquote_to_bytes, urlsplit

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
METHODS = ("GET", "HEAD")
_TARGET = re.compile(rb"/(?!/)[!-\"$-\[\]-~]*\Z")  # one slash first; no `#`, `\`, blank, control
_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_SEGMENT = re.compile(r"[^\x00-\x1f\x7f\\:]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
"""What every answer carries; no answer carries ``Access-Control-Allow-*``."""


class Guard(Struct, frozen=True):
    """ASGI middleware: version, Host, method, Origin and Fetch-Metadata, path - in this order.

    ``hosts`` may be asked for besides those of this machine; ``private`` are the paths whose
    answers no other origin may even cause. ``for_others``: other machines reach this server, by
    any address, and by a port that is mapped to ours. No name can be made to lead to an address
    that is written as numbers, so a Host of numbers is no other site's.
    """

    app: ASGIApp
    port: int
    hosts: Collection[str]
    private: str
    for_others: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is refused, or hand it on with ``scope["site_path"]``."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send)
            return
        status, text = refusal
        more = {"Allow": ", ".join(METHODS)} if status == 405 else {}
        headers = HEADERS | {"Connection": "close"} | more
        await PlainTextResponse(f"{text}\n", status, headers)(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:  # noqa: PLR0911 - a list of checks
        headers = Headers(scope=scope)
        if scope["http_version"] not in {"1.0", "1.1"}:
            return 505, "this server speaks HTTP/1.0 and 1.1"
        if len(headers.getlist("host")) != 1:
            return 400, "a request has one Host"
        if not self._is_ours(headers["host"]):
            return 403, "this Host is not served: allow it with --allowed-host NAME"
        if scope["method"] not in METHODS:
            return 405, "this server is read-only"
        if any(name in headers for name in ("content-length", "transfer-encoding")):
            return 400, "a request here has no body"
        raw = scope.get("raw_path") or b""
        if not _TARGET.match(raw) or _ESCAPE.search(raw) or b"#" in scope["query_string"]:
            return 400, "not an address of a page"
        if reason := self._foreign(headers, raw):
            return 403, reason
        path = site_path(raw)
        if path is None:
            return 404, "no such page"
        scope["site_path"] = path
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            port = parts.port or 80
        except ValueError:
            return False
        if parts.netloc != host or parts.username is not None:
            return False
        if port != self.port and not self.for_others:
            return False
        name = parts.hostname or ""
        known = name in LOOPBACK or name in self.hosts or (self.for_others and is_address(name))
        return known or bool(re.fullmatch(r"([a-z0-9-]+\.)+localhost", name))

    def _foreign(self, headers: Headers, raw: bytes) -> str:
        """Why another site must not have the answer; empty if it is not another site."""
        site = headers.get("sec-fetch-site", "none")
        origin = headers.get("origin")
        use = (headers.get("sec-fetch-mode", "navigate"), headers.get("sec-fetch-dest", "document"))
        if raw.startswith(self.private.encode()):
            if site not in {"same-origin", "none"}:
                return "only pages of this site may listen"
            if origin is not None and not self._is_our_origin(origin, headers["host"]):
                return "only pages of this site may listen"
        elif site == "cross-site" and use != ("navigate", "document"):
            return "only pages of this site may use its files"
        return ""

    def _is_our_origin(self, origin: str, host: str) -> bool:
        """Whether a page of this server asks: by another of its names, but by the same port."""
        parts = urlsplit(origin)
        return (
            parts.scheme == "http"
            and origin == f"http://{parts.netloc}"
            and self._is_ours(parts.netloc)
            and parts.port == urlsplit(f"//{host}").port
        )


def site_path(raw: bytes) -> str | None:
    """Decode the path of a request once; ``None`` if no file of a site can have it.

    The answer is looked up in the list of the site's files, never joined to a folder.
    """
    try:
        path = unquote_to_bytes(raw).decode("utf-8").removeprefix("/")
    except UnicodeDecodeError:
        return None
    segments = path.split("/")
    if segments[-1] == "":
        segments.pop()
    return path if all(map(_is_name, segments)) else None


def _is_name(segment: str) -> bool:
    hidden = segment.startswith(".") and segment != ".well-known"
    return bool(_SEGMENT.fullmatch(segment)) and not hidden and not _DEVICE.fullmatch(segment)


def redirect_to(path: str) -> str:
    """Give the Location of a file of the site: always a path, never another host."""
    return "/" + quote(path)


def hosts_of(names: Iterable[str]) -> frozenset[str]:
    """Read names that may stand in Host: in lower case, IPv6 without brackets."""
    return frozenset(name.lower().strip("[]") for name in names)


def is_address(name: str) -> bool:
    """Whether a host is written as an IP address, which no name server decides over."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
