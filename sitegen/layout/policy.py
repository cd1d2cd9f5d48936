"""Policy: what browsers may load and run on a page."""

from __future__ import annotations

from sitegen.safe_urls import FRAME_HOSTS

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' https: data:; media-src 'self' https:; font-src 'self'; connect-src 'self'; "
    f"frame-src {' '.join(f'https://{host}' for host in FRAME_HOSTS)}; "
    "base-uri 'none'; form-action 'none'; object-src 'none'; "
    "manifest-src 'self'"
)


def policy_of(base_url: str) -> str:
    """The policy of a site at an address.

    To ask for TLS would break a site that its host or its preview serves without.
    """
    return CSP + ("; upgrade-insecure-requests" if base_url.startswith("https://") else "")
