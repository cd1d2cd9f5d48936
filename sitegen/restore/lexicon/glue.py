"""Restore: words that an anchor has run together, taken apart where the corpus knows the parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_LONGEST_HUMP = 24
_LONGEST_NAME = 200
_HUMPS = 3  # fewer parts may be an ordinary word: `timeline` is no TimeLine
_BESIDE = re.compile(r"\b(\w++)(?=(?: and(?:/or)? | or |/|, )(\w++))")
_HALF = 3  # letters of the shorter of two words that a slash joined


def compose(unknown: Iterable[str], humps: Mapping[str, int]) -> dict[str, str]:
    """Spell names in camel case that no text holds, of the parts (``humps``) of other names."""
    best: dict[str, str] = {}
    for hump in sorted(humps):
        is_short = len(hump) < 3 and not (hump.isupper() or hump.isdigit())
        lower = hump.lower()
        if not is_short and (lower not in best or humps[hump] > humps[best[lower]]):
            best[lower] = hump
    best = {k: h for k, h in best.items() if h.isdigit() or (len(h) > 1 and h[0].isupper())}
    short = (word for word in unknown if len(word) <= _LONGEST_NAME)
    return {word: name for word in short if (name := _camel_case(word, best))}


def _camel_case(word: str, best: Mapping[str, str]) -> str:
    """Compose a word of as few humps as possible."""
    ways: list[tuple[int, str] | None] = [(0, ""), *[None] * len(word)]
    for start, way in enumerate(ways):
        if way is None:
            continue
        for end in range(start + 1, min(start + _LONGEST_HUMP, len(word)) + 1):
            if (hump := best.get(word[start:end])) is None:
                continue
            shortest = ways[end]
            if shortest is None or way[0] + 1 < shortest[0]:
                ways[end] = (way[0] + 1, way[1] + hump)
    whole = ways[-1]
    return whole[1] if whole and whole[0] >= _HUMPS else ""


def slashed(key: str, text: str) -> str:
    """Part a word where a slash stood, if a text names the halves side by side; empty if not.

    >>> slashed("stdoutstderr", "Catch stdout and stderr.")
    'stdout/stderr'
    """
    at = _halves(text).get(key)
    return f"{key[:at]}/{key[at:]}" if at else ""


@lru_cache(maxsize=1)  # one word of a page is looked for after the other
def _halves(text: str) -> Mapping[str, int]:
    """Both words that a text names side by side as one, either first, by where the second begins.

    Of several such places in a word the last one is taken.
    """
    found: dict[str, int] = {}
    for match in _BESIDE.finditer(text.replace("`", "").lower()):
        one, two = match.groups()
        if min(len(one), len(two)) >= _HALF:
            for begin, end in ((one, two), (two, one)):
                found[begin + end] = max(len(begin), found.get(begin + end, 0))
    return found
