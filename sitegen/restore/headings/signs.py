"""Restore: the signs that stood alone between words and left only their two hyphens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from sitegen.restore.evidence import Evidence
from sitegen.restore.lexicon import Forms
from sitegen.restore.lexicon.words import JOINING, split_links
from sitegen.scan.patterns import rare

_ASIDE = frozenset("/–—")  # signs of running text that join words of a heading less often
_USUAL = "&"
_USED = rare(r"(?<=[^\W\d_]{2}) ([&+×→]) (?=[^\W\d_]{2})")
_OFTEN = 3  # times that a page's own text joins words by a sign


@lru_cache(maxsize=1)  # one heading of a page asks after the other
def usual_sign(text: str) -> str:
    """What joins words in the prose of a page: an ampersand, unless it often has another sign."""
    used = Counter(_USED.findall(split_links(text)[0]))
    sign = max(used, key=lambda sign: (used[sign], sign), default=_USUAL)
    return sign if used[sign] >= _OFTEN else _USUAL


def sign_at(evidence: Evidence, keys: Sequence[str], start: int, stop: int) -> str | None:
    """The sign between the words before ``start`` and from ``stop``; ``None`` if it is not known.

    A picture stands before the name that it belongs to, or ends a heading. Dashes and slashes
    are believed where texts have them on both sides.
    """
    inside = start > 0 and stop < len(keys)
    if stop - start > 1 and inside:
        return "-"
    behind = _signs(evidence, "", keys[stop], 0) if stop < len(keys) else Forms()
    before = _signs(evidence, keys[start - 1], "", -1) if start else Forms()
    votes = Forms()
    for sign in behind.keys() | before.keys():
        if sign not in JOINING:
            is_told = not inside or sign in behind
        else:
            is_told = inside and (sign not in _ASIDE or (behind[sign] > 0 and before[sign] > 0))
        if is_told:
            votes[sign] = behind[sign] + before[sign]
    return max(votes, key=lambda sign: (votes[sign], sign), default=None if inside else "")


def _signs(evidence: Evidence, left: str, right: str, side: int) -> Forms:
    """How often which sign stands beside a word."""
    counts = Forms()
    for pair, count in evidence.pairs(left, right).items():
        counts[pair.split(" ")[side]] += count
    return counts
