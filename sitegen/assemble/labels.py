"""Assemble: lines above each text that say where it comes from are taken off again.

Rows that go to a language model often begin so: `Title: ...`, `Source: ...`, `Content: ...`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sitegen.assemble.groups import Groups
from sitegen.model import Chunk

_LABEL = re.compile(r"(?:\*\*|__)?(?P<key>[A-Za-z][\w ]{1,30}):(?:\*\*|__)?[ \t]*(?P<value>.*)")
_TAG = re.compile(r"<(?P<tag>document_metadata|metadata|context)>\n.*?</(?P=tag)>\n+", re.DOTALL)
_PLACE = re.compile(r"\S*[./]\S*")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_ORIGINS = frozenset(
    {"source", "url", "url source", "source url", "link", "file", "filename", "file name", "path"}
    | {"file path", "page url", "document"}
)
_ABOUT = frozenset({"title", "published", "published time", "author", "date"})
_CONTENTS = frozenset({"content", "markdown content", "text", "page content"})
_SEVERAL = 2  # rows


class _Labelled(NamedTuple):
    """A text without its labels, the title that they told, and whether they told its place."""

    text: str
    title: str
    has_place: bool


def without_labels(groups: Groups) -> Groups:
    """The rows of each source without their labels, if all of them say where they come from."""
    return groups.changed(_changed) if _are_labelled(groups) else groups


def _are_labelled(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    rows = 0
    for group in groups.values():
        for chunk in group:
            if chunk.row is None or not _labelled(chunk.text).has_place:
                return False
            rows += 1
    return rows >= _SEVERAL


def _changed(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    parted = [_labelled(chunk.text) for chunk in group]
    return [
        replace(chunk, text=own.text, title=chunk.title or own.title)
        for chunk, own in zip(group, parted, strict=True)
    ]


def _labelled(text: str) -> _Labelled:
    """Part a text from the labels at its head, which may stand below its first heading."""
    if tag := _TAG.match(text):
        return _Labelled(text[tag.end() :], "", has_place=True)
    above = title = ""
    has_place = False
    rest = text
    while rest:
        line, _, below = rest.partition("\n")
        label = _LABEL.fullmatch(line.rstrip())
        key, value = (label["key"].lower(), label["value"]) if label else ("", "")
        if key in _CONTENTS:
            rest = f"{value}\n{below}" if value else below
            break
        if key in _ORIGINS and _PLACE.fullmatch(value):
            has_place = True
        elif key == "title":
            title = value
        elif _HEADING.match(line) and not (above or title or has_place):
            above = f"{line}\n\n"
        elif line.strip() and key not in _ABOUT:
            break
        rest = below
    return _Labelled(above + rest.lstrip("\n"), title, has_place)
