"""Assemble: where a page stands that grows text by text: in code, in a comment, in a list."""

from __future__ import annotations

from sitegen.assemble.joining.brackets import Brackets
from sitegen.assemble.joining.style import ITEM, Style
from sitegen.scan import FenceScanner
from sitegen.scan.patterns import rare

_FAR = 2_000  # characters in which a tag that is still open has begun
_TAG_OPENS = rare(r"<[A-Za-z/!]")
_FENCE = rare("[`~](?:(?<=`)``|(?<=~)~~)")
_PLAIN_MARK = rare(r"```[^`]*")
_PLAIN_ENDS = frozenset({"\n```", "\n```\n"})
_HEADING = rare(r"#{1,6}[ \t]")
_OPENS = rare("[`~<](?:(?<=`)``|(?<=~)~~|(?<=<)!--)")  # one set of signs is found fastest
_APART = " \0"  # stands for code or a comment among lines: neither an item nor what ends a list
_END = 4_000  # characters at each end of a line that tell what it is


class Place:
    """Where a text that grows piece by piece stands: in code, in a comment, in a tag.

    What few seams ask for is found out when one does, from the lines since then.
    """

    def __init__(self, style: Style) -> None:
        """Begin at the start of a page, whose author writes in this ``style``."""
        self.style = style
        self.fence_indent = 0
        self.line = ""
        """The line that the text goes on, as far as it is there; of a very long one both ends."""
        self.in_code = False
        """Whether what comes on the next line is code."""
        self.in_comment = False
        """Whether what comes on the next line is in a comment."""
        self.is_open = False
        """Whether it is in either."""
        self._fences = FenceScanner()
        self._has_comment = False  # at the end of the lines
        self._left_out = 0  # characters of a very long line
        self._lines: list[str] = []  # neither code nor comments
        self._into = self._lines  # what the next lines belong to
        self._above = ""  # the last line before these
        self._has_item = False  # whether it is in a list
        self._code: list[str] = []
        self._brackets: Brackets | None = None  # of the code before that

    def feed(self, text: str) -> None:
        """Take what is next; a line is looked at when it has ended, and if it may open or end."""
        if self.line:
            text = self.line + text
        end = text.rfind("\n")
        self.line = rest = text[end + 1 :]
        # Most pieces hold no sign, or one kind: that is found in a third of the time of a pattern.
        has_others = ("!" in text and "<!--" in text) or ("~" in text and "~~~" in text)
        if has_others or self._has_comment:
            if end >= 0:
                self._left_out = 0
                self._feed_mixed(text[:end])
            self._look_at_line(rest)
        elif "```" in text:
            if end >= 0:
                self._left_out = 0
                self._feed(text[:end])
            if "```" in rest:
                self._look_at_line(rest)
            else:
                self.is_open = self.in_code = self._fences.inside
                self.in_comment = False
        elif end >= 0:
            self._left_out = 0
            self._into.append(text[:end])
        if len(rest) > 2 * _END:
            self._shorten()

    def _look_at_line(self, line: str) -> None:
        """See where the text stands behind a line that has not ended."""
        self.in_code = in_code = self._fences.inside_after(line)
        opens = self._has_comment or (not in_code and line.lstrip().startswith("<!--"))
        self.in_comment = opens and "-->" not in line
        self.is_open = in_code or self.in_comment

    def _shorten(self) -> None:
        """Take the middle out of a very long line, but for what ends a comment."""
        first, middle, last = self.line[:_END], self.line[_END:-_END], self.line[-_END:]
        end = "-->" if "-->" in first[-2:] + middle + last[:2] else ""
        self.line = first + end + last
        self._left_out += len(middle) - len(end)

    @property
    def length(self) -> int:
        """How many characters of the line are there, without the white space before it."""
        return len(self.line.lstrip()) + self._left_out

    def _feed(self, lines: str) -> None:
        """Take whole lines, some of which hold a fence; no other sign is in them."""
        at = 0
        while (sign := lines.find("```", at)) >= 0:
            start = lines.rfind("\n", 0, sign) + 1
            end = lines.find("\n", sign)
            if start > at:
                self._into.append(lines[at : start - 1])
            mark = lines[start : end if end >= 0 else None]
            if (
                self._into is self._lines
                and end >= 0
                and (closed := _end_of_block(lines, mark, end))
            ):
                self._lines.append(_APART)
                end = closed if closed < len(lines) else -1
            else:
                self._take_mark(mark)
            if end < 0:
                return
            at = end + 1
        self._into.append(lines[at:])

    def _feed_mixed(self, lines: str) -> None:
        """Take whole lines, some of which may hold any sign."""
        at = 0
        while (sign := self._next_sign(lines, at)) >= 0:
            start = lines.rfind("\n", 0, sign) + 1
            end = lines.find("\n", sign)
            if start > at:
                self._into.append(lines[at : start - 1])
            self._take_mark(lines[start : end if end >= 0 else None])
            if end < 0:
                return
            at = end + 1
        self._into.append(lines[at:])

    def _next_sign(self, lines: str, at: int) -> int:
        """Where what may end code or a comment, or open either, is next; -1: nowhere."""
        if self._has_comment:
            return lines.find("-->", at)
        sign = (_FENCE if self._into is self._code else _OPENS).search(lines, at)
        return sign.start() if sign else -1

    def _take_mark(self, line: str) -> None:
        """Take a line that may open or end something."""
        if self._has_comment:
            self._has_comment = "-->" not in line
            self._into = [] if self._has_comment else self._lines
        elif self._fences.feed(line):
            if self._into is self._code:
                self._code.append(line)
            else:
                self.fence_indent = indent_of(line)
                self._code, self._brackets = [], None
                self._lines.append(_APART)
            self._into = self._code if self._fences.inside else self._lines
        elif line.lstrip().startswith("<!--"):
            self._has_comment = "-->" not in line
            self._lines.append(_APART)
            self._into = [] if self._has_comment else self._lines
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
        lines = "\n".join((self._above, *self._lines))
        start = lines.rfind("\n")
        self._above = line = lines[start + 1 :]
        while start >= 0:
            end, start = start, lines.rfind("\n", 0, start)
            above = lines[start + 1 : end]
            if ITEM.match(line):
                self._has_item = True
                break
            if _ends_list(line, above):
                self._has_item = False
                break
            line = above
        self._lines.clear()
        return self._has_item

    @property
    def brackets(self) -> Brackets:
        """The brackets of the code that the text goes on, above its last line."""
        if self._brackets is None:
            self._brackets = Brackets()
        if self._code:
            self._brackets.feed("\n".join(self._code))
            self._code.clear()
        return self._brackets


def _end_of_block(lines: str, mark: str, end: int) -> int:
    """Where the code ends that a mark opens, if it is plain and ends in these lines; else 0."""
    closes = lines.find("```", end)
    if closes < 0 or lines[closes - 1 : closes + 4] not in _PLAIN_ENDS:
        return 0
    return closes + 3 if _PLAIN_MARK.fullmatch(mark) else 0


def _ends_list(line: str, above: str) -> bool:
    """Whether a line is a heading, or one below a blank line that is not indented as items are."""
    if not line.strip() or line[0].isspace():
        return False
    return not above.strip() or _HEADING.match(line) is not None


def is_in_tag(text: str) -> bool:
    """Whether a text ends within a tag."""
    at = text.rfind("<", -_FAR)
    return at >= 0 and text.find(">", at) < 0 and _TAG_OPENS.match(text, at) is not None


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))
