"""Restore, white space: indents the continuation lines of brackets, whatever the language."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

STEP = 4
_WIDEST = 160  # columns; deeper nesting is left where it is
_CASE = re.compile(r"case\s[^:]*:")
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Lexis(Struct, frozen=True):
    """What can hide or be a bracket in a language, and how authors indent it.

    The pattern's groups: what opens a string or comment over several lines, a comment to the end
    of the line, a bracket. What matches outside of the groups is a string, or a stray quote.
    """

    pattern: re.Pattern[str]
    telling: re.Pattern[str]
    step: int
    braces_align: bool = True
    ends: tuple[tuple[str, str], ...] = ()


PYTHON = Lexis(
    re.compile(r"""("{3}|'{3})|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(\#.*)|([()\[\]{}])|["']"""),
    re.compile(r"[()\[\]{}\"'#]"),
    step=4,
)
PRINTED = replace(PYTHON, step=2)
_CURLY = re.compile(r"""(`|/\*)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(//.*)|([()\[\]{}])""")
CURLY = Lexis(_CURLY, re.compile(r"[()\[\]{}\"'/`]"), 4, braces_align=False, ends=(("/*", "*/"),))
SCRIPT = replace(CURLY, step=2)


class Open(Struct):
    """An open bracket: where lines inside it begin, and where one that closes it does.

    ``cases``: it holds those of a switch, and what belongs to one stands a step to the right of it.
    """

    bracket: str
    inside: int
    outside: int
    cases: bool = False


class Brackets(Struct):
    """Follows brackets and strings over lines, and says where each line begins.

    Columns count from where the statement begins. A bracket that ends its line indents the lines
    inside by a step; one with text after it aligns them with that text.
    """

    lexis: Lexis = PYTHON
    quote: str = ""  # the triple quote of a string that goes on over lines
    sound: bool = True
    _open: list[Open] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self._open)

    def column(self, line: str) -> int:
        """Give the column of a line that begins inside brackets; 0 outside."""
        if not self._open:
            return 0
        closing = len(line) - len(line.lstrip(")]}"))
        if not closing:
            return self._inside(line)
        return self._open[-min(closing, len(self._open))].outside

    def _inside(self, line: str) -> int:
        """The column of a line inside the last open bracket."""
        opened = self._open[-1]
        if not self.lexis.braces_align and opened.bracket == "{":
            if _CASE.match(line) or (opened.cases and line.startswith("default:")):
                opened.cases = True
            elif opened.cases:
                return opened.inside + self.lexis.step
        return opened.inside

    def feed(self, line: str, column: int) -> int:
        """Take a line that begins at a column; returns where its comment begins, or its end."""
        if not self.quote and not self.lexis.telling.search(line):
            return len(line)
        position, end = 0, len(line)
        spots: list[int] = []
        if self.quote:
            position = self._end_of_string(line, 0)
        while found := self.lexis.pattern.search(line, position):
            position = found.end()
            if found[1]:
                self.quote = dict(self.lexis.ends).get(found[1], found[1])
                position = self._end_of_string(line, position)
            elif found[2]:
                end = found.start()
            elif found[3]:
                self._bracket(found[3], found.start(), spots)
            elif found[0] in {'"', "'"}:
                self.sound = False  # a string without an end: the rest is its text
                break
        self._settle(line[:end].rstrip(), column, spots)
        return end

    def _end_of_string(self, line: str, position: int) -> int:
        end = line.find(self.quote, position)
        while end > 0 and line[end - 1] == "\\":
            end = line.find(self.quote, end + 1)
        if end < 0:
            return len(line)
        end += len(self.quote)
        self.quote = ""
        return end

    def _bracket(self, bracket: str, position: int, spots: list[int]) -> None:
        if bracket in "([{":
            self._open.append(Open(bracket, 0, 0))
            spots.append(position)
        elif not self._open or self._open[-1].bracket != _PAIRS[bracket]:
            self.sound = False
        else:
            self._open.pop()
            if spots:
                spots.pop()

    def _settle(self, code: str, column: int, spots: list[int]) -> None:
        """Give the brackets that a line leaves open their columns."""
        if not spots:
            return
        hangs = spots[-1] == len(code) - 1 or code.endswith("=>")
        for opened, spot in zip(self._open[-len(spots) :], spots, strict=True):
            aligned = not hangs and (self.lexis.braces_align or opened.bracket != "{")
            opened.outside = column
            opened.inside = min(column + (spot + 1 if aligned else self.lexis.step), _WIDEST)
