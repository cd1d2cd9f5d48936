"""Embedded frames of other sites: shown when the reader asks, so that a page calls nobody."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

from sitegen.model.tags import ATTRIBUTE

_FRAME = re.compile(r"<iframe([^<>]*)></iframe>")


def click_to_load(html: str) -> str:
    """Put each frame of a sanitised body into a template behind a link to what it shows."""
    return _FRAME.sub(_facade, html) if "<iframe" in html else html


def _facade(frame: re.Match[str]) -> str:
    attributes = dict(ATTRIBUTE.findall(frame[1]))
    source = attributes.get("src")
    if source is None:
        return ""
    host = escape(urlsplit(unescape(source)).hostname or "")
    name = attributes.get("title") or "Embedded content"
    return (
        f'<span class="sg-embed-box"><a class="sg-embed" href="{source}" rel="noopener">'
        f"{name} <small>{host}</small></a><template>{frame[0]}</template></span>"
    )
