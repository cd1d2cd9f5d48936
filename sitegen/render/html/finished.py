"""Finished HTML: the one shape of a body, and the only place where it is taken apart again.

`<` stands nowhere but where a tag begins, neither in text nor in attributes, and each value is in
double quotes: what looks like a tag is one. The sanitiser sees to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape, unescape

START_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-z][a-z0-9-]*(?:="[^"<>]*")?)*)>')
"""A start tag, exactly: its name and its attributes."""

ATTRIBUTE = re.compile(r' ([a-z][a-z0-9-]*)="([^"<>]*)"')
"""An attribute that has a value, in a start tag: its name and the value, escaped."""

_TELLING = re.compile(rf'(?!<(?:[a-z0-9]+|span class="[^"]*")>){START_TAG.pattern}')
_HEADING = re.compile(r"(</?h)([1-6])(?=[ >])")
_NOT_INSIDE = frozenset(
    ("audio", "br", "details", "dl", "hr", "iframe", "img", "input", "ol", "progress", "table",
     "tbody", "tfoot", "thead", "tr", "ul", "video")
)  # fmt: skip


def places_of(html: str, anchors: Collection[str]) -> dict[str, int]:
    """Where in a body further anchors may stand that lead to some of its own."""
    found: dict[str, int] = {}
    for tag in START_TAG.finditer(html) if anchors else ():
        for name, value in ATTRIBUTE.findall(tag[2]):
            if name == "id" and (id := unescape(value)) in anchors:
                found.setdefault(id, tag.start() if tag[1] in _NOT_INSIDE else tag.end())
    return found


def adapted(html: str, change: Callable[[str, str], str]) -> str:
    """A body whose headings are one level lower, and whose attributes have the values wanted.

    ``change`` gives the value of an attribute by its name and the value that it has.
    """

    def attribute(found: re.Match[str]) -> str:
        if found[1] == "aria-level":
            return f' aria-level="{int(found[2]) + 1}"'
        value = unescape(found[2])
        changed = change(found[1], value)
        return found[0] if changed == value else f' {found[1]}="{escape(changed)}"'

    html = _HEADING.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + 1, 6)}", html)
    return _TELLING.sub(lambda tag: ATTRIBUTE.sub(attribute, tag[0]), html)
