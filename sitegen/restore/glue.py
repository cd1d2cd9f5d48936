"""Restore: words that an anchor has run together, taken apart where the corpus knows the parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_LONGEST_HUMP = 24
_HUMPS = 3  # fewer parts may be an ordinary word: `timeline` is no TimeLine
_BESIDE = re.compile(r"(?=\b(\w{3,})(?: and | or | and/or |/|, )(\w{3,})\b)")


def compose(unknown: Iterable[str], humps: Mapping[str, int]) -> dict[str, str]:
    """Spell names in camel case that no text holds, of the parts (``humps``) of other names."""
    best: dict[str, str] = {}
    for hump in sorted(humps):
        is_short = len(hump) < 3 and not (hump.isupper() or hump.isdigit())
        lower = hump.lower()
        if not is_short and (lower not in best or humps[hump] > humps[best[lower]]):
            best[lower] = hump
    return {word: name for word in unknown if (name := _camel_case(word, best))}


def _camel_case(word: str, best: Mapping[str, str]) -> str:
    """Compose a word of as few humps as possible."""
    ways: list[tuple[int, str] | None] = [(0, ""), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_HUMP), end):
            way, hump = ways[start], best.get(word[start:end], "")
            if way is None or not (hump.isdigit() or (len(hump) > 1 and hump[0].isupper())):
                continue
            shortest = ways[end]
            if shortest is None or way[0] + 1 < shortest[0]:
                ways[end] = (way[0] + 1, way[1] + hump)
    whole = ways[-1]
    return whole[1] if whole and whole[0] >= _HUMPS else ""


def slashed(text: str) -> dict[str, str]:
    """Join the words that a text names side by side: what a slash between them would leave.

    >>> slashed("Catch stdout and stderr.")["stdoutstderr"]
    'stdout/stderr'
    """
    found: Counter[tuple[str, str]] = Counter(_BESIDE.findall(text.replace("`", "").lower()))
    joined = {one + two: f"{one}/{two}" for one, two in sorted(found)}
    return {two + one: f"{two}/{one}" for one, two in sorted(found)} | joined
