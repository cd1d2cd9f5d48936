"""Assemble: white space at a seam that the dataset or the lines around it tell."""

from __future__ import annotations

import re

from sitegen.assemble.joining.brackets import Brackets
from sitegen.assemble.joining.edges import Edges
from sitegen.assemble.joining.items import indent_of_item, indent_of_paragraph
from sitegen.assemble.joining.place import indent_of
from sitegen.assemble.joining.style import ITEM, MARK
from sitegen.assemble.joining.torn import are_of_a_log, is_open_row, within_words_of_code
from sitegen.scan.autodoc import MARKER

_NOTE = re.compile(r"[ \t]+(?://|# ).*")
_HEADING = re.compile(r"#{1,6}[ \t]")
_STEP = 2  # columns; nothing is indented by less
_BLOCK = 4  # columns of a block of code
_OPENS = (":", "(", "[", "{")
_CLOSES = (")", "]", "}")
_FENCES = ("```", "~~~")
_CONTINUED = ("=", "=>", "<", "&&", "||", "\\")  # behind it a statement goes on below
_CONTINUES = (".", "?", "&&", "||", "+ ")


def of_length(gap: int, at: Edges) -> str:
    """Tell what white space of a known length stood between two texts."""
    place = at.place
    if gap == 1:
        return " " if _is_in_line(at) else "\n"
    if is_open_row(place.line, at.first):
        return " " * gap
    item = ITEM.match(at.first)
    if gap == _STEP:
        tight = item and place.in_list and not place.style.is_loose(item[2], at.before, at.after)
        return " \n" if tight or (place.in_code and at.last[-1:] == ",") else "\n\n"
    if _HEADING.match(at.first) and not place.in_code:
        return "\n" * gap
    indent = first_indent(at)
    for newlines in (1, 2, 3):
        if gap - newlines in {indent, *_indents(at.before, at.after)}:
            return "\n" * newlines + " " * (gap - newlines)
    return "\n" + " " * (gap - 1) if place.in_code or item else "\n" * gap


def _is_in_line(at: Edges) -> bool:
    """Whether a line goes on behind a blank: a row without its end, a heading, a mark of an item.

    In code a string or a comment does.
    """
    place, last = at.place, at.place.line.strip()
    if place.in_code:
        return within_words_of_code(at) == " "
    if MARK.fullmatch(last):
        return True
    is_row = last.startswith("|") and not last.endswith("|")
    return not place.in_comment and (is_row or last.startswith("#"))


def _indents(before: str, after: str) -> set[int]:
    """The indents that a line between two texts is likely to have: those of its neighbours."""
    lines = [*before.split("\n")[-3:], *after.split("\n")[1:3]]
    near = {indent_of(line) for line in lines if line.strip()}
    return {n for each in near for n in (each, each + _BLOCK, each - _BLOCK) if n >= _STEP}


def first_indent(at: Edges, *, anywhere: bool = False) -> int:
    """Guess the indent that the first line of a text has lost, from the lines around it.

    Texts that are cut ``anywhere`` begin in the middle of lists as often as elsewhere.
    """
    place, after = at.place, at.after
    sign = after[:1]
    if sign.isspace():
        return 0
    is_word = sign.isalpha()
    is_fence = not is_word and after.startswith(_FENCES)
    if place.in_code:
        is_told = not is_fence and place.style.indents
        inside = place.brackets.indent_below(place.line, after) if is_told else None
        if inside is not None or not at.has_indents:
            return inside or 0
        return place.fence_indent if is_fence else max(_of_code_line(at), place.fence_indent)
    is_item = not is_word and ITEM.match(at.first) is not None
    if not (is_fence or is_item or at.last[-1:] == ":" or at.is_indented_below):
        return 0  # neither below a label, nor above an indented line, nor an item
    if not at.has_indents:
        return 0
    return _of_fence(at) if is_fence else _of_prose(at, anywhere=anywhere)


def _of_fence(at: Edges) -> int:
    """A fence stands as its end does, else in a list as what is furthest out in it.

    The end is no further in than the code: such a line may be a part of that.
    """
    found: int | None = None
    least: int | None = None  # of the lines up to there
    for line in at.after.split("\n")[1:]:
        if not line.strip():
            continue
        indent = indent_of(line)
        if line.strip() == at.first[:3]:
            if least is None or indent <= least:
                return indent
            found = indent if found is None else found
        least = indent if least is None else min(least, indent)
    if found is not None:
        return found
    return least or 0 if at.place.in_list else 0


def _of_prose(at: Edges, *, anywhere: bool) -> int:
    """What goes on below an item stands as its next line does, or as the fence below it."""
    if item := ITEM.match(at.first):
        return indent_of_item(item, at, anywhere=anywhere) if at.place.in_list else 0
    below = at.below
    if below.lstrip().startswith(_FENCES):
        return indent_of(below)
    if at.first.startswith(MARKER) or not at.place.in_list:
        return 0
    second = at.second
    if second.strip() and not ITEM.match(below):
        return indent_of(second)
    return indent_of_paragraph(at, below)


def _of_code_line(at: Edges) -> int:
    """What a line of code stands as that no bracket above it is open at."""
    above = at.above
    if above.lstrip().startswith(_FENCES) or are_of_a_log(above, at.first):
        return indent_of(above)
    return _of_code(above, at.first.rstrip(), at.below)


def _of_code(above: str, first: str, below: str) -> int:
    code = _NOTE.sub("", first)
    if not code.endswith(_OPENS) and below and (column := Brackets().indent_below(first, below)):
        return max(indent_of(below) - column, 0)
    if code.endswith(_OPENS) and below:
        deepest = indent_of(above) + _BLOCK * above.endswith(_OPENS)
        return min(max(indent_of(below) - _BLOCK, 0), deepest)
    if above.endswith(_OPENS):
        return indent_of(above) + _BLOCK
    if first.startswith(_CLOSES):
        return max(indent_of(above) - _BLOCK, 0)
    if first.endswith(_CONTINUED) or below.lstrip().startswith(_CONTINUES):
        return indent_of(above)
    return (
        indent_of(below) if below and not below.lstrip().startswith(_FENCES) else indent_of(above)
    )
