"""Assemble: how deep the next line of code stands, told by the brackets that are open above it."""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENS, _CLOSES = "([{", ")]}"
_TOKEN = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[()\[\]{}]|\n(?P<indent> *)(?=\S)")
_STEP = 4  # columns
_FAR = 4_000  # characters in which a bracket that is still open was opened


class _Open(NamedTuple):
    """A bracket that is open: where it stands, and the indent of the last line just inside."""

    at: int
    inside: int | None = None


def is_bracketed(code: str) -> bool:
    """Whether a bracket of some code is still open at its end."""
    return bool(_opened(code[-_FAR:]))


def indent_in_brackets(code: str, first: str) -> int | None:
    """The indent of a line ``first`` below some code; ``None`` where no bracket is open.

    A line stands as the one before it in the same brackets, else behind the bracket, or a step
    deeper than its line where nothing follows the bracket. What closes stands as what it closes.
    """
    code = code[-_FAR:]
    opened = _opened(code)
    if not opened:
        return None
    at, inside = opened[-1]
    start = code.rfind("\n", 0, at) + 1
    indent = at - start - len(code[start:at].lstrip(" "))
    is_last = not code[at + 1 :].partition("\n")[0].strip()
    if first[:1] in _CLOSES:
        return indent if is_last else at - start
    if inside is not None:
        return inside
    return indent + _STEP if is_last else at - start + 1


def _opened(code: str) -> list[_Open]:
    """The brackets that are open at the end of some code, outermost first."""
    opened: list[_Open] = []
    for token in _TOKEN.finditer(code):
        if token[0] in _OPENS:
            opened.append(_Open(token.start()))
        elif token[0] in _CLOSES:
            del opened[-1:]
        elif token["indent"] is not None and opened:
            opened[-1] = opened[-1]._replace(inside=len(token["indent"]))
    return opened
