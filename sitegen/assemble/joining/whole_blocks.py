"""Assemble: whether a dataset was cut at blank lines alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from msgspec import field

from sitegen.assemble.joining.overlap import shared
from sitegen.assemble.joining.style import MARK
from sitegen.assemble.parts import Parts, Rows, Summary

_ANY_OVERLAP = 4  # characters; where one too many does no harm
_LEAST_SIZE = 100  # characters; nobody cuts shorter texts
_RARELY = 0.01
_HARDLY_EVER = 0.002


class Blocks(Summary):
    """How long texts are, counted: those of ``several`` blocks, and of ``one`` of several lines."""

    several: dict[int, int] = field(default_factory=dict)
    one: dict[int, int] = field(default_factory=dict)


class Fits(Summary):
    """How many seams there are, before how many the next block had room, and how many tear one."""

    seams: int = 0
    fit: int = 0
    torn: int = 0


def keeps_blocks(parts: Parts, lengths: Blocks) -> bool:
    """Whether texts end where the next whole block had no room, and no block is cut that has none.

    Some blocks of several lines are longer than all texts of several blocks then.
    """
    room = max(lengths.several, default=0)
    large = sum(count for length, count in lengths.one.items() if length > room)
    if room < _LEAST_SIZE or large <= 1:
        return False
    seen = parts.see(look_for_fits, Fits, room)
    return seen.fit <= _RARELY * seen.seams and seen.torn <= _HARDLY_EVER * seen.seams


def see_blocks(seen: Blocks, texts: Sequence[str], blanks: Sequence[int]) -> None:
    """See how long texts of several blocks and of one are; ``blanks`` is where the first ends."""
    for text, blank in zip(texts, blanks, strict=True):
        if blank >= 0:
            seen.several[len(text)] = seen.several.get(len(text), 0) + 1
        elif "\n" in text:
            seen.one[len(text)] = seen.one.get(len(text), 0) + 1


def look_for_fits(groups: Rows, room: int) -> Fits:
    """See before which seams the next block had room, and which are in a list or a table."""
    seen = Fits()
    for before, after in chain.from_iterable(map(pairwise, groups.values())):
        seen.seams += 1
        held = shared(before.text, after.text, _ANY_OVERLAP)
        block = after.text[held:].lstrip("\n").partition("\n\n")[0]
        seen.fit += len(before.text) + len("\n\n") + len(block) <= room
        last = before.text[before.text.rfind("\n") + 1 :]
        is_row = last.startswith("|") and after.text.startswith("|")
        seen.torn += is_row or MARK.fullmatch(last) is not None
    return seen
