"""Stage ``read``: rows that are elements of a page (a title, an item of a list) -> Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Self

from sitegen.read.cells.composites import SIGN, elements_of, held_in
from sitegen.read.cells.marks import (
    Placed,
    Span,
    SpansByWord,
    marked,
    placed,
    spans_of,
    target,
    words_of,
)
from sitegen.read.cells.run_in_lists import RunIn, run_in_list
from sitegen.read.text import Tally
from sitegen.scan.overlap import LEAST_OVERLAP, shared
from sitegen.store.sha256 import sha256_of

TITLE = "Title"
ELEMENTS = frozenset(
    {
        *(
            TITLE,
            "NarrativeText",
            "UncategorizedText",
            "Text",
            "Paragraph",
            "ListItem",
            "Table",
            "TableChunk",
        ),
        *("CodeSnippet", "Code", "Formula", "FigureCaption", "Image", "Address", "EmailAddress"),
        *("Header", "Footer", "PageNumber", "PageBreak", "CheckBox", "CompositeElement"),
    }
)
"""What elements are called by those who partition documents."""

GENERATED = frozenset(
    {"summary", "question", "questions", "qa", "qa_pair", "hypothetical_question", "keywords"}
)
"""What rows are called that a program wrote about a page, beside those of its text."""

_OF_TEXT = frozenset(
    {"text", "chunk", "document", "doc", "passage", "content", "body", "page", "section"}
    | {"paragraph", "original", "raw", "base", "source", "parent", "child", "leaf", "node", "table"}
    | {"code", "image"}
)
"""What the rows of the text itself are called in a dataset that has rows about it, too."""


def has_generated(kinds: Iterable[object]) -> bool:
    """Whether rows about texts are in a dataset, as its first ``kinds`` of rows show.

    Where all rows are questions these are what it is about, as they may be beside rows of subjects:
    `keywords` beside `operators`.
    """
    each = chain.from_iterable(kind if isinstance(kind, list) else [kind] for kind in kinds)
    others = {str(kind or "text") for kind in each} - GENERATED
    return bool(others) and all(kind.lower() in _OF_TEXT or kind in ELEMENTS for kind in others)


TOLD = (
    *("category_depth", "text_as_html", "image_url", "link_texts", "link_urls"),
    *("emphasized_text_contents", "emphasized_text_tags", "is_continuation", "orig_elements"),
)
"""What the metadata of an element tells beside its text, by the names that it has there."""

_LEFT_OUT = frozenset({"Header", "Footer", "PageNumber", "PageBreak"})  # of printed pages
_TEXT, _ITEM = "Text", "ListItem"
_DEEPEST = 4  # lists in items of lists
_LEVEL = 2  # of a title whose depth nobody says
_PROSE = frozenset(
    {"NarrativeText", "UncategorizedText", _TEXT, "Paragraph", _ITEM, "FigureCaption"}
)
_CODE = frozenset({"CodeSnippet", "Code"})
_TABLES = frozenset({"Table", "TableChunk"})
_BLANK = re.compile(r"\s")
_BELOW = re.compile(r"\n(?=[^\n])")
_FENCE = re.compile(r"`{3,}")
# Where a backslash belongs: above a mark, but below a number.
_OPENING = re.compile(r"\A(?:(?=#{1,6}(?:\s|$)|[-+]\s|>|~~~)|\d{1,9}(?=[.)]\s))")
_ALERT = re.compile(r"\[!([A-Za-z]+)\]\s+(?=\S)")


class Element(NamedTuple):
    """An element: its kind, its words, and what its metadata tells.

    ``depth`` is that of a title or an item, ``html`` that of a table, ``image`` where one is.
    """

    kind: str
    text: str
    depth: str = ""
    html: str = ""
    image: str = ""
    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, kind: str, text: str, told: Mapping[str, object]) -> Self:
        """The element of a kind and a text of which metadata tells more."""
        depth, html, image = (told.get(name) for name in TOLD[:3])
        return cls(
            kind,
            text,
            str(depth or ""),
            html if isinstance(html, str) else "",
            target(image),
            spans_of(told),
        )


class Elements:
    """Writes the elements of a page, one after the other, as Markdown."""

    def __init__(self, unread: Tally) -> None:
        """Begin above the first; ``unread`` counts rows whose elements cannot be unpacked."""
        self._unread = unread
        self.unpacked = 0
        """How many bytes were unpacked to know them."""

        self._before = ""
        self._items: list[int] = []  # the depths of the items that the last one is in
        self._held = ""
        self._text = ""
        # Texts that go on one, and those that share something: others say nothing of how it is cut.
        self._parts = self._overlaps = 0

    def markdown(self, kind: str, text: str, told: Mapping[str, object], row: int) -> str:
        """Give the next element, of which metadata tells more.

        One that is several is written as these: as those that it holds, else as its text looks.
        """
        above, self._text = self._text, text
        if packed := told.get("orig_elements"):
            known_by = sha256_of(repr(packed))  # they may be large
            if known_by == self._held:
                return ""  # a part of what is written already
            found, size = held_in(packed, text, above)
            self.unpacked += size
            if found is None:
                self._unread.add(row)
            self._held = known_by if found else ""
            if found:
                return "".join(self._next(Element.of(*each)) for each in found)
        if kind != "CompositeElement":
            return self._next(Element.of(kind, text, told))
        goes_on, before = told.get("is_continuation") == "true", self._before
        if goes_on:
            text = self._without_overlap(above, text)
        else:
            self._parts = self._overlaps = 0
        parts = elements_of(text, continues=goes_on, in_code=before in _CODE)
        is_rest = goes_on and text[:1].isalnum()  # what opens no block goes on the paragraph
        spans = SpansByWord(spans_of(told))
        text = "".join(self._next(Element(*part, spans=spans.near(part[1]))) for part in parts)
        is_rest = is_rest and parts[0][0] == _TEXT and before in {_TEXT, _ITEM}
        return text.removeprefix("\n") if is_rest else text

    def _without_overlap(self, above: str, text: str) -> str:
        """A text that goes on without what it shares with the one above, if most of them do."""
        held = shared(above, text, LEAST_OVERLAP)
        self._parts += 1
        self._overlaps += held > 0
        is_habit = 2 * self._overlaps > self._parts
        return text[held:].removeprefix(" ") if held and is_habit else text

    def _next(self, element: Element) -> str:
        """The next element, with line ends that set it apart from the one before."""
        kind, text = element.kind, element.text
        before, self._before = self._before, kind
        if kind in _LEFT_OUT or not (text.strip() or element.image):
            return ""
        if kind != _ITEM:
            self._items = []
            return f"\n{_block(element)}\n"
        indent = "  " * self._level_of_item(element)
        words = inside(_shown(element), f"{indent}  ")
        return "\n" * (before != kind) + f"{indent}- {words}\n"

    def _level_of_item(self, item: Element) -> int:
        depth = int(item.depth) if item.depth.isdecimal() else 0
        while self._items and self._items[-1] >= depth:
            self._items.pop()
        self._items.append(depth)
        return len(self._items) - 1


def _block(element: Element) -> str:
    """An element that is no item as Markdown that shows just its words."""
    kind, text, depth, html, image, _ = element
    if kind == TITLE:
        level = min(int(depth) + 1, 6) if depth.isdecimal() else _LEVEL
        return f"{'#' * level} {' '.join(_shown(element).split())}"
    if kind in _CODE:
        return fence(text)
    if kind in _TABLES and html.startswith("<table"):
        return html.replace("\n", " ")
    if kind == "Image" and image:
        return f"![{' '.join(words_of(text).split())}]({image})"
    return _quoted(_shown(element))


def fence(code: str, language: str = "") -> str:
    """Code in a fence that it does not end; that of a session of Python is named so."""
    longest = max((len(run) for run in _FENCE.findall(code)), default=2)
    marks = "`" * (longest + 1)
    if not language and code.lstrip().startswith(">>> "):
        language = "py"
    return f"{marks}{language}\n{code.strip(chr(10))}\n{marks}"


def _quoted(words: str) -> str:
    """Give an alert the marks of a quote back."""
    if alert := _ALERT.match(words):
        return f"> [!{alert[1]}]\n{words[alert.end() :]}".replace("\n", "\n> ")
    return words


def _shown(element: Element) -> str:
    """The words of an element in Markdown."""
    text = element.text.strip()
    spans = placed(text, element.spans)
    return _prose(text, spans) if element.kind in _PROSE else as_words(text, spans)


def _prose(text: str, spans: Sequence[Placed], depth: int = 0) -> str:
    """Words in Markdown, above the list that was run into them, in an item of that ``depth``."""
    found = run_in_list(_unbroken(text, spans)) if depth < _DEEPEST else RunIn(text)
    if not found.items:
        return as_words(text, spans)
    end = len(found.above)
    lines = [as_words(text[:end], _within(spans, 0, end)), ""]
    for start, item in zip(found.starts(text), found.items, strict=True):
        end = start + len(item)
        inner = _prose(text[start:end], _within(spans, start, end), depth + 1)
        lines.append(f"{found.mark} {inside(inner, ' ' * (len(found.mark) + 1))}")
    return "\n".join(lines)


def _unbroken(text: str, spans: Sequence[Placed]) -> str:
    """A text, as long, in which no mark of a list is within a span."""
    parts: list[str] = []
    at = 0
    for start, span in spans:
        parts += (text[at:start], _BLANK.sub("_", span.words))
        at = start + len(span.words)
    return "".join((*parts, text[at:]))


def _within(spans: Sequence[Placed], start: int, end: int) -> list[Placed]:
    """The spans from a place of a text to another, by where they are in that part."""
    first, last = (bisect_left(spans, at, key=lambda each: each[0]) for at in (start, end))
    return [(at - start, span) for at, span in spans[first:last]]


def inside(text: str, indent: str) -> str:
    """A text that goes on behind the mark of an item."""
    return _BELOW.sub(f"\n{indent}", text)


def as_words(text: str, spans: Sequence[Placed]) -> str:
    """Words in Markdown that open no block of another kind; a sign of the dialect as it is."""
    return text if SIGN.match(text) else _OPENING.sub(r"\g<0>\\", marked(text, spans), count=1)
