"""What a column that nothing is read from looks like, by some of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

_URL = re.compile(r"https?://\S+")
_ANCHOR = re.compile(r"#\S+")
_PATH = re.compile(r"\S*[/\\]\S+\.(?:mdx?|markdown|qmd|rmd|rst|html?|ipynb|txt)")
_LONGEST_TITLE = 120  # characters
_MOSTLY = 0.5

Cells = Sequence[tuple[object, object]]
"""Some cells, each behind the source of its row."""


def looks_like(cells: Cells, known: AbstractSet[str]) -> str:
    """Which of our columns that are not ``known`` some cells could be; empty for none."""
    filled = [(source, cell) for source, cell in cells if isinstance(cell, str) and cell.strip()]
    texts = [cell for _, cell in filled]
    if not texts:
        return ""
    for ours, form in (("url", _URL), ("section", _ANCHOR), ("source", _PATH)):
        if ours not in known and len(texts) == len(cells) and all(map(form.fullmatch, texts)):
            return ours
    if not known & {"order", "start"} and len(filled) == len(cells) and _counts(filled):
        return "order"
    return "title" if "title" not in known and _is_title(filled) else ""


def _counts(cells: Cells) -> bool:
    """Whether cells are whole numbers, which go up by one within most pages."""
    if not all(isinstance(cell, str) and cell.isascii() and cell.isdecimal() for _, cell in cells):
        return False
    steps = [int(str(b)) - int(str(a)) for (s, a), (t, b) in pairwise(cells) if s == t]
    return bool(steps) and sum(step == 1 for step in steps) > _MOSTLY * len(steps)


def _is_title(cells: Cells) -> bool:
    """Whether all rows of a page say the same few words, and other pages others."""
    by_page: dict[object, set[str]] = {}
    for source, cell in cells:
        by_page.setdefault(source, set()).add(str(cell))
    words = [next(iter(own)) for own in by_page.values() if len(own) == 1]
    return (
        1 < len(words) == len(by_page) == len(set(words))
        and len(cells) > len(words)
        and all(len(each) <= _LONGEST_TITLE and any(map(str.isalpha, each)) for each in words)
        and sum(" " in each for each in words) > _MOSTLY * len(words)
    )
