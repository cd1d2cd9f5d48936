"""Restore: the numbers of numbered sections, told by their succession down a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_LEADING = re.compile(r"(\d+)(?:-(\d+))?(?=-)-(.*)")
_DIGITS = 3  # a longer number is a year or worse
_LABELLED = re.compile(r"((?:[^\W\d_]+-){1,2})(\d+)-(.+)")


class Number(NamedTuple):
    """The number of a section as its heading shows it, its depth, and the anchor without it.

    ``label`` are the slugs of words ahead of it: ``step`` of ``Step 1: Prepare``.
    """

    text: str
    depth: int
    rest: str
    label: str = ""


def numbers(anchors: Sequence[str]) -> dict[str, Number]:
    """Find the numbered sections among a page's anchors in order; one alone is no numbering."""
    found: dict[str, Number] = {}
    last: tuple[int, ...] = ()
    for anchor in anchors:
        if (match := _LEADING.fullmatch(anchor)) is None:
            continue
        digits, until, rest = match.groups()
        number = _next(digits, last)
        if number is None or not rest:
            continue
        if until and len(number) == 1 and len(until) <= _DIGITS and int(until) > number[0]:
            found[anchor] = Number(f"{digits}.-{until}.", 1, rest)
            last = (int(until),)
            continue
        text = ".".join(map(str, number)) + ("." if len(number) == 1 else "")
        found[anchor] = Number(text, len(number), anchor[len(digits) + 1 :])
        last = number
    if len(found) < 2:
        found = {}
    return found | _labelled(anchors)


def _next(digits: str, last: tuple[int, ...]) -> tuple[int, ...] | None:
    """Read digits as the number that may follow another: behind 3.1 come 3.1.1, 3.2 and 4."""
    if len(digits) <= _DIGITS and int(digits) == (last[0] + 1 if last else 1):
        return (int(digits),)
    for depth in range(1, len(last) + 1):
        parent = last[:depth]
        following = last[depth] + 1 if depth < len(last) else 1
        if digits == "".join(map(str, (*parent, following))):
            return (*parent, following)
    return None


def _labelled(anchors: Sequence[str]) -> dict[str, Number]:
    matches = {anchor: _LABELLED.fullmatch(anchor) for anchor in anchors}
    labels = Counter((m[1], m[2]) for m in matches.values() if m)
    series = {label for label, number in labels if number == "1" and (label, "2") in labels}
    return {
        anchor: Number(f"{m[2]}:", 0, m[3], m[1].rstrip("-"))
        for anchor, m in matches.items()
        if m and m[1] in series
    }
