"""Assemble: what stood between two texts of a page, told by the place where it was cut."""

from __future__ import annotations

import re

from sitegen.assemble.habits import Habits
from sitegen.scan import FenceScanner

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_OPENS_BLOCK = re.compile(
    r"#{1,6}[ \t]|```|~~~|</?[A-Za-z!]|<!--|\[\[|\$\$|(?:-{3,}|\*{3,}|_{3,})\s*$"
)
_SENTENCE_END = re.compile(r"[.!?:;…。！？：；|>][\"'”’»)\]*_`]*$")
_IN_SENTENCE = re.compile(r"[a-z(,.;)]")
_TAG_OPENS = re.compile(r"<[A-Za-z/!][^<>]*\Z")
_FAR = 2_000  # characters in which a tag that is still open has begun
_STEP = 2  # columns; nothing is indented by less


class Place:
    """Where a text that grows piece by piece stands: in code, in a comment, in a tag."""

    def __init__(self) -> None:
        """Begin at the start of a page."""
        self._fences = FenceScanner()
        self._in_comment = False
        self._line = ""

    def feed(self, text: str) -> None:
        """Take the next piece; a line is looked at when it has ended."""
        *lines, rest = text.split("\n")
        for line in lines:
            self._take(self._line + line)
            self._line = ""
        self._line += rest

    def _take(self, line: str) -> None:
        if self._in_comment or (not self._fences.feed(line) and line.lstrip().startswith("<!--")):
            self._in_comment = "-->" not in line

    @property
    def in_code(self) -> bool:
        """Whether what comes on the next line is code."""
        return self._fences.inside_after(self._line)

    @property
    def in_comment(self) -> bool:
        """Whether what comes on the next line is in a comment."""
        if self._in_comment:
            return "-->" not in self._line
        opens = self._line.lstrip().startswith("<!--") and not self.in_code
        return opens and "-->" not in self._line


def between(before: str, after: str, place: Place, habits: Habits) -> str:
    """Guess what stood between two texts: a blank line, a line end, a blank or nothing.

    ``before`` and ``after`` are the texts as the dataset has them, ``place`` that at the end of
    the first.
    """
    if habits.hard and len(before) == habits.hard:
        return ""
    fine = _is_fine(before, after, habits)
    first = after.lstrip("\n").split("\n", 1)[0]
    if place.in_code:
        if first.lstrip().startswith(("```", "~~~")) or fine or not habits.room:
            return "\n"
        return "\n\n"
    if place.in_comment or _TAG_OPENS.search(before[-_FAR:]):
        return "\n" if fine or not habits.room else "\n\n"
    return _in_prose(before.rsplit("\n", 1)[-1], first, fine=fine)


def _in_prose(last: str, first: str, *, fine: bool) -> str:
    if last.lstrip().startswith("|") and first.lstrip().startswith("|"):
        return "\n"
    if _ITEM.match(first):
        return "\n" if _ITEM.match(last) or fine else "\n\n"
    if last.startswith("#") or _OPENS_BLOCK.match(first) or _OPENS_BLOCK.match(last):
        return "\n" if fine else "\n\n"
    if _IN_SENTENCE.match(first) and not _SENTENCE_END.search(last.rstrip()):
        return " "
    return "\n" if fine else "\n\n"


def _is_fine(before: str, after: str, habits: Habits) -> bool:
    """Whether a splitter that cuts at blank lines first had to cut within a block here.

    Then neither text holds a blank line, and the next line did not fit into the first.
    """
    if not habits.room or "\n\n" in before or "\n\n" in after:
        return False
    line = after.find("\n")
    return len(before) + 1 + (len(after) if line < 0 else line) >= habits.room


def of_length(gap: int, before: str, after: str, place: Place) -> str:
    """Tell what white space of a known length stood between two texts."""
    if gap == 1:
        in_line = not place.in_code and not place.in_comment and _goes_on_in_line(before, after)
        return " " if in_line else "\n"
    if gap == _STEP:
        return "\n\n"
    for newlines in (1, 2, 3):
        if gap - newlines in _indents(before, after):
            return "\n" * newlines + " " * (gap - newlines)
    if place.in_code or _ITEM.match(after):
        return "\n" + " " * (gap - 1)
    return "\n" * gap


def _goes_on_in_line(before: str, after: str) -> bool:
    last = before.rsplit("\n", 1)[-1].lstrip()
    if last.startswith("|"):
        return not last.rstrip().endswith("|")
    if last.startswith("#"):
        return True
    first = after.split("\n", 1)[0]
    return not (_ITEM.match(first) or _OPENS_BLOCK.match(first) or first.startswith(("|", ">")))


def _indents(before: str, after: str) -> set[int]:
    """The indents that a line between two texts is likely to have: those of its neighbours."""
    lines = [*before.split("\n")[-3:], *after.split("\n")[1:3]]
    near = {_indent(line) for line in lines if line.strip()}
    return {n for indent in near for n in (indent, indent + 4, indent - 4) if n >= _STEP}


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def code_indent(before: str, after: str) -> int:
    """Guess the indent that the first line of code in a text has lost, from its neighbours."""
    if after[:1].isspace() or ("\n " not in before and "\n " not in after):
        return 0
    lines = after.split("\n")
    above = next((line for line in reversed(before.split("\n")) if line.strip()), "")
    below = next((line for line in lines[1:] if line.strip()), "")
    first = lines[0].rstrip()
    if first.startswith(("```", "~~~")) or above.lstrip().startswith(("```", "~~~")):
        return 0
    if first.endswith((":", "(", "[", "{")) and below:
        return max(_indent(below) - 4, 0)
    if above.rstrip().endswith((":", "(", "[", "{")):
        return _indent(above) + 4
    if first.startswith((")", "]", "}")):
        return max(_indent(above) - 4, 0)
    return _indent(below) if below and not below.lstrip().startswith("```") else _indent(above)
