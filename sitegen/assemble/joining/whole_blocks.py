"""Assemble: whether a dataset was cut at blank lines alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import field

from sitegen.assemble.joining.style import MARK
from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.scan.overlap import shared

_ANY_OVERLAP = 4  # characters; where one too many does no harm
_LEAST_SIZE = 100  # characters; nobody cuts shorter texts
_RARELY = 0.01
_HARDLY_EVER = 0.002


class Blocks(Summary):
    """How long texts of ``several`` blocks are, and of ``one`` of several lines, counted."""

    several: set[int] = field(default_factory=set)
    one: dict[int, int] = field(default_factory=dict)


class Fits(Summary):
    """Before how many seams the next block had room, and how many tear one."""

    fit: int = 0
    torn: int = 0


def keeps_blocks(parts: Parts, lengths: Blocks, seams: int) -> bool:
    """Whether texts end where the next whole block had no room, and no block is cut that has none.

    Some blocks of several lines are longer than all texts of several blocks then. There are so many
    ``seams`` in all.
    """
    room = max(lengths.several, default=0)
    large = sum(count for length, count in lengths.one.items() if length > room)
    if room < _LEAST_SIZE or large <= 1:
        return False
    most = _RARELY * seams, _HARDLY_EVER * seams
    seen = parts.see(look_for_fits, Fits, room, most)
    return seen.fit <= most[0] and seen.torn <= most[1]


def see_blocks(seen: Blocks, texts: Sequence[str], blanks: Sequence[int]) -> None:
    """See how long texts of several blocks and of one are; ``blanks`` is where the first ends."""
    for text, blank in zip(texts, blanks, strict=True):
        length = len(text)
        if blank >= 0:
            seen.several.add(length)
        elif "\n" in text:
            seen.one[length] = seen.one.get(length, 0) + 1


def look_for_fits(groups: Rows, room: int, most: tuple[float, float]) -> Fits:
    """See before which seams the next block had room, and which are in a list or a table.

    Where there are more of them than ``most``, no more are looked for.
    """
    seen = Fits()
    for group in groups.values():
        texts = [chunk.text for chunk in group if chunk.text]  # an empty one parts nothing
        for before, after in pairwise(texts):
            seen.fit += len(before) < room and _had_room(before, after, room)
            last = before[before.rfind("\n") + 1 :]
            is_row = last.startswith("|") and after.startswith("|")
            seen.torn += is_row or MARK.fullmatch(last) is not None
        if seen.fit > most[0] or seen.torn > most[1]:
            break
    return seen


def _had_room(before: str, after: str, room: int) -> bool:
    """Whether a text would be none too long with the block that the next one begins."""
    held = shared(before, after, _ANY_OVERLAP)
    block = after[held:].lstrip("\n").partition("\n\n")[0]
    return len(before) + len("\n\n") + len(block) <= room
