"""Assemble: whether a dataset was cut at any line."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise

from msgspec import field

from sitegen.assemble.parts import Parts, Rows, Summary

_OFTEN = 0.02
_MOSTLY = 0.9
_WORD = re.compile(r"[a-z]+ ")


class Lines(Summary):
    """How many texts of several paragraphs end at a seam, and in the middle of one.

    ``counts`` are the line ends in texts that another follows, counted.
    """

    seams: int = 0
    torn: int = 0
    counts: dict[int, int] = field(default_factory=dict)


def cut_at_lines(parts: Parts) -> bool:
    """Whether texts of several paragraphs often end in the middle of one, in a table or sentence.

    Who cuts at blank lines first ends these with a paragraph; in code such lines tell nothing.
    """
    seen = parts.see(look_for_lines, Lines)
    return seen.torn > _OFTEN * seen.seams


def cut_by_count(parts: Parts) -> bool:
    """Whether nearly all texts that another follows have the same number of lines."""
    counts = parts.see(look_for_lines, Lines).counts
    return max(counts.values(), default=0) > _MOSTLY * sum(counts.values())


def look_for_lines(groups: Rows) -> Lines:
    """See how texts end, and how many lines they have."""
    seen = Lines()
    counts = Counter[int]()
    for before, after in chain.from_iterable(map(pairwise, groups.values())):
        counts[before.text.count("\n")] += 1
        if "\n\n" not in before.text or "```" in before.text or "```" in after.text:
            continue
        last = before.text[before.text.rfind("\n") + 1 :]
        is_table = last.startswith("|") and after.text.startswith("|")
        is_wrapped = _WORD.match(after.text) and (last[-1:].isalnum() or last.endswith(","))
        seen.seams += 1
        seen.torn += bool(is_table or is_wrapped)
    seen.counts = dict(counts)
    return seen
