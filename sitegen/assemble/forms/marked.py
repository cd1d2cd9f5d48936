"""Assemble: the line that a splitter put above each text, in marks of its own, is plain again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from sitegen.model import Chunk

_MARKS = (
    re.compile(r"(?P<fence>\*\*|__|[*_])(?P<words>[^\s*_](?:.*[^\s*_])?)(?P=fence)"),
    re.compile(r"\[(?P<words>[^\[\]]+)\]"),
    re.compile(r"#{1,6} (?P<words>.*\S)"),
    re.compile(r"> (?P<words>[^\[].*)"),
    re.compile(r"(?P<words>[^\s\[|<>`~#*+\-].*)"),
)
_SURE = _MARKS[:2]  # headings, quotes and titles alone are no form of a splitter
_SIGNS = (" > ", " - ", " / ", " | ", " :: ", " · ", " – ", " — ")
_STEP = " > "
_MOST = 9, 10  # of the pages
_SEVERAL = 2  # pages
_LONGEST = 300  # characters

Form = tuple[re.Pattern[str], str]


def plain_heads(
    groups: Mapping[str, Sequence[Chunk]],
) -> Callable[[str, Sequence[Chunk]], list[Chunk]] | None:
    """What makes the first line of each text a plain title or path, if all wear the same marks.

    All texts of a page begin with one title then, and those of another page with another. Lines
    that are plain already, and headings without a path, are left as they are.
    """
    several = 0  # pages of several texts
    forms: Counter[Form] = Counter()
    titles: set[str] = set()
    for group in groups.values():
        lines = {chunk.text.partition("\n")[0] for chunk in group}
        if len({chunk.text for chunk in group}) == 1:
            continue
        several += 1
        if (found := _form(lines)) is not None:
            form, title = found
            forms[form] += title not in titles
            titles.add(title)
    if not forms:
        return None
    (marks, _), _ = forms.most_common(1)[0]
    counts = {sign: count for (worn, sign), count in forms.items() if worn is marks}
    if several < _SEVERAL or sum(counts.values()) * _MOST[1] < several * _MOST[0]:
        return None
    sign = max(filter(None, counts), key=lambda each: counts[each], default="")
    if not sign and marks not in _SURE:
        return None
    chunks = [chunk for group in groups.values() for chunk in group]
    is_deep = marks in _SURE and 2 * sum(len(_worn(c, marks)[0]) > 1 for c in chunks) > len(chunks)
    return lambda _, group: [_plain(chunk, marks, sign, deep=is_deep) for chunk in group]


def _form(lines: set[str]) -> tuple[Form, str] | None:
    """The marks that the first lines of a page wear, what parts their steps, and their title."""
    marks = next((m for m in _MARKS if all(map(m.fullmatch, lines))), None)
    if marks is None or any(len(line) > _LONGEST for line in lines):
        return None
    words = [found["words"] for line in lines if (found := marks.fullmatch(line))]
    if len(lines) == 1:
        return (marks, ""), words[0]
    for sign in _SIGNS:
        titles = {line.partition(sign)[0] for line in words}
        if len(titles) == 1:
            return (marks, sign), titles.pop()
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
