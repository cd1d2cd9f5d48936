"""Assemble: where a page stands that grows text by text: in code, in a comment, in a list."""

from __future__ import annotations

import re

from sitegen.assemble.joining.brackets import Brackets
from sitegen.assemble.joining.style import ITEM, Style
from sitegen.scan import FenceScanner

_TAG_OPENS = re.compile(r"<[A-Za-z/!]")
_FENCE = re.compile("[`~](?:(?<=`)``|(?<=~)~~)")
_HEADING = re.compile(r"#{1,6}[ \t]")
_OPENS = re.compile("[`~<](?:(?<=`)``|(?<=~)~~|(?<=<)!--)")  # one set of signs is found fastest
_APART = " \0"  # stands for code or a comment among lines: neither an item nor what ends a list
_FAR = 2_000  # characters in which a tag that is still open has begun
_END = 4_000  # characters at each end of a line that tell what it is


class Place:
    """Where a text that grows piece by piece stands: in code, in a comment, in a tag.

    What few seams ask for is found out when one does, from the lines since then.
    """

    def __init__(self, style: Style) -> None:
        """Begin at the start of a page, whose author writes in this ``style``."""
        self.style = style
        self.fence_indent = 0
        self._fences = FenceScanner()
        self._has_comment = False  # at the end of the lines
        self.line = ""
        """The line that the text goes on, as far as it is there; of a very long one both ends."""
        self.length = 0
        """How many characters of the line are there, without the white space before it."""
        self._parts: list[str] = []  # all of the line
        self._has_end = False  # of a comment, in the line
        self.in_code = False
        """Whether what comes on the next line is code."""
        self.in_comment = False
        """Whether what comes on the next line is in a comment."""
        self.is_open = False
        """Whether it is in either."""
        self._lines: list[str] = []
        self._above = ""  # the last line before these
        self._has_item = False  # whether it is in a list
        self._code: list[str] = []
        self._brackets = Brackets()  # of the code before that

    def feed(self, text: str) -> None:
        """Take the next piece; a line is looked at when it has ended, and if it may open or end."""
        lines, ends, rest = text.rpartition("\n")
        if ends:
            self._feed("".join((*self._parts, lines)))
            self.line, self.length, self._parts = rest, len(rest.lstrip()), [rest]
            self._has_end = "-->" in rest
        else:
            self._parts.append(rest)
            self._has_end = self._has_end or "-->" in self.line[-2:] + rest
            self.length += len(rest if self.length else rest.lstrip())
            self.line += rest
        if len(self.line) > 2 * _END:
            self.line = self.line[:_END] + self.line[-_END:]
        self.in_code = in_code = self._fences.inside_after(self.line)
        opens = self._has_comment or (not in_code and self.line.lstrip().startswith("<!--"))
        self.in_comment = opens and not self._has_end
        self.is_open = in_code or self.in_comment

    def _feed(self, lines: str) -> None:
        """Take whole lines."""
        # Most lines hold no sign, or one kind: that is found in a third of the time of a pattern.
        has_others = "~~~" in lines or "<!--" in lines
        if has_others or "```" in lines or "-->" in lines:
            at = 0
            while (sign := self._next_sign(lines, at, has_others=has_others)) >= 0:
                start = lines.rfind("\n", 0, sign) + 1
                end = lines.find("\n", sign)
                if start > at:
                    self._take(lines[at : start - 1])
                self._take_mark(lines[start : end if end >= 0 else None])
                if end < 0:
                    return
                at = end + 1
            lines = lines[at:]
        self._take(lines)

    def _next_sign(self, lines: str, at: int, *, has_others: bool) -> int:
        """Where what may end code or a comment, or open either, is next; -1: nowhere."""
        if self._has_comment:
            return lines.find("-->", at)
        if not has_others:
            return lines.find("```", at)
        sign = (_FENCE if self._fences.inside else _OPENS).search(lines, at)
        return sign.start() if sign else -1

    def _take(self, lines: str) -> None:
        """Take lines that open and end nothing."""
        if self._fences.inside:
            self._code.append(lines)
        elif not self._has_comment:
            self._lines.append(lines)

    def _take_mark(self, line: str) -> None:
        """Take a line that may open or end something."""
        was_code = self._fences.inside
        if self._has_comment:
            self._has_comment = "-->" not in line
        elif self._fences.feed(line):
            if was_code:
                self._code.append(line)
            else:
                self.fence_indent = indent_of(line)
                self._code, self._brackets = [], Brackets()
                self._lines.append(_APART)
        elif line.lstrip().startswith("<!--"):
            self._has_comment = "-->" not in line
            self._lines.append(_APART)
        else:
            self._lines.append(line)

    @property
    def in_list(self) -> bool:
        """Whether the text is at an item of a list, or goes on in one."""
        if ITEM.match(self.line):
            return True
        return self._is_in_list() and not _ends_list(self.line, self._above)

    def _is_in_list(self) -> bool:
        """Whether an item stands above the line, and no paragraph of its own has ended the list."""
        if not self._lines:
            return self._has_item
        lines = [self._above, *"\n".join(self._lines).split("\n")]
        for number in range(len(lines) - 1, 0, -1):
            line = lines[number]
            if ITEM.match(line):
                self._has_item = True
                break
            if _ends_list(line, lines[number - 1]):
                self._has_item = False
                break
        self._above, self._lines = lines[-1], []
        return self._has_item

    @property
    def brackets(self) -> Brackets:
        """The brackets of the code that the text goes on, above its last line."""
        if self._code:
            self._brackets.feed("\n".join(self._code))
            self._code = []
        return self._brackets


def _ends_list(line: str, above: str) -> bool:
    """Whether a line is a heading, or one below a blank line that is not indented as items are."""
    if not line.strip() or line[0].isspace():
        return False
    return not above.strip() or _HEADING.match(line) is not None


def is_in_tag(text: str) -> bool:
    """Whether a text ends within a tag."""
    at = text.rfind("<", max(0, len(text) - _FAR))
    return at >= 0 and text.find(">", at) < 0 and _TAG_OPENS.match(text, at) is not None


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))
