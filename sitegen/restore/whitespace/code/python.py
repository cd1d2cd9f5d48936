"""Restore, white space: gives flush Python its indentation, proved by the parser."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence

from sitegen.model import Certainty
from sitegen.restore.whitespace.code.brackets import STEP
from sitegen.restore.whitespace.code.python_depths import depths_of, worst
from sitegen.restore.whitespace.code.python_lines import Statement, statements

_HEADING = re.compile(r"[A-Z]\w+:$")
_PROVABLE = 20_000  # characters; longer code is not parsed for proof


def layout_python(
    lines: Sequence[str], *, single: bool = False
) -> tuple[list[str], Certainty | None]:
    """Indent flush Python; ``None`` when nothing had to be given back.

    ``certain`` means that the grammar leaves no other choice. ``single``: the lines are one
    statement, as after a prompt.
    """
    parts, sound = statements(lines)
    depths, certainty = depths_of(parts, floor=1 if single else 0)
    out = [line for part, depth in zip(parts, depths, strict=True) for line in _shift(part, depth)]
    if not sound or certainty is Certainty.GUESSED:
        return out, Certainty.GUESSED
    if any(None in part.columns for part in parts):
        certainty = worst(certainty, Certainty.LIKELY)
    if any(depths):
        return out, certainty if _parses(out) else Certainty.GUESSED
    return out, None if out == list(lines) and certainty is Certainty.CERTAIN else certainty


def _parses(lines: Sequence[str]) -> bool:
    source = "\n".join(lines)
    if len(source) > _PROVABLE:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the author's code deserves is not our report
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _shift(part: Statement, depth: int) -> list[str]:
    """Indent a statement's lines; strings keep theirs, documentation strings are indented."""
    base = depth * STEP
    if part.is_docstring:
        return _documentation(part.lines, base)
    return [
        " " * (0 if column is None else base + column) + line
        for line, column in zip(part.lines, part.columns, strict=True)
    ]


def _documentation(lines: Sequence[str], base: int) -> list[str]:
    """Indent a documentation string, and what stands below a heading such as `Args:` in it."""
    out: list[str] = []
    column = base
    for line in lines:
        headed = bool(_HEADING.match(line))
        if headed or line.startswith(('"""', "'''")):
            column = base
        out.append(" " * column + line)
        column = base + STEP if headed else column
    return out
