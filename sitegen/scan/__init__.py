"""Line scanning shared by all that looks at Markdown without parsing it: fences and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sitegen.scan.patterns import rare

DEEPEST = 3
"""Blanks that a line may be moved in and still begin or end a block (CommonMark 0.31.2, 4.5)."""

MARK = 3
"""Signs of a mark: of a fence, a rule, or what is around front matter."""
SPARE = 2
"""Columns by which a line of signs may be longer than the title above."""

UNDERLINES = {"~": 3, "^": 4, '"': 5, "`": 4, "+": 4, "#": 1, ".": 5, "'": 5, "*": 1}
"""What a title may be underlined with besides `=` and `-`: levels that many authors mean."""

BEFORE_BLOCK = r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
"""What may stand on a line before a block: the marks of the quotes and the items that hold it."""

_FENCE = re.compile(r"[ \t>]*(?:[-*+] +|\d+[.)] +)*(`{3,}(?=[^`]*$)|~{3,})")
_ATX = rare(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_HTML = re.compile(r" {0,3}<h([1-6])\b[^>]*>(?:(.*?)</h\1>)?", re.IGNORECASE)
_UNDERLINE = re.compile(r" {0,3}(=|-)\1*[ \t]*")
_FEWEST = {"^": MARK, '"': MARK}  # others may mean something else
_PARAGRAPH = rare(
    r" {0,3}(?![-+*](?:\s|$)|([-*])(?:[ \t]*\1){2,}[ \t]*$|[>|#<\s]|[0-9]+[.)] |`{3}|~{3})"
)
_TALLEST = 30  # lines of a heading
_ENDED = rare(r"#{1,6}[ \t]|\.\.[ \t]|\([^()]+\)=$")  # headings, directives and labels


class FenceScanner:
    """Tells for one line after another whether it belongs to a code fence (CommonMark 4.5)."""

    def __init__(self) -> None:
        """Start outside any fence."""
        self.inside = False
        """Whether the line fed last leaves a fence open."""
        self._open = ""
        self._column = 0

    def inside_after(self, line: str) -> bool:
        """Whether a fence would be open after a line that is not fed yet."""
        if "```" not in line and "~~~" not in line:
            return self.inside
        ahead = FenceScanner()
        ahead.inside, ahead._open, ahead._column = self.inside, self._open, self._column
        ahead.feed(line)
        return ahead.inside

    def feed(self, line: str) -> bool:
        """Take the next line; true when it is a fence marker or code."""
        if not self.inside:
            if "```" not in line and "~~~" not in line:
                return False
            if match := _FENCE.match(line):
                start = match.start(1)
                self._open, self._column = match[1], column(line, start) if start else 0
                self.inside = True
            return match is not None
        if line == self._open:  # as nearly all end
            self.inside = False
            return True
        marker = line.strip(" \t>")
        if (
            marker[:3] == self._open[:3]
            and len(marker) >= len(self._open)
            and not marker.strip(self._open[0])
            and column(line, line.index(marker)) - self._column <= DEEPEST
        ):
            self.inside = False
        return True


def column(line: str, position: int) -> int:
    """Return the column at which a position of a line stands, tabs counted as four."""
    return len(line[:position].expandtabs(4))


def atx_headings(lines: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield line number (from 0), level and raw text of each ATX heading outside code."""
    for number, line in visible_lines(lines):
        if line.lstrip(" ").startswith("#") and (match := _ATX.match(line)):
            yield number, len(match[1]), match[2] or ""


def headings_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield level and raw text of each ATX heading of a text; most texts have few lines of such."""
    lines = [line for line in text.split("\n") if "#" in line] if "#" in text else []
    if not any(map(_ATX.match, lines)):
        return
    if "```" in text or "~~~" in text or "<!--" in text:
        lines = text.split("\n")
    for _, level, words in atx_headings(lines):
        yield level, words


def headings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield as `atx_headings` all headings: those over a line, or between two, and HTML's too."""
    for number, line in visible_lines(lines):
        sign = line.lstrip(" ")[:1]
        if sign in UNDERLINES and number and _is_title(lines, number, sign):
            yield number - 1, UNDERLINES[sign], lines[number - 1].strip()
        elif sign == "#" and (match := _ATX.match(line)):
            yield number, len(match[1]), match[2] or ""
        elif sign == "<" and (match := _HTML.match(line)):
            words = _words_below(lines, number, match) if match[2] is None else match[2]
            yield number, int(match[1]), words
        elif sign in {"=", "-"} and number and (match := _UNDERLINE.fullmatch(line)):
            above = lines[number - 2].strip() if number > 1 else ""
            is_between = len(above) > MARK and above == line.strip()
            if (not above or is_between) and _PARAGRAPH.match(lines[number - 1]):
                yield number - 1, 1 if match[1] == "=" else 2, lines[number - 1].strip()


def _words_below(lines: Sequence[str], number: int, opened: re.Match[str]) -> str:
    """What a heading of HTML says that is closed on a line below; empty where none closes it."""
    words = [lines[number][opened.end() :]]
    for line in islice(lines, number + 1, number + _TALLEST):
        before, tag, _ = line.partition(f"</h{opened[1]}>")
        words.append(before.strip())
        if tag:
            return " ".join(words).strip()
        if not line.strip():
            break
    return ""


def _is_title(lines: Sequence[str], number: int, sign: str) -> bool:
    """Whether a line of signs underlines a title; some do so only where the same is over it."""
    line = lines[number].strip()
    if line[1:2] != sign or line.strip(sign) or not _PARAGRAPH.match(lines[number - 1]):
        return False
    if number > 1 and len(line) > MARK and lines[number - 2].strip() == line:
        return _is_free_below(lines, number) and len(lines[number - 1].strip()) <= len(line)
    above = lines[number - 2].strip() if number > 1 else ""
    is_in_text = above and not _ENDED.match(above)
    return sign != "*" and not is_in_text and _is_underline(lines, number)


def unfenced(lines: Sequence[str]) -> list[str]:
    """Lines; tildes and backticks that underline a title, and begin no code, are other signs."""
    return [
        "^" * len(line) if line[:1] in {"`", "~"} and _is_underline(lines, number) else line
        for number, line in enumerate(lines)
    ]


def _is_underline(lines: Sequence[str], number: int) -> bool:
    line = lines[number].rstrip()
    title = lines[number - 1].strip() if number else ""
    is_line = len(line) >= _FEWEST.get(line[:1], MARK + 1) and not line.strip(line[0])
    fits = 0 < len(title) <= len(line) <= len(title) + SPARE
    return is_line and fits and _is_free_below(lines, number)


def _is_free_below(lines: Sequence[str], number: int) -> bool:
    return number + 1 == len(lines) or not lines[number + 1].strip()


def visible_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield number (from 0) and text of each line outside code fences and comments."""
    fences = FenceScanner()
    in_comment = False
    for number, line in enumerate(lines):
        if in_comment:
            in_comment = "-->" not in line
        elif not fences.feed(line):
            if line.lstrip().startswith("<!--"):
                in_comment = "-->" not in line
            else:
                yield number, line
