"""Assemble: headings that a splitter put at the head of each text are taken off again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

from msgspec import field
from msgspec.structs import replace

from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.model import Chunk, Headings

Cut = Callable[[str, Sequence[Chunk]], list[Chunk]]

_MARKUP = re.compile(r"[#>|`~<\-*+!\[]|\d{1,9}[.)]\s")
_ENDS_TEXT = re.compile(r"[.:;,!?…。！？=({\[\\]$|\w = \S")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_STEPS = re.compile(r"\s+(?:[>»›→]|->)\s+")
_SIGN = re.compile("[>»›→]")  # found faster than the white space around it
_LABEL = re.compile(
    r"(?:(?:document|page) )?title: |"
    r"(?:breadcrumbs?|context|document|headings?|page|path|section): *",
    re.IGNORECASE,
)
_EMPHASIS = "*_"
_LONGEST = 120  # characters of a heading
_DEEPEST = 6


class Context(Summary):
    """What stands above texts: rows with headings, and those that repeat them.

    ``roots`` are the first headings of all rows and ``pages`` the second ones of each page, unless
    ``mixed``: one page alone shows that these are no roots. ``cut`` counts the pages of several
    texts, ``headed`` and ``titled`` those whose texts begin with one heading or title, and
    ``stepped`` those of the last whose texts begin with paths of several steps.
    """

    headings: int = 0
    repeat: int = 0
    roots: set[str] = field(default_factory=set)
    pages: list[str] = field(default_factory=list)
    mixed: int = 0
    cut: int = 0
    headed: int = 0
    titled: int = 0
    stepped: int = 0

    @property
    def share_root(self) -> bool:
        """Whether all pages stand under one heading, each under another one below it."""
        pages = self.pages
        is_one = not self.mixed and len(self.roots) == 1 < len(pages)
        return is_one and "" not in pages and len(set(pages)) == len(pages)

    def shared_line(self) -> str:
        """What begins all texts of nearly every page: a heading, a title or none of these."""
        kinds = {"heading": self.headed, "title": self.titled}
        return next((kind for kind, count in kinds.items() if 0 < 9 * self.cut <= 10 * count), "")


def look_for_context(groups: Rows) -> Context:
    """See what stands above texts."""
    seen = _roots(groups)
    for group in groups.values():
        some = [chunk for chunk in group if chunk.headings]
        seen.headings += len(some)
        seen.repeat += sum(_held(chunk) > 0 for chunk in some)
        if len({chunk.text for chunk in group}) > 1:
            seen.cut += 1
            lines = _first_lines(group)
            has_steps = _has_steps(lines)
            first, *others = set(map(_first_step, lines)) if has_steps else lines
            is_heading = not others and _is_heading(first)
            is_title = not (others or is_heading) and _is_title(first)
            seen.headed += is_heading
            seen.titled += is_title
            seen.stepped += is_title and has_steps
    return seen


def _roots(groups: Rows) -> Context:
    seen = Context()
    for group in groups.values():
        seen.roots |= {chunk.headings[0][0] if chunk.headings else "" for chunk in group}
        second = {chunk.headings[1][0] if chunk.headings[1:] else "" for chunk in group}
        if "" in seen.roots or len(seen.roots) > 1 or len(second) > 1:
            return Context(mixed=1)
        seen.pages += second
    return seen


def without_context(parts: Parts, seen: Context) -> bool:
    """Take off what is said above each chunk again, and tell whether the whole dataset does so.

    That is the path of headings in the texts that repeat it: the one of the columns; without
    such, the lines that neighbours share. And it is a heading that all pages stand under: the
    site's name.
    """
    cuts: list[Cut] = []
    if seen.share_root:
        cuts.append(_without_root)
    if 2 * seen.repeat > seen.headings:
        cuts.append(_without_path)
    shared = seen.shared_line()
    if shared == "heading":
        cuts.append(_without_headings)
    elif shared and not seen.headings:
        cuts.append(_with_steps if 2 * seen.stepped > seen.titled else _with_path)
    elif shared and _without_path not in cuts:
        cuts.append(_without_title)
    for cut in cuts:
        parts.change(cut.__name__, partial(_cut, cut))
    return bool(cuts)


def _cut(cut: Cut, source: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
    return cut(source, group)


def _held(chunk: Chunk) -> int:
    """How many characters of a text are what its columns say: title and headings, a line each."""
    at = size = 0
    said = [chunk.title, *(words for words, _ in chunk.headings)]
    if not chunk.text.lstrip(_EMPHASIS).startswith(tuple(filter(None, said))):
        return 0
    for line in chunk.text.split("\n"):
        if line.strip():
            words = line if line in said[at:] else line.strip(_EMPHASIS)
            if words not in said[at:]:
                break
            at = said.index(words, at) + 1
        size += len(line) + 1
    return size


def _below(text: str, held: int) -> str:
    """What stands below the first characters of a text: no blank lines, which were above all."""
    return text[held:].lstrip("\n") if held else text


def _without_path(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    return [replace(c, text=_below(c.text, _held(c))) if c.headings else c for c in group]


def _without_root(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    return [
        replace(c, headings=tuple((words, max(0, level - 1)) for words, level in c.headings[1:]))
        for c in group
    ]


def _first_lines(group: Sequence[Chunk]) -> set[str]:
    """What the texts of a page begin with."""
    return {chunk.text.split("\n", 1)[0] for chunk in group}


def _has_steps(lines: set[str]) -> bool:
    """Whether one of some lines is a path of several steps."""
    return any(_SIGN.search(line) and _STEPS.search(line) for line in lines)


def _first_step(line: str) -> str:
    return _STEPS.split(line, maxsplit=1)[0].strip()


def _is_heading(line: str) -> bool:
    return _HEADING.match(line) is not None


def _without_headings(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Take the headings at the head of each text off that the texts above it stand under too."""
    cut: list[Chunk] = []
    path: list[str] = []
    for chunk in group:
        lines = chunk.text.split("\n")
        own = [(n, line) for n, line in enumerate(lines) if line.strip()]
        above = list(takewhile(lambda each: _is_heading(each[1]), own))
        again = zip(above, path, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0][1] == pair[1], again))
        if same < len(own):
            lines = lines[above[same - 1][0] + 1 if same else 0 :]
        path = [line for _, line in above]
        cut.append(replace(chunk, text="\n".join(lines).lstrip("\n") if same else chunk.text))
    return cut


