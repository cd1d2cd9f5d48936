"""Restore, white space: indents the elements that stand in scripts (JSX) by their tags."""

from __future__ import annotations

import re

from sitegen.restore.whitespace.code.brackets import SCRIPT, Brackets, Open

_ELEMENT = "<"  # open, its children follow
_TAG = "<name"  # a tag whose attributes go on
_VOID = "<br"  # one of an element without children
_TAGS = frozenset({_ELEMENT, _TAG, _VOID})
_IN_CHILDREN = re.compile(r"(</[\w.:-]*\s*>)|(<)(?=[A-Za-z_>])|(\{)")
_WITHOUT_CHILDREN = re.compile(
    r"<(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)(?![\w.:-])", re.IGNORECASE
)
_IN_TAG = re.compile(r"\"[^\"]*\"|'[^']*'|(/>)|(>)|(\{)")
_IN_SCRIPT = re.compile(rf"{SCRIPT.pattern.pattern}|(<)(?=[A-Za-z_>])")
# What stands before an element: behind a name, < is a comparison or begins the name's types.
_BEFORE = re.compile(r"(?:[(,=?:&|>{\[;}]|\breturn|\bdefault|^)$")
_NEAR = 12  # characters that say so


def _may_begin(line: str, position: int) -> bool:
    """Whether what stands before a sign lets it begin an element."""
    return _BEFORE.search(line[max(position - _NEAR, 0) : position].rstrip()) is not None


def has_elements(line: str) -> bool:
    """Whether a line of a script ends an element."""
    return "</" in line or "/>" in line


class Elements(Brackets):
    """Follows tags as well as the brackets around and inside of them.

    An element's children stand a step to the right of it, and so do attributes on lines of their
    own; what ends it stands below its beginning. In ``is_markup`` all is in an element.
    """

    is_markup: bool = False

    def column(self, line: str) -> int:
        """As `Brackets.column`; what ends an element or its tag stands where that began."""
        top = self._open[-1] if self._open else None
        if top is not None and top.bracket in _TAGS:
            ends = "</" if top.bracket == _ELEMENT else (">", "/>")
            return top.outside if line.startswith(ends) else top.inside
        return super().column(line)

    def feed(self, line: str, column: int) -> int:
        """As `Brackets.feed`."""
        position, end = 0, len(line)
        spots: list[int] = []
        while position < end and self.sound:
            inside = self._open[-1].bracket if self._open else ""
            if self.quote:
                position = self._end_of_string(line, position)
            elif inside == _ELEMENT or (self.is_markup and not inside):
                position = self._child(line, position, spots)
            elif inside in _TAGS:
                position = self._attribute(line, position, spots)
            else:
                position, end = self._code(line, position, end, spots)
        self._settle(line[:end].rstrip(), column, spots)
        return end

    def _child(self, line: str, position: int, spots: list[int]) -> int:
        """Take a child of an element up to where something begins or it ends."""
        found = _IN_CHILDREN.search(line, position)
        if found is None:
            return len(line)
        if found[1]:
            self._leave(spots)
        elif found[3]:
            self._enter("{", found.start(), spots)
        else:
            is_void = self.is_markup and _WITHOUT_CHILDREN.match(line, found.start())
            self._enter(_VOID if is_void else _TAG, found.start(), spots)
        return found.end()

    def _attribute(self, line: str, position: int, spots: list[int]) -> int:
        """Take a tag up to a value in braces or to its end."""
        found = _IN_TAG.search(line, position)
        if found is None:
            return len(line)
        if found[1] or (found[2] and self._open[-1].bracket == _VOID):
            self._leave(spots)
        elif found[2]:
            self._open[-1].bracket = _ELEMENT
        elif found[3]:
            self._enter("{", found.start(), spots)
        return found.end()

    def _code(self, line: str, position: int, end: int, spots: list[int]) -> tuple[int, int]:
        """Take code up to a bracket, a string or an element, and say where the code ends."""
        found = _IN_SCRIPT.search(line, position)
        if found is None:
            return end, end
        if found[1]:
            self.quote = dict(self.lexis.ends).get(found[1], found[1])
        elif found[2]:
            return found.start(), found.start()
        elif found[3]:
            self._bracket(found[3], found.start(), spots)
        elif found[4] and _may_begin(line, found.start()):
            self._enter(_TAG, found.start(), spots)
        return found.end(), end

    def _enter(self, bracket: str, position: int, spots: list[int]) -> None:
        self._open.append(Open(bracket, 0, 0))
        spots.append(position)

    def _leave(self, spots: list[int]) -> None:
        if not self._open:
            self.sound = False
            return
        self._open.pop()
        if spots:
            spots.pop()

    def _settle(self, code: str, column: int, spots: list[int]) -> None:
        """Give what a line leaves open its columns: nothing is aligned with an element."""
        here = self._open[len(self._open) - len(spots) :]
        if not any(opened.bracket in _TAGS for opened in here):
            super()._settle(code, column, spots)
            return
        for opened in here:
            opened.outside, opened.inside = column, column + self.lexis.step
