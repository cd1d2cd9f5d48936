"""Restore, white space: indents Python with prompts and what it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitegen.model import Certainty
from sitegen.restore.whitespace.code.brackets import PRINTED, PYTHON, Brackets
from sitegen.restore.whitespace.code.python import layout_python
from sitegen.restore.whitespace.code.python_depths import worst

_FIRST = ">>>"
_NEXT = "..."
_OPENER = re.compile(r"(?:async )?(?:def|class|if|elif|else|for|while|with|try|except)\b.*:$")


def is_doctest(lines: Sequence[str]) -> bool:
    """Tell whether a line has the first prompt."""
    return any(line.startswith(_FIRST) for line in lines)


def layout_doctest(lines: Sequence[str]) -> tuple[list[str], Certainty | None]:
    """Indent each example for itself; what it prints only where brackets tell how."""
    out: list[str] = []
    certainties: list[Certainty] = []
    loose = any(_goes_on(*pair) for pair in pairwise(lines))
    for is_source, group in _groups(lines, loose=loose):
        if len(group) == 1 and (not is_source or "#" not in group[0]):
            out += group
            continue
        if is_source:
            prompts = [line[:3] for line in group]
            code = [line[3:].strip() for line in group]
            body, certainty = layout_python(code, single=not loose)
            out += [f"{p} {line}".rstrip() for p, line in zip(prompts, body, strict=True)]
        else:
            body, certainty = layout_output(group)
            out += body
        if certainty is not None:
            certainties.append(Certainty.GUESSED if loose else certainty)
    return out, worst(*certainties) if certainties else None


def _goes_on(line: str, following: str) -> bool:
    """Tell of two lines with the first prompt whether the second goes on the statement above.

    Some authors give it to every line of a block.
    """
    return (
        line.startswith(f"{_FIRST} ")
        and following.startswith(f"{_FIRST} ")
        and (bool(_OPENER.match(line, 4)) or following[4:5] in {")", "]", "}"})
    )


def _groups(lines: Sequence[str], *, loose: bool) -> Iterator[tuple[bool, list[str]]]:
    """Yield the lines of one example (of all up to an output when ``loose``), and its output."""
    group: list[str] = []
    source = False
    for line in lines:
        first = line == _FIRST or line.startswith(f"{_FIRST} ")
        follows = source and (line == _NEXT or line.startswith(f"{_NEXT} "))
        if group and not (source and loose and first) and (first or (source and not follows)):
            yield source, group
            group = []
            source = False
        source = source or first
        group.append(line)
    if group:
        yield source, group


def layout_output(lines: Sequence[str]) -> tuple[list[str], Certainty | None]:
    """Align the lines of printed values with what their brackets hold."""
    brackets = Brackets(PRINTED if any(line.startswith('"') for line in lines) else PYTHON)
    out: list[str] = []
    for line in lines:
        column = 0 if brackets.quote else brackets.column(line)
        brackets.feed(line, column)
        out.append(" " * column + line)
    if not brackets.sound or brackets.depth or brackets.quote:
        return list(lines), Certainty.GUESSED if len(lines) > 1 else None
    return out, Certainty.LIKELY if out != list(lines) else None
