"""Assemble: where a page stands that grows text by text: in code, in a comment, in a list."""

from __future__ import annotations

import re
from collections import Counter

from sitegen.scan import FenceScanner

ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+\S")
_TAG_OPENS = re.compile(r"<[A-Za-z/!][^<>]*\Z")
_FAR = 2_000  # characters in which a tag that is still open has begun


class Place:
    """Where a text that grows piece by piece stands: in code, in a comment, in a tag."""

    def __init__(self) -> None:
        """Begin at the start of a page."""
        self._fences = FenceScanner()
        self._in_comment = False
        self._line = ""
        self._before = ""
        self._item = ""
        self._lists: Counter[tuple[bool, bool]] = Counter()  # by ordered, loose
        self.fence_indent = 0

    def feed(self, text: str) -> None:
        """Take the next piece; a line is looked at when it has ended."""
        *lines, rest = text.split("\n")
        for line in lines:
            self._take(self._line + line)
            self._line = ""
        self._line += rest

    def _take(self, line: str) -> None:
        was_code = self._fences.inside
        if self._in_comment:
            self._in_comment = "-->" not in line
        elif self._fences.feed(line):
            self.fence_indent = self.fence_indent if was_code else indent_of(line)
        elif line.lstrip().startswith("<!--"):
            self._in_comment = "-->" not in line
        elif item := ITEM.match(line):
            kind = item[2][-1] in ".)"
            if self._item:
                self._lists[kind, not self._before.strip()] += 1
            self._item = line
        elif line.strip() and not line.startswith(" ") and not self._before.strip():
            self._item = ""  # a paragraph of its own ends the list
        self._before = line

    @property
    def is_open(self) -> bool:
        """Whether what comes on the next line is in code or in a comment."""
        return self.in_code or self.in_comment

    def is_loose(self, marker: str) -> bool:
        """Whether blank lines stand between the items of lists with such a marker on this page."""
        kind = marker[-1] in ".)"
        return self._lists[kind, True] > self._lists[kind, False]

    @property
    def in_list(self) -> bool:
        """Whether the text is at an item of a list, or goes on in one."""
        return bool(self._item) or ITEM.match(self._line) is not None

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


def is_in_tag(text: str) -> bool:
    """Whether a text ends within a tag."""
    return _TAG_OPENS.search(text[-_FAR:]) is not None


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))
