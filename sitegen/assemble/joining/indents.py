"""Assemble: white space at a seam that the dataset or the lines around it tell."""

from __future__ import annotations

import re

from sitegen.assemble.joining.brackets import Brackets
from sitegen.assemble.joining.items import indent_of_item, indent_of_paragraph
from sitegen.assemble.joining.place import Place, indent_of
from sitegen.assemble.joining.style import ITEM
from sitegen.assemble.joining.torn import are_of_a_log, is_open_row
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


def of_length(gap: int, before: str, after: str, place: Place) -> str:
    """Tell what white space of a known length stood between two texts."""
    last = before.rsplit("\n", 1)[-1]
    if gap == 1:
        return (
            " " if _is_one_line(place.line) and not place.in_code and not place.in_comment else "\n"
        )
    if is_open_row(place.line, after.partition("\n")[0]):
        return " " * gap
    item = ITEM.match(after)
    if gap == _STEP:
        tight = item and place.in_list and not place.style.is_loose(item[2], before, after)
        return " \n" if tight or (place.in_code and last[-1:] == ",") else "\n\n"
    if _HEADING.match(after) and not place.in_code:
        return "\n" * gap
    indent = first_indent(before, after, place, anywhere=False)
    for newlines in (1, 2, 3):
        if gap - newlines in {indent, *_indents(before, after)}:
            return "\n" * newlines + " " * (gap - newlines)
    return "\n" + " " * (gap - 1) if place.in_code or item else "\n" * gap


def _is_one_line(last: str) -> bool:
    """Whether a line that was cut goes on behind a blank: a row without its end, a heading."""
    last = last.strip()
    return (last.startswith("|") and not last.endswith("|")) or last.startswith("#")


def _indents(before: str, after: str) -> set[int]:
    """The indents that a line between two texts is likely to have: those of its neighbours."""
    lines = [*before.split("\n")[-3:], *after.split("\n")[1:3]]
    near = {indent_of(line) for line in lines if line.strip()}
    return {n for each in near for n in (each, each + _BLOCK, each - _BLOCK) if n >= _STEP}


def first_indent(before: str, after: str, place: Place, *, anywhere: bool) -> int:
    """Guess the indent that the first line of a text has lost, from the lines around it.

    Texts that are cut ``anywhere`` begin in the middle of lists as often as elsewhere.
    """
    if after[:1].isspace() or not place.style.indents:
        return 0
    if place.in_code and not after.startswith(_FENCES):
        inside = place.brackets.indent_below(place.line, after)
        if inside is not None:
            return inside
    if "\n " not in before and "\n " not in after:
        return 0
    if place.in_code:
        return max(_of_code_line(before, after, place), place.fence_indent)
    lines = after.split("\n")
    if item := ITEM.match(lines[0]):
        return indent_of_item(item, before, lines, anywhere=anywhere) if place.in_list else 0
    return _of_prose(before, lines, place)


def _of_prose(before: str, lines: list[str], place: Place) -> int:
    """What goes on below an item stands as its next line does, or as the fence in or below it."""
    if lines[0].startswith(_FENCES):
        ends = (indent_of(line) for line in lines[1:] if line.strip() == lines[0][:3])
        inside = (indent_of(line) for line in lines[1:] if line.strip())
        return next(ends, min(inside, default=0) if place.in_list else 0)
    below = next((line for line in lines[1:] if line.strip()), "")
    if below.lstrip().startswith(_FENCES):
        return indent_of(below)
    if lines[0].startswith(MARKER):
        return 0
    if len(lines) > 1 and lines[1].strip() and not ITEM.match(below):
        indent = indent_of(lines[1])
    else:
        indent = indent_of_paragraph(before, lines[0], below)
    return indent if indent and place.in_list else 0


def _of_code_line(before: str, after: str, place: Place) -> int:
    """What a line of code stands as that no bracket above it is open at."""
    if after.startswith(_FENCES):
        return place.fence_indent
    first, *lines = after.split("\n")
    above = next((line for line in reversed(before.split("\n")) if line.strip()), "")
    below = next((line for line in lines if line.strip()), "")
    if above.lstrip().startswith(_FENCES) or are_of_a_log(above, first):
        return indent_of(above)
    return _of_code(above.rstrip(), first.rstrip(), below)


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
