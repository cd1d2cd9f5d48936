"""Policy: what browsers may load and run on a page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping

from sitegen.config import ThemeConfig
from sitegen.safe_urls import FRAME_HOSTS

_DIRECTIVES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' https: data:",
    "media-src": "'self' https:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": " ".join(f"https://{host}" for host in FRAME_HOSTS),
    "base-uri": "'none'",
    "form-action": "'none'",
    "object-src": "'none'",
    "manifest-src": "'self'",
}


def content_policy(theme: ThemeConfig) -> str:
    """Ours, with what a project allows besides: sources by directive, and what its head writes.

    Scripts and styles that stand in `theme.head` are allowed by their digests.
    """
    added = {name.replace("_", "-"): [sources] for name, sources in theme.csp.items()}
    for directive, digest in _inline(theme.head):
        added.setdefault(directive, []).append(digest)
    parts = []
    for name in (*_DIRECTIVES, *sorted(added.keys() - _DIRECTIVES.keys())):
        ours = _DIRECTIVES.get(name, "'self'")
        kept = [] if ours == "'none'" and name in added else [ours]
        parts.append(" ".join((name, *kept, *added.get(name, ()))))
    return "; ".join(parts)


def _inline(head: str) -> Iterator[tuple[str, str]]:
    """The directive and the digest of each script and style that stands in a head."""
    if not head:
        return
    from sitegen.config.head import inline_parts  # noqa: PLC0415 - few have any

    for directive, text in inline_parts(head):
        sha = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        yield directive, f"'sha256-{sha}'"


def policy_of(base_url: str, theme: ThemeConfig) -> str:
    """The policy of a site at an address.

    To ask for TLS would break a site that its host or its preview serves without.
    """
    upgrade = "; upgrade-insecure-requests" if base_url.startswith("https://") else ""
    return content_policy(theme) + upgrade