def _is_title(line: str) -> bool:
    line = line.strip()
    is_short = 0 < len(line) <= _LONGEST
    return is_short and not _MARKUP.match(line) and not _ENDS_TEXT.search(line)


def _without_title(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Take the title of the page off the head of each text, whose headings are told elsewhere."""
    cut: list[Chunk] = []
    for chunk in group:
        line, _, rest = chunk.text.partition("\n")
        title = chunk.title or _first_step(line)
        cut.append(replace(chunk, text=rest.lstrip("\n"), title=title))
    return cut


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
        replace(
            chunk,
            text="\n".join(own[depth:]).lstrip("\n") if depth else chunk.text,
            headings=_path(own[:depth]),
        )
        for chunk, own, depth in zip(group, lines, depths, strict=True)
    ]


def _with_steps(source: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Take the path that each text of a page begins with, one line, for its headings."""
    if len({_first_step(line) for line in _first_lines(group)}) > 1:
        return _with_path(source, group)
    parted = [(chunk, *chunk.text.partition("\n")) for chunk in group]
    return [
        replace(chunk, text=below.lstrip("\n"), headings=_path([line]))
        for chunk, line, _, below in parted
    ]


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many leading lines two texts share, all of them titles, and neither text all of them."""
    most = min(len(one), len(other), _DEEPEST + 1) - 1
    count = 0
    while count < most and one[count] == other[count] and _is_title(one[count]):
        count += 1
    return count


def _path(lines: Sequence[str]) -> Headings:
    steps = (_LABEL.sub("", step) for line in lines for step in _STEPS.split(line))
    said = (step.strip() for step in steps)
    return tuple(
        (step, min(level, _DEEPEST)) for level, step in enumerate(filter(None, said), start=1)
    )
