"""Finished HTML: a body's tags in their order, to be written otherwise.

It is taken apart by the standard library's parser. All that stands between the tags stays as it is,
byte by byte; `element.start_tag` writes what stands instead of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from itertools import accumulate

from sitegen.render.html.element import start_tag
from sitegen.safe_urls import each_of_srcset

Attributes = Mapping[str, str]
"""Values by their names, without references; of an attribute without a value it is empty."""

ADDRESSES = frozenset(("href", "poster", "src"))
"""Attributes that hold one address."""

Rewrite = Callable[[str, Attributes, str], str]
"""Gives what stands instead of a start tag, from its element's name, its attributes and itself."""


def rewritten(html: str, start: Rewrite, end: Callable[[str], str] = str) -> str:
    """A body whose start tags are what ``start`` gives, and whose end tags have other names."""
    tags = _Tags(html, start, end)
    tags.feed(html)
    tags.close()
    pieces: list[str] = []
    at = 0
    for place, written, instead in tags.changes:
        pieces += html[at:place], instead
        at = place + len(written)
    return "".join((*pieces, html[at:]))


def with_addresses(html: str, address: Callable[[str], str]) -> str:
    """A body whose addresses are what ``address`` makes of them, but those within the page."""

    def moved(name: str, value: str) -> str:
        if name == "srcset":
            return each_of_srcset(value, address)
        is_one = name in ADDRESSES and value and not value.startswith("#")
        return address(value) if is_one else value

    def start(tag: str, attributes: Attributes, own: str) -> str:
        adapted = {name: moved(name, value) for name, value in attributes.items()}
        return own if adapted == attributes else start_tag(tag, adapted)

    return rewritten(html, start)


class _Tags(HTMLParser):
    """Notes which tags change: where they stand, what they are and what they become."""

    def __init__(self, html: str, start: Rewrite, end: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.changes: list[tuple[int, str, str]] = []
        self._start, self._end = start, end
        lines = html.split("\n")
        self._lines = tuple(accumulate((len(line) + 1 for line in lines), initial=0))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        attributes = {name: value or "" for name, value in attrs}
        self._change(written, self._start(tag, attributes, written))

    def handle_endtag(self, tag: str) -> None:
        self._change(f"</{tag}>", f"</{self._end(tag)}>")

    def _change(self, written: str, instead: str) -> None:
        if written != instead:
            line, column = self.getpos()
            self.changes.append((self._lines[line - 1] + column, written, instead))
