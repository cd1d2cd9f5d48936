"""Assemble: headings that a splitter put at the head of each text are taken off again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from sitegen.model import Chunk, Headings

_MARKUP = re.compile(r"[#>|`~<\-*+!\[]|\d{1,9}[.)]\s")
_ENDS_TEXT = re.compile(r"[.:;,!?…。！？]$")
_LONGEST = 120  # characters of a heading
_DEEPEST = 6


def context(
    groups: Mapping[str, Sequence[Chunk]],
) -> Callable[[str, Sequence[Chunk]], list[Chunk]] | None:
    """What takes the path of headings off the texts that repeat it, if the whole dataset does so.

    The path is that of the columns; without such, it is the lines that neighbours share.
    """
    headed = repeat = 0
    for group in groups.values():
        some = [chunk for chunk in group if chunk.headings]
        headed += len(some)
        repeat += sum(_held(chunk) > 0 for chunk in some)
    if headed:
        return _without_path if 2 * repeat > headed else None
    return _with_path if _share_lines(groups) else None


def _held(chunk: Chunk) -> int:
    """How many characters of a text are the path of its own headings, a line each."""
    path = "\n".join(words for words, _ in chunk.headings) + "\n"
    return len(path) if f"{chunk.text}\n".startswith(path) else 0


def _without_path(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    return [replace(c, text=c.text[_held(c) :]) if c.headings else c for c in group]


def _share_lines(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether all texts of nearly every page begin with the same line, which looks like a title."""
    several = same = 0
    for group in groups.values():
        if len({chunk.text for chunk in group}) > 1:
            several += 1
            first, *others = {chunk.text.split("\n", 1)[0] for chunk in group}
            same += not others and _is_title(first)
    return 0 < 9 * several <= 10 * same


def _is_title(line: str) -> bool:
    line = line.strip()
    is_short = 0 < len(line) <= _LONGEST
    return is_short and not _MARKUP.match(line) and not _ENDS_TEXT.search(line)


def _with_path(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Take the leading lines that neighbours share, and titles below them, for headings."""
    lines = [chunk.text.split("\n") for chunk in group]
    depths = [0] * len(group)
    for index, own in enumerate(lines):
        near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
        shared = max((_same(own, other) for other in near), default=0)
        depths[index] = shared
        while depths[index] < min(len(own) - 1, _DEEPEST) and _is_title(own[depths[index]]):
            depths[index] += 1
    return [
        replace(chunk, text="\n".join(own[depth:]), headings=_path(own[:depth]))
        for chunk, own, depth in zip(group, lines, depths, strict=True)
    ]


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many leading lines two texts share, all of them titles, and neither text all of them."""
    most = min(len(one), len(other), _DEEPEST + 1) - 1
    count = 0
    while count < most and one[count] == other[count] and _is_title(one[count]):
        count += 1
    return count


def _path(lines: Sequence[str]) -> Headings:
    return tuple((line.strip(), level) for level, line in enumerate(lines, start=1))
