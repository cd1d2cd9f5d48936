"""Assemble: lines above each text that say where it comes from are taken off again.

Rows that go to a language model often begin so: `Title: ...`, `Source: ...`, `Content: ...`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk
from sitegen.urls import PAGE_SUFFIX

_LABEL = re.compile(
    r" ?(?P<mark>\*\*|__|\[)?(?P<key>[A-Za-z][\w ]{1,30}):(?:\*\*|__)?[ \t]*"
    r"(?P<value>.*?)(?(mark)(?:\*\*|__|\])?)"
)
_FRONT = re.compile(r"---\n(?P<keys>(?:[A-Za-z][\w ]*:.*\n)+)---\n+")
_DOCUMENT = re.compile(
    r"<(?P<outer>document|doc)\b[^>]*>\n(?:<(?:source|title)>[^\n]*</(?:source|title)>\n)+"
    r"<(?P<inner>\w+)>\n(?P<text>.*)\n</(?P=inner)>\n</(?P=outer)>\s*",
    re.DOTALL,
)
_TAG = re.compile(r"<(?P<tag>document_metadata|metadata|context)>\n.*?</(?P=tag)>\n+", re.DOTALL)
_PLACE = re.compile(r"\S*[./]\S*")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_ORIGINS = frozenset(
    {"source", "url", "url source", "source url", "link", "file", "filename", "file name", "path"}
    | {"file path", "page url", "document"}
)
_OTHERS = frozenset({"url", "link", "file", "path"})
"""Labels that may be of what a page is about: they are of the page where they agree with it."""
_ABOUT = frozenset({"title", "published", "published time", "author", "date", "context"})
_CONTENTS = frozenset({"content", "contents", "markdown content", "text", "page content"})
_SEVERAL = 2  # rows
_SHOWN = 60  # characters of a label, in a notice


class _Labelled(NamedTuple):
    """A text without its labels, and the title and the place that they told.

    The place is none where there is no label of it, and empty where it need not be looked at.
    """

    text: str
    title: str
    place: str | None


class Labels(Summary):
    """How many rows and pages are labelled, rows have front matter, and (one is enough) neither."""

    rows: int = 0
    pages: int = 0
    front: int = 0
    plain: int = 0

    @property
    def are_there(self) -> bool:
        """Whether all rows say where they come from; the front matter of a page is its own."""
        return (
            not self.plain
            and self.rows >= _SEVERAL
            and not (self.front and self.rows == self.pages)
        )


def look_for_labels(groups: Rows) -> Labels:
    """See whether texts have labels."""
    seen = Labels()
    for group in groups.values():
        for chunk in group:
            place = None if chunk.row is None else _labelled(chunk.text).place
            if place is None or (place and not _is_place_of(chunk, place)):
                return Labels(plain=1)
            seen.front += chunk.text.startswith("---")
        seen.rows, seen.pages = seen.rows + len(group), seen.pages + 1
    return seen


def without_labels(parts: Parts, notices: list[Diagnostic]) -> None:
    """Take the labels off all texts."""
    first = parts.first()
    line = first.text.strip().partition("\n")[0]
    message = (
        f"what stands above all texts to say where they are from is left out: {line[:_SHOWN]!r}"
    )
    notices.append(Diagnostic("label-above", Severity.INFO, message, first.location))
    parts.change("labels", _changed)


def _is_place_of(chunk: Chunk, place: str) -> bool:
    """Whether a path or an address and the source or url of a row end alike."""
    said = _steps(place)
    least = 2 if place.startswith("/") else 1  # `/users` is a call of many an API
    for own in map(_steps, filter(None, (chunk.source, chunk.url))):
        count = min(len(said), len(own))
        if count >= least and said[-count:] == own[-count:]:
            return True
    return False


def _steps(place: str) -> list[str]:
    path = PAGE_SUFFIX.sub("", place.partition("#")[0].rstrip("/"))
    return [step for step in path.replace("\\", "/").split("/") if step]


def _changed(_: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
    parted = [_labelled(chunk.text) for chunk in group]
    return [
        replace(chunk, text=own.text, title=chunk.title or own.title)
        for chunk, own in zip(group, parted, strict=True)
    ]


def _labelled(text: str) -> _Labelled:
    """Part a text from the labels at its head, which may stand below its first heading."""
    if tag := _TAG.match(text):
        return _Labelled(text[tag.end() :], "", "")
    if document := _DOCUMENT.fullmatch(text):
        return _Labelled(document["text"], "", "")
    if front := _FRONT.match(text):
        told = _labelled(front["keys"])
        return _Labelled(text[front.end() :], told.title, told.place)
    above = title = ""
    place = None
    is_about = False
    rest = text
    while rest:
        line, _, below = rest.partition("\n")
        label = _LABEL.fullmatch(line.rstrip())
        key = label["key"].lower().replace("_", " ") if label else ""
        value = label["value"] if label else ""
        if key in _CONTENTS:
            place = "" if place is None and is_about else place
            rest = f"{value}\n{below}" if value else below
            break
        if key in _ORIGINS and _PLACE.fullmatch(value):
            place = value if key in _OTHERS else ""
        elif key == "title":
            title = value
        elif _HEADING.match(line) and not (above or title or place is not None):
            above = f"{line}\n\n"
        elif line.strip() and key not in _ABOUT:
            break
        is_about = is_about or key == "context"
        rest = below
    return _Labelled(above + rest.lstrip("\n"), title, place)
