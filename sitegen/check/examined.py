"""Health: a site that was rendered, and where in the input its addresses stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from msgspec import Struct

from sitegen.errors import Diagnostic, Location
from sitegen.model import Document, Remote, RenderedPage
from sitegen.scan.patterns import rare

_WRITTEN = rare(r"https?://[^\s<>\"'`()\[\]]+", re.IGNORECASE)


class Examined(Struct, frozen=True):
    """All pages of a site, and what the stages of a build found."""

    pages: Iterable[RenderedPage]
    diagnostics: tuple[Diagnostic, ...]


class Places:
    """Finds the lines of one document on which addresses stand."""

    def __init__(self, document: Document) -> None:
        """Look at the text when it is asked for."""
        self._document = document

    def of(self, remote: Remote) -> Location:
        """Give the very line, or that of the block where the text writes the address otherwise."""
        return self._document.locate(self._lines.get(_key(remote.url), remote.line))

    @cached_property
    def _lines(self) -> dict[str, int]:
        lines: dict[str, int] = {}
        for number, text in enumerate(self._document.text.split("\n")):
            if "://" in text:
                for written in _WRITTEN.findall(unescape(text)):
                    lines.setdefault(_key(written), number)
        return lines


def _key(url: str) -> str:
    """Cut an address where prose may end it, so that both spellings of it are the same."""
    written = _WRITTEN.match(url)
    return unquote(written[0] if written else url).rstrip("*_~.,;:!?")
