"""Assemble: how the author of a page sets blank lines, as the texts of its rows show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+\S")
OPENS_BLOCK = re.compile(
    r"#{1,6}[ \t]|```|~~~|</?[A-Za-z!]|<!--|\[\[|\$\$|(?:-{3,}|\*{3,}|_{3,})\s*$"
)
_NEXT_ITEM = re.compile(  # begins with a line end, which is found faster than a line
    r"\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S[^\n]*(?:\n[ \t]+[^\s\-*+\d][^\n]*)*"
    r"(?P<blank>(?:\n[ \t]*)*)(?=\n[ \t]*(?P<marker>[-*+]|\d{1,9}[.)])[ \t]+\S)"
)
_BELOW_TEXT = re.compile(r"\S[ \t]*\n[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_NEXT_LINE = re.compile(r"\n[a-z]")
_WRAPPED = re.compile(r"[a-z,]")
_APART = "\n\0\n"  # between texts: neither begins with a line of the other's block
_SOME = 3
_FAR = 2_000  # characters
_SENTENCE_LINES = 2
_NEXT_SENTENCE = re.compile(r"[.!?][\"'”’»)\]*_`]*[ \t]*\n(?P<blank>\n*)(?=[A-Z])")


class Style(NamedTuple):
    """How lines, blank lines and indents are set.

    ``loose``: blank lines stand between the items of lists with bullets, of lists with numbers.
    ``sentence_lines``: for each sentence that begins a paragraph below another, so many begin a
    line of one. ``indents``: lines are indented at all; some splitters strip them. ``width``: of
    wrapped lines; 0 where none is wrapped.
    """

    loose: tuple[bool, bool] = (False, False)
    sentence_lines: float = 0
    indents: bool = True
    width: int = 0

    def is_loose(self, marker: str, before: str, after: str) -> bool:
        """Whether a blank line stands between the item that a text ends with and the next.

        What stands near tells more than the page.
        """
        near = _items(before) + _items(after)
        if near:
            return _are_loose(near, marker)
        return self.loose[_is_number(marker)] and not _BELOW_TEXT.search(before)

    def goes_on_in_line(self, before: str, first: str) -> bool:
        """Whether a line that begins a sentence goes on the paragraph that a text ends with."""
        lines = _NEXT_SENTENCE.findall(f"{before[-_FAR:]}\n{first}")
        return bool(lines) and self.sentence_lines > (1 if len(lines) > 1 else _SENTENCE_LINES)


def style_of(texts: Sequence[str], *, by_blocks: bool) -> Style:
    """See it from all texts of a page.

    ``by_blocks``: a text with a blank line in it was cut at a blank line too, as splitters do that
    look for these first.
    """
    page = _APART.join(texts)
    items = _items(page)
    blanks = _NEXT_SENTENCE.findall(page)
    apart = sum(map(bool, blanks))
    for before, after in pairwise(texts) if by_blocks else ():
        item = ITEM.match(after)
        if item and "\n\n" in before and ITEM.match(before[before.rfind("\n") + 1 :]):
            items[_is_number(item[2]), True] += 1
    loose = (_are_loose(items, "-"), _are_loose(items, "1."))
    indents = "\n " in page
    ends = (line.start() for line in _NEXT_LINE.finditer(page))
    widths = sorted(
        end - page.rfind("\n", 0, end) - 1 for end in ends if _WRAPPED.match(page, max(end - 1, 0))
    )
    width = widths[-1 - len(widths) // 20] if len(widths) >= _SOME else 0
    return Style(loose, (len(blanks) - apart) / max(1, apart), indents, width)


def _items(text: str) -> Counter[tuple[bool, bool]]:
    """Count the items that follow another: by whether they have a number, and a blank line."""
    found = _NEXT_ITEM.finditer(f"\n{text}")
    return Counter((_is_number(item["marker"]), bool(item["blank"])) for item in found)


def _are_loose(items: Counter[tuple[bool, bool]], marker: str) -> bool:
    kind = _is_number(marker)
    return items[kind, True] > items[kind, False]


def _is_number(marker: str) -> bool:
    return marker[-1] in ".)"
