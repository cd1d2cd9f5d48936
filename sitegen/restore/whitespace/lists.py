"""Restore, white space: nests list items and finds what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from sitegen.restore.whitespace.blocks import ITEM, Block
from sitegen.restore.whitespace.wrap import announces

_BETWEEN = frozenset(
    {"fence", "formula", "text", "table", "quote", "item", "html"}
)  # may stand in an item
_BODY = 4  # columns by which the body of a callout stands below its marker: its first block
_DEEPEST = 10
_ADDRESS = re.compile(r"(?<=\])\([^()\s]*\)")
_FAR = 12  # blocks between two numbers of one list
_LONG = 200  # characters of a numbered item, on average: such steps are paragraphs, and stand apart


class _Level(Struct):
    """An open list: its marker, its last number, and the columns of its markers and texts."""

    marker: str
    number: int
    column: int
    text: int
    leads: bool = False
    members: bool = False  # opened below an item that leads, with the same marker


class Place(Struct, frozen=True):
    """Where a block stands: its indent, and whether it goes on a list without a blank line."""

    indent: int = 0
    glued: bool = False


_LEFT = Place()


def nest(blocks: Sequence[Block]) -> list[Place]:
    """Give every block its place, in order."""
    places = _nest_lists(blocks) if any(b.kind == "item" for b in blocks) else [_LEFT] * len(blocks)
    inside = False
    for index, block in enumerate(blocks):
        inside = blocks[index - 1].kind == "marker" if not places[index].glued else inside
        if index and inside and block.kind != "marker":
            places[index] = replace(places[index], indent=places[index].indent + _BODY)
    _part_long_steps(blocks, places)  # the steps of a callout are all inside by now
    return places


def _nest_lists(blocks: Sequence[Block]) -> list[Place]:
    places: list[Place] = []
    levels: list[_Level] = []
    for index, block in enumerate(blocks):
        if block.kind == "item":
            follows = index > 0 and blocks[index - 1].kind == "item"
            if not follows and not (levels and _continues(levels, block)):
                levels.clear()
            places.append(_place_item(levels, blocks, index, adjacent=follows))
        elif levels and (level := _holder(levels, blocks, index)) is not None:
            del levels[level + 1 :]
            places.append(Place(levels[level].text))
        else:
            levels.clear()
            places.append(_LEFT)
    return places


def _part_long_steps(blocks: Sequence[Block], places: list[Place]) -> None:
    """Set numbered items apart whose own texts, without links' addresses, are long on average."""
    ends = [index for index, place in enumerate(places) if not place.glued]
    for start, end in pairwise([*ends, len(blocks)]):
        steps = [n for n in range(start, end) if places[n].indent == places[start].indent]
        if len(steps) < 2 or _marker(blocks[start])[1] < 0:
            continue
        length = sum(len(_ADDRESS.sub("", " ".join(blocks[step].lines))) for step in steps)
        if length >= _LONG * len(steps):
            for step in steps:
                places[step] = replace(places[step], glued=False)


def _place_item(
    levels: list[_Level], blocks: Sequence[Block], index: int, *, adjacent: bool
) -> Place:
    marker, number = _marker(blocks[index])
    depth = min(_depth(levels, blocks, index, adjacent=adjacent), _DEEPEST)
    opened = depth == len(levels)
    if opened:
        column = levels[-1].text if levels else 0
        members = bool(levels) and levels[-1].marker == marker
        levels.append(_Level(marker, number, column, 0, members=members))
    del levels[depth + 1 :]
    level = levels[depth]
    level.number = number
    level.text = level.column + len(blocks[index].lines[0].split(" ", 1)[0]) + 1
    level.leads = _may_lead(blocks[index])
    return Place(level.column, glued=adjacent)


def _depth(levels: list[_Level], blocks: Sequence[Block], index: int, *, adjacent: bool) -> int:
    """Choose the list of an item among the open ones, or a new one inside the innermost."""
    marker, number = _marker(blocks[index])
    if not levels:
        return 0
    inner = levels[-1]
    if inner.marker == marker and (number < 0 or number == inner.number + 1):
        leads = _leads(blocks, index)
        if adjacent and number < 0 and inner.leads and not leads:
            return len(levels)
        return len(levels) - 2 if inner.members and leads else len(levels) - 1
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        if level.marker == marker and (number < 0 or number == level.number + 1):
            return depth
    if inner.marker == marker and not inner.leads:
        return len(levels) - 1
    return len(levels)


def _leads(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether items follow one that may lead at once: its members."""
    following = blocks[index + 1].kind if index + 1 < len(blocks) else ""
    return following == "item" and _may_lead(blocks[index])


def _holder(levels: Sequence[_Level], blocks: Sequence[Block], index: int) -> int | None:
    """Find the ordered list whose next number comes later: what stands between is its item's.

    A number that goes on one in between, such as 3 below another 1 and 2, is of that list.
    """
    between: dict[str, int] = {}
    for later in range(index, min(index + _FAR, len(blocks))):
        block = blocks[later]
        if block.kind not in _BETWEEN:
            return None
        if block.kind == "item":
            marker, number = _marker(block)
            goes_on = number > 1 and between.get(marker) == number - 1
            between[marker] = number
            for depth in range(len(levels) - 1, -1, -1):
                if goes_on:
                    break
                if number >= 0 and (marker, number) == (
                    levels[depth].marker,
                    levels[depth].number + 1,
                ):
                    return depth
    return None


def _continues(levels: Sequence[_Level], block: Block) -> bool:
    marker, number = _marker(block)
    return number < 0 or any((m.marker, m.number + 1) == (marker, number) for m in levels)


def _may_lead(block: Block) -> bool:
    """Whether an item announces what is below it, as those that end in a colon do."""
    return block.leads or announces(block.lines[-1])


def same_bullets(one: Block, other: Block) -> bool:
    """Whether two items are of lists with the same bullets, and without numbers."""
    return _marker(one) == _marker(other) and _marker(one)[1] < 0


def _marker(block: Block) -> tuple[str, int]:
    """Give an item's kind of marker and its number, -1 for bullets."""
    found = ITEM.match(block.lines[0])
    marker = found[1] if found else "-"
    return (marker, -1) if len(marker) == 1 else (marker[-1], int(marker[:-1]))
