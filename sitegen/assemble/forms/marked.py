"""Assemble: the line that a splitter put above each text, in marks of its own, is plain again."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import field
from msgspec.structs import replace

from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.model import Chunk

_MARKS = (
    re.compile(r"(?P<fence>\*\*|__|[*_])(?P<words>[^\s*_](?:.*[^\s*_])?)(?P=fence)"),
    re.compile(r"\[(?P<words>[^\[\]]+)\]"),
    re.compile(r"#{1,6} (?P<words>.*\S)"),
    re.compile(r"> (?P<words>[^\[].*)"),
    re.compile(r"(?P<words>[^\s\[|<>`~#*+\-].*)"),
)
_SURE = 2  # headings, quotes and titles alone are no form of a splitter
_SIGNS = (" > ", " - ", " / ", " | ", " :: ", " · ", " – ", " — ")
_STEP = " > "
_MOST = 9, 10  # of the pages
_SEVERAL = 2  # pages
_LONGEST = 300  # characters


class Heads(Summary):
    """How many pages have several texts, and of each whose first lines wear marks what they are.

    That is the title, the number of the marks and the sign between steps.
    """

    several: int = 0
    forms: list[tuple[str, int, str]] = field(default_factory=list)


class _Depths(Summary):
    chunks: int = 0
    deep: int = 0  # of them, with several lines that wear the marks


def look_for_heads(groups: Rows) -> Heads:
    """See the first lines of texts: of a page they begin with one title."""
    seen = Heads()
    for group in groups.values():
        if len({chunk.text for chunk in group}) == 1:
            continue
        seen.several += 1
        if (found := _form({chunk.text.partition("\n")[0] for chunk in group})) is not None:
            seen.forms.append(found)
    return seen


def with_plain_heads(parts: Parts, seen: Heads) -> None:
    """Make the first line of each text a plain title or path, if all wear the same marks.

    All texts of a page begin with one title then, and those of another page with another. Lines
    that are plain already, and headings without a path, are left as they are.
    """
    first: dict[str, tuple[int, str]] = {}
    forms: Counter[tuple[int, str]] = Counter()
    for title, number, sign in seen.forms:
        forms[number, sign] += title not in first
        first.setdefault(title, (number, sign))
    if not forms:
        return
    (number, _), _ = forms.most_common(1)[0]
    counts = {sign: count for (worn, sign), count in forms.items() if worn == number}
    if seen.several < _SEVERAL or sum(counts.values()) * _MOST[1] < seen.several * _MOST[0]:
        return
    sign = max(filter(None, counts), key=lambda each: counts[each], default="")
    if not sign and number >= _SURE:
        return
    is_deep = False
    if number < _SURE:
        depths = parts.see(_look_for_depths, _Depths, number)
        is_deep = 2 * depths.deep > depths.chunks
    marks = _MARKS[number]
    parts.change(
        ("heads", number, sign, is_deep),
        lambda *given: [_plain(chunk, marks, sign, deep=is_deep) for chunk in given[1]],
    )


def _look_for_depths(groups: Rows, number: int) -> _Depths:
    chunks = [chunk for group in groups.values() for chunk in group]
    deep = sum(len(_worn(chunk, _MARKS[number])[0]) > 1 for chunk in chunks)
    return _Depths(chunks=len(chunks), deep=deep)


def _form(lines: set[str]) -> tuple[str, int, str] | None:
    """The title of a page, the marks that its first lines wear, and what parts their steps."""
    number = next((n for n, m in enumerate(_MARKS) if all(map(m.fullmatch, lines))), None)
    if number is None or any(len(line) > _LONGEST for line in lines):
        return None
    words = [found["words"] for line in lines if (found := _MARKS[number].fullmatch(line))]
    if len(lines) == 1:
        return words[0], number, ""
    for sign in _SIGNS:
        titles = {line.partition(sign)[0] for line in words}
        if len(titles) == 1:
            return titles.pop(), number, sign
    return None


def _worn(chunk: Chunk, marks: re.Pattern[str]) -> tuple[list[str], str]:
    """The words of the lines at the head of a text that wear marks, and what is below them."""
    rest = chunk.text
    words: list[str] = []
    while found := marks.fullmatch((parts := rest.lstrip("\n").partition("\n"))[0]):
        words.append(found["words"])
        rest = parts[2]
    return words, rest


def _plain(chunk: Chunk, marks: re.Pattern[str], sign: str, *, deep: bool) -> Chunk:
    """The chunk with a plain line in place of its first one, or of all that wear marks."""
    if deep:
        words, rest = _worn(chunk, marks)
    else:
        line, _, rest = chunk.text.partition("\n")
        words = [found["words"]] if (found := marks.fullmatch(line)) else []
    if not words:
        return chunk
    path = _STEP.join(each.replace(sign, _STEP) if sign else each for each in words)
    return replace(chunk, text=f"{path}\n{rest}")
