"""Embedded frames of other sites: shown when the reader asks, so that a page calls nobody."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urlsplit

_FRAME = re.compile(r"<iframe\b([^>]*)>.*?</iframe>", re.DOTALL)
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
_TITLE = re.compile(r'\btitle="([^"]*)"')


def click_to_load(html: str) -> str:
    """Put each frame of a sanitised body into a template behind a link to what it shows."""
    return _FRAME.sub(_facade, html) if "<iframe" in html else html


def _facade(frame: re.Match[str]) -> str:
    source = _SOURCE.search(frame[1])
    if source is None:
        return ""
    title = _TITLE.search(frame[1])
    host = escape(urlsplit(unescape(source[1])).hostname or "")
    name = title[1] if title and title[1] else "Embedded content"
    return (
        f'<span class="sg-embed-box"><a class="sg-embed" href="{source[1]}" rel="noopener">'
        f"{name} <small>{host}</small></a><template>{frame[0]}</template></span>"
    )
