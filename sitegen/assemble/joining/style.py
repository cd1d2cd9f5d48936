"""Assemble: how the author of a page sets blank lines, as the texts of its rows show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+\S")
MARK = re.compile(r"(?:[ \t]*>)*[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]*")
"""An item that has lost its words."""
OPENS_BLOCK = re.compile(
    r"#{1,6}[ \t]|```|~~~|\.\. [\w|\[]|</?[A-Za-z!]|<!--|\[\[|\$\$|(?:-{3,}|\*{3,}|_{3,})\s*$"
)
FULL_STOPS = ".!?。！？｡؟۔।॥።។။։"
"""What ends a sentence: in Latin, Chinese, Arabic, Indian and other scripts."""
_NEXT_ITEM = re.compile(  # begins with a line end, which is found faster than a line
    r"\n[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]++\S[^\n]*+"
    r"(?:\n(?:[ \t]++[^\s\-*+\d]|[^\s\-*+\d#`~<>|\0])[^\n]*+)*"
    r"(?P<blank>(?:\n[ \t]*+(?=\n))*)(?=\n[ \t]*+(?P<marker>[-*+]|\d{1,9}[.)])[ \t]++\S)"
)
_BELOW_TEXT = re.compile(r"\S[ \t]*\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_NEXT_LINE = re.compile(r"\n[a-z]")
_GOES_ON_ITEM = re.compile(
    r"\n[ \t]*+(?:[-*+]|\d{1,9}[.)])[ \t]++\S[^\n]*+(?<![.:;])"
    r"(?P<blank>\n[ \t]*+(?=\n))?\n[ \t]++[^\s\-*+\d]"
)
_BARE_TABLE = re.compile(r"\n[ \t]*:?-+:?[ \t]*\|[-|: \t]*(?=\n)")
_WRAPPED = re.compile(r"[a-z,]")
_APART = "\n\0\n"  # between texts: neither begins with a line of the other's block
_SOME = 3
_FAR = 2_000  # characters
_SENTENCE_LINES = 2
_SENTENCE_ENDS = (".", "!", "?")
_CLOSES = "\"'”’»)]*_`"
# Begins with a line end, which is found faster than a full stop.
_NEXT_SENTENCE = re.compile(rf"\n(?<=[.!?{re.escape(_CLOSES)} \t]\n)(?P<blank>\n*)(?=[A-Z])")


class Style:
    """How lines, blank lines and indents are set, each looked for when a seam asks for it."""

    def __init__(self, texts: Sequence[str] = (), *, by_blocks: bool = False) -> None:
        """See it from all texts of a page.

        ``by_blocks``: a text with a blank line in it was cut at a blank line too, as splitters do
        that look for these first.
        """
        self._texts = texts
        self._by_blocks = by_blocks

    @cached_property
    def _page(self) -> str:
        return _APART.join(self._texts)

    @cached_property
    def _loose(self) -> tuple[bool, bool]:
        """Whether blank lines stand between items with bullets, and between those with numbers."""
        items = list(_items(self._page))
        for before, after in pairwise(self._texts) if self._by_blocks else ():
            item = ITEM.match(after)
            if item and "\n\n" in before and ITEM.match(before[before.rfind("\n") + 1 :]):
                items.append((_is_number(item[2]), True))
        return _loose_by(items, is_number=False) > 0, _loose_by(items, is_number=True) > 0

    @cached_property
    def _sentence_lines(self) -> float:
        """How many sentences begin a line, for each that begins a paragraph below another."""
        blanks = _above_sentences(self._page)
        apart = sum(map(bool, blanks))
        return (len(blanks) - apart) / max(1, apart)

    @cached_property
    def indents(self) -> bool:
        """Whether lines are indented at all; some splitters strip them."""
        return not self._texts or any("\n " in text or text[:1] == " " for text in self._texts)

    @cached_property
    def has_bare_tables(self) -> bool:
        """Whether there are tables whose rows begin without a sign."""
        return _BARE_TABLE.search(self._page) is not None

    @cached_property
    def width(self) -> int:
        """The width of wrapped lines; 0 where none is wrapped."""
        page = self._page
        ends = (line.start() for line in _NEXT_LINE.finditer(page))
        widths = sorted(
            end - page.rfind("\n", 0, end) - 1
            for end in ends
            if _WRAPPED.match(page, max(end - 1, 0))
        )
        return widths[-1 - len(widths) // 20] if len(widths) >= _SOME else 0

    @cached_property
    def wraps_items(self) -> bool:
        """Whether what stands below an item mostly goes on its line."""
        blanks = _GOES_ON_ITEM.findall(self._page)
        apart = sum(map(bool, blanks))
        return len(blanks) - apart > max(_SOME, apart)

    def is_loose(self, marker: str, before: str, after: str) -> bool:
        """Whether a blank line stands between the item that a text ends with and the next.

        What stands near tells more than the page.
        """
        near = _items_of_row(before), _items_of_row(after)
        if any(near):
            return sum(_loose_by(each, is_number=_is_number(marker)) for each in near) > 0
        return self._loose[_is_number(marker)] and not _BELOW_TEXT.search(before)

    def goes_on_in_line(self, before: str, first: str) -> bool:
        """Whether a line that begins a sentence goes on the paragraph that a text ends with."""
        if self._sentence_lines <= 1:
            return False
        lines = _above_sentences(f"{before[-_FAR:]}\n{first}")
        return len(lines) > 1 or (bool(lines) and self._sentence_lines > _SENTENCE_LINES)


def _above_sentences(text: str) -> list[str]:
    """The blank lines above each line that begins a sentence below the end of another."""
    found = _NEXT_SENTENCE.finditer(text)
    return [each["blank"] for each in found if _ends_sentence(text, each.start())]


def _ends_sentence(text: str, end: int) -> bool:
    if text[end - 1] in _SENTENCE_ENDS:
        return True
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return line.rstrip(" \t").rstrip(_CLOSES).endswith(_SENTENCE_ENDS)


def _items(text: str) -> tuple[tuple[bool, bool], ...]:
    """Whether each item that follows another has a number, and whether a blank line is above it."""
    found = _NEXT_ITEM.findall(f"\n{text}")
    return tuple((_is_number(marker), blank != "") for blank, marker in found)


_items_of_row = lru_cache(maxsize=2)(_items)  # a text is asked for at both of its seams


def _loose_by(items: Iterable[tuple[bool, bool]], *, is_number: bool) -> int:
    """By how many items of a kind more there are with a blank line above than without."""
    return sum(1 if is_loose else -1 for kind, is_loose in items if kind is is_number)


def _is_number(marker: str) -> bool:
    return marker[-1] in ".)"
