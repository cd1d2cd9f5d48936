"""Assemble: whether a dataset was cut at any line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import field

from sitegen.assemble.parts import Parts, Rows, Summary

_OFTEN = 0.02
_MOSTLY = 0.9
_WORD = re.compile(r"[a-z]+ ")


class Lines(Summary):
    """How many texts of several paragraphs end at a seam, and in the middle of one."""

    seams: int = 0
    torn: int = 0


class LineCounts(Summary):
    """The line ends in texts that another follows, counted."""

    counts: dict[int, int] = field(default_factory=dict)


def cut_at_lines(seen: Lines) -> bool:
    """Whether texts of several paragraphs often end in the middle of one, in a table or sentence.

    Who cuts at blank lines first ends these with a paragraph; in code such lines tell nothing.
    """
    return seen.torn > _OFTEN * seen.seams


def cut_by_count(parts: Parts) -> bool:
    """Whether nearly all texts that another follows have the same number of lines."""
    counts = parts.see(look_for_counts, LineCounts).counts
    return max(counts.values(), default=0) > _MOSTLY * sum(counts.values())


def see_lines(seen: Lines, texts: Sequence[str], blanks: Sequence[int]) -> None:
    """See how the texts of a page end; ``blanks`` is where each holds its first blank line."""
    for above, text, blank in zip(texts, texts[1:], blanks, strict=False):
        if blank < 0 or "```" in above or "```" in text:
            continue
        seen.seams += 1
        if text.startswith("|"):
            seen.torn += above.startswith("|", above.rfind("\n") + 1)
        elif above[-1].isalnum() or above[-1] == ",":
            seen.torn += _WORD.match(text) is not None


def look_for_counts(groups: Rows) -> LineCounts:
    """See how many lines texts have."""
    texts = (chunk.text for group in groups.values() for chunk in group[:-1])
    return LineCounts(counts=dict(Counter(text.count("\n") for text in texts)))
