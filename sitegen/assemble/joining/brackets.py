"""Assemble: how deep the next line of code stands, told by the brackets that are open above it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from sitegen.scan.patterns import rare

_OPENS, _CLOSES = "([{", ")]}"
# All that leaves open what was open, up to the next sign that may not: a string, what is opened and
# closed at once, as most is, and what is none of these. A quote behind a backslash opens nothing:
# were each of a string that never ends tried, they would take time in proportion to their square.
# Each repeat takes memory, so that there are not more of them at once than that.
_MOST = 999
_NO_MATTER = rare(
    r"""(?:[^"'()\[\]{}]++|"(?<!\\")[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|"""
    r"""'(?<!\\')[^'\\\n]*+(?:\\.[^'\\\n]*+)*'|[(\[{][^"'()\[\]{}\n]*+[)\]}])"""
    rf"{{1,{_MOST}}}"
)
_INDENT = rare(r" *(?=\S)")
_STEP = 4  # columns
_FAR = 4_000  # characters in which a bracket that is still open was opened


class _Open(Struct, frozen=True, gc=False):
    """A bracket that is open: where it stands in lines of code, and the last indent just inside."""

    above: int  # characters of code above the lines
    lines: str
    at: int
    inside: int | None = None

    def indent_of(self, first: str) -> int:
        """The indent of a line that begins so just inside, or closes the bracket."""
        start = self.lines.rfind("\n", 0, self.at) + 1
        column = self.at - start
        indent = column - len(self.lines[start : self.at].lstrip(" "))
        end = self.lines.find("\n", self.at)
        rest = self.lines[self.at + 1 : end if end >= 0 else None].strip()
        is_last = not rest or rest.startswith(("//", "# "))
        if first[:1] in _CLOSES:
            return indent if is_last else column
        if self.inside is not None:
            return self.inside
        return indent + _STEP if is_last else column + 1


class Brackets:
    """The brackets that are open in code which grows by whole lines."""

    def __init__(self) -> None:
        """Begin with none."""
        self._opened: list[_Open] = []
        self._length = 0

    def feed(self, lines: str) -> None:
        """Take the next lines."""
        _follow(self._opened, lines, self._length)
        self._length += len(lines) + 1

    def are_open(self, line: str) -> bool:
        """Whether one is open behind a last line."""
        return self._last(line) is not None

    def indent_below(self, line: str, first: str) -> int | None:
        """The indent of the ``first`` line below another one; ``None`` where no bracket is open.

        A line stands as the one before it in the same brackets, else behind the bracket, or a step
        deeper than its line where nothing follows the bracket. What closes stands as what it
        closes.
        """
        last = self._last(line)
        return last.indent_of(first) if last else None

    def _last(self, line: str) -> _Open | None:
        is_long = len(line) >= _FAR
        opened = [] if is_long else self._opened[-len(line) - 1 :]  # no line closes more
        _follow(opened, line[-_FAR:], self._length + max(0, len(line) - _FAR))
        is_far = opened and self._length + len(line) - opened[-1].above - opened[-1].at > _FAR
        return opened[-1] if opened and not is_far else None


def _follow(opened: list[_Open], lines: str, above: int) -> None:
    """Open and close brackets as the next lines do."""
    if not opened and "(" not in lines and "[" not in lines and "{" not in lines:
        return
    lines = f"\n{lines}"
    since = 0  # where the innermost bracket became that
    at = _end_of_no_matter(lines, 0)
    while at < len(lines):
        if lines[at] in _OPENS:
            if opened:
                _see_inside(opened, lines, since, at)
            opened.append(_Open(above, lines, at))
            since = at + 1
        elif lines[at] in _CLOSES:
            del opened[-1:]
            since = at + 1
        at = _end_of_no_matter(lines, at + 1)
    if opened:
        _see_inside(opened, lines, since, at)


def _end_of_no_matter(lines: str, at: int) -> int:
    while found := _NO_MATTER.match(lines, at):
        start, at = at, found.end()
        if at - start < _MOST:  # one match takes no fewer
            break
    return at


def _see_inside(opened: list[_Open], lines: str, since: int, end: int) -> None:
    """Note the indent of the last line that begins in the innermost bracket, if one does."""
    while (end := lines.rfind("\n", since, end)) >= 0:
        if word := _INDENT.match(lines, end + 1):
            opened[-1] = replace(opened[-1], inside=word.end() - end - 1)
            return
