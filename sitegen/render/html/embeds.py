"""Embedded frames of other sites: shown when the reader asks, so that a page calls nobody."""

from __future__ import annotations

from html import escape, unescape
from urllib.parse import urlsplit

from sitegen.render.html.finished import ATTRIBUTE


def click_to_load(frame: str) -> str:
    """Put a sanitised frame into a template behind a link to what it shows."""
    attributes = dict(ATTRIBUTE.findall(frame))
    source = attributes.get("src")
    if source is None:
        return ""
    host = escape(urlsplit(unescape(source)).hostname or "")
    name = attributes.get("title") or "Embedded content"
    return (
        f'<span class="sg-embed-box"><a class="sg-embed" href="{source}" rel="noopener">'
        f"{name} <small>{host}</small></a><template>{frame}</template></span>"
    )
