"""Health: a site that was rendered, and where in the input its addresses stand."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from sitegen.errors import Diagnostic, Location
from sitegen.model import Document, RenderedPage

_MARK_OR_TAG = re.compile(
    r'\sdata-chunk="([^"]*)"'
    r'|<(a|audio|iframe|img|source|track|video)\b((?:[^">]++|"[^"]*+")*)>'
)
_ATTRIBUTE = re.compile(r'\s(data-chunk|href|poster|src|srcset)="([^"]*)"')
_REMOTE = re.compile(r"\s*(https?://\S+)\s*", re.IGNORECASE)
_CANDIDATE = re.compile(r"https?://\S*[^\s,]", re.IGNORECASE)  # of a srcset: addresses and sizes
_WRITTEN = re.compile(r"https?://[^\s<>\"'`()\[\]]+", re.IGNORECASE)
LOADED = frozenset(("audio", "iframe", "img", "source", "track", "video"))
"""Elements whose files a reader's browser loads by itself."""


@dataclass(frozen=True, slots=True)
class Examined:
    """All pages of a site with their HTML, and what the stages of a build found."""

    pages: tuple[RenderedPage, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Remote:
    """An address of another host as a page has it; ``chunk`` is the id of the chunk around it."""

    url: str
    chunk: str


def remotes(page: RenderedPage, tags: Container[str]) -> Iterator[Remote]:
    """Yield the addresses of other hosts that elements of these names have, in their order."""
    chunk = ""
    for match in _MARK_OR_TAG.finditer(page.body.html):
        mark, tag, attributes = match.groups()
        if tag is None:
            chunk = unescape(mark)
            continue
        for name, value in _ATTRIBUTE.findall(attributes):
            if name == "data-chunk":
                chunk = unescape(value)
            elif tag in tags:
                yield from (Remote(url, chunk) for url in _urls(name, unescape(value)))


def _urls(attribute: str, value: str) -> list[str]:
    if attribute == "srcset":
        return _CANDIDATE.findall(value)
    match = _REMOTE.fullmatch(value)
    return [match[1]] if match else []


class Places:
    """Finds the lines of one document on which addresses stand."""

    def __init__(self, document: Document) -> None:
        """Look at the text when it is asked for."""
        self._document = document

    def of(self, remote: Remote) -> Location:
        """Give the line, or that of the chunk where the text writes the address otherwise."""
        line = self._lines.get(_key(remote.url))
        return self._document.locate(self._chunks.get(remote.chunk, 0) if line is None else line)

    @cached_property
    def _lines(self) -> dict[str, int]:
        lines: dict[str, int] = {}
        for number, text in enumerate(self._document.text.split("\n")):
            if "://" in text:
                for written in _WRITTEN.findall(unescape(text)):
                    lines.setdefault(_key(written), number)
        return lines

    @cached_property
    def _chunks(self) -> dict[str, int]:
        return {section.chunk_id: section.line for section in self._document.sections}


def _key(url: str) -> str:
    """Cut an address where prose may end it, so that both spellings of it are the same."""
    written = _WRITTEN.match(url)
    return unquote(written[0] if written else url).rstrip("*_~.,;:!?")
