"""Assemble: where a page stands that grows text by text: in code, in a comment, in a list."""

from __future__ import annotations

import re
from string import ascii_letters

from sitegen.assemble.style import ITEM, Style
from sitegen.scan import FenceScanner

_TAG_OPENS = re.compile(r"<[A-Za-z/!][^<>]*\Z")
_MAY_OPEN = frozenset("`~><-*+0123456789")  # what a fence, a comment or an item begins with
_LETTERS = frozenset(ascii_letters)
_FAR = 2_000  # characters in which a tag that is still open has begun


class Place:
    """Where a text that grows piece by piece stands: in code, in a comment, in a tag."""

    def __init__(self, style: Style) -> None:
        """Begin at the start of a page, whose author writes in this ``style``."""
        self.style = style
        self._fences = FenceScanner()
        self._in_comment = False
        self._is_code = False
        self._line = ""
        self._before = ""
        self._item = ""
        self._code: list[str] = []
        self.fence_indent = 0
        self.in_code = False
        """Whether what comes on the next line is code."""

    def feed(self, text: str) -> None:
        """Take the next piece; a line is looked at when it has ended."""
        *lines, rest = text.split("\n")
        if lines:
            lines[0] = self._line + lines[0]
            self._line = ""
        self._line += rest
        for line in lines:  # a call for each of them would take as long again
            if self._is_code and "```" not in line and "~~~" not in line:
                self._code.append(line)
            elif (
                self._in_comment
                or self._is_code
                or (line[:1] not in _LETTERS and line.lstrip()[:1] in _MAY_OPEN)
            ):
                self._take_mark(line)
                self._is_code = self._fences.inside
            elif self._item and line[:1] != " " and line.strip() and not self._before.strip():
                self._item = ""  # a paragraph of its own ends the list
            self._before = line
        self.in_code = self._fences.inside_after(self._line)

    def _take_mark(self, line: str) -> None:
        """Take a line that opens something, may do so, or goes on what is open."""
        was_code = self._fences.inside
        if self._in_comment:
            self._in_comment = "-->" not in line
        elif (was_code or "```" in line or "~~~" in line) and self._fences.feed(line):
            if was_code:
                self._code.append(line)
            else:
                self.fence_indent, self._code = indent_of(line), []
        elif line.lstrip().startswith("<!--"):
            self._in_comment = "-->" not in line
        elif ITEM.match(line):
            self._item = line
        elif line.strip() and not line.startswith(" ") and not self._before.strip():
            self._item = ""

    @property
    def line(self) -> str:
        """The line that the text goes on, as far as it is there."""
        return self._line

    @property
    def is_open(self) -> bool:
        """Whether what comes on the next line is in code or in a comment."""
        return self.in_code or self.in_comment

    @property
    def in_list(self) -> bool:
        """Whether the text is at an item of a list, or goes on in one."""
        return bool(self._item) or ITEM.match(self._line) is not None

    @property
    def code(self) -> str:
        """The code that the text goes on, from its fence."""
        return "\n".join((*self._code, self._line))

    @property
    def in_comment(self) -> bool:
        """Whether what comes on the next line is in a comment."""
        if self._in_comment:
            return "-->" not in self._line
        opens = self._line.lstrip().startswith("<!--") and not self.in_code
        return opens and "-->" not in self._line


def is_in_tag(text: str) -> bool:
    """Whether a text ends within a tag."""
    return _TAG_OPENS.search(text[-_FAR:]) is not None


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))
