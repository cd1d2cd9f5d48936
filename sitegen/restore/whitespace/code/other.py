"""Restore, white space: indents JSON, languages with braces, templates and shell commands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from sitegen.model import Certainty
from sitegen.restore.whitespace.code.brackets import CURLY, SCRIPT, Brackets
from sitegen.restore.whitespace.code.elements import Elements, has_elements

Laid = tuple[list[str], Certainty | None]

_STEP = 4
# What begins or ends a line of a statement that goes on: calls of what is above, and operators.
_GOES_BACK = re.compile(r"\??\.[A-Za-z_]|(?:[?:|&]|\|\||&&|\?\?) ")
_CONDITION = re.compile(  # without braces
    r"(?:\} ?)?(?:(?:else ?)?(?:if|for|while) ?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|else)$"
)
_UNFINISHED = re.compile(r"(?:\S ?=>|[^=!<>]=|\s(?:\+|&&|\|\||\?\?))$")
_DEEPEST = 30  # blocks
_TAG = re.compile(r"\{%-?\s*(\w+)")
_OPENS = frozenset({"for", "if", "macro", "block", "call", "filter"})
_BETWEEN = frozenset({"else", "elif"})
_SHELL_OPENS = re.compile(r"(?:.*;\s*)?(?:then|do)$|.*\)\s*\{$|else$")
_SHELL_CLOSES = re.compile(r"(?:fi|done|else|elif|\})(?![\w-])")


def is_json(lines: Sequence[str]) -> bool:
    """Tell whether lines are one JSON object or array."""
    if not lines or lines[0][:1] not in {"{", "["}:
        return False
    try:
        json.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return False
    return True


def layout_json(lines: Sequence[str]) -> Laid:
    """Indent JSON by its nesting: certain when it parses, as blanks have no meaning in it."""
    out, certainty = _by_brackets(lines, Brackets(SCRIPT))
    return out, certainty and (Certainty.CERTAIN if is_json(lines) else Certainty.LIKELY)


def layout_script(lines: Sequence[str]) -> Laid:
    """Indent JavaScript and its kin, by two; with elements in it where their tags are in order."""
    if any(map(has_elements, lines)):
        laid = _by_brackets(lines, Elements(SCRIPT), goes_on=True)
        if laid[1] is not Certainty.GUESSED:
            return laid
    return _by_brackets(lines, Brackets(SCRIPT), goes_on=True)


def layout_blocks(lines: Sequence[str]) -> Laid:
    """Indent CSS, GraphQL and other languages of blocks, by two: no line goes on the one before."""
    return _by_brackets(lines, Brackets(SCRIPT))


def layout_markup(lines: Sequence[str]) -> Laid:
    """Indent HTML and its kin by their tags, by two."""
    return _by_brackets(lines, Elements(SCRIPT, is_markup=True))


def layout_curly(lines: Sequence[str]) -> Laid:
    """Indent C and its kin, by four."""
    return _by_brackets(lines, Brackets(CURLY), goes_on=True)


def _by_brackets(lines: Sequence[str], brackets: Brackets, *, goes_on: bool = False) -> Laid:
    """Indent lines by their brackets; ``goes_on``: and a statement's further lines by a step."""
    out: list[str] = []
    unfinished = False
    for line in lines:
        column = 0 if brackets.quote == "`" else brackets.column(line)
        if brackets.quote == "*/" and line.startswith("*"):
            column += 1  # the stars of a comment stand below its first
        elif goes_on and not brackets.quote and (unfinished or _GOES_BACK.match(line)):
            column += brackets.lexis.step
        end = brackets.feed(line, column)
        code = line[:end].rstrip()
        unfinished = bool(_UNFINISHED.search(code) or _CONDITION.match(code))
        out.append(" " * column + line)
    if not brackets.sound or brackets.depth or brackets.quote:
        return list(lines), Certainty.GUESSED
    return out, Certainty.LIKELY if out != list(lines) else None


def layout_template(lines: Sequence[str]) -> Laid:
    """Indent a Jinja template by its blocks."""
    out: list[str] = []
    depth = 0
    for line in lines:
        words = _TAG.findall(line)
        first = _TAG.match(line)
        dedent = bool(first) and (words[0] in _BETWEEN or words[0].startswith("end"))
        out.append(" " * _STEP * min(max(depth - dedent, 0), _DEEPEST) + line)
        depth += sum((w in _OPENS) - w.startswith("end") for w in words)
        if depth < 0:
            return list(lines), Certainty.GUESSED
    if depth:
        return list(lines), Certainty.GUESSED
    return out, Certainty.LIKELY if out != list(lines) else None


def layout_shell(lines: Sequence[str]) -> Laid:
    """Indent the lines that go on a command, and what stands in a loop or condition."""
    out: list[str] = []
    depth = 0
    goes_on = False
    for line in lines:
        if _SHELL_CLOSES.match(line):
            depth = max(depth - 1, 0)
        out.append(" " * _STEP * (min(depth, _DEEPEST) + goes_on) + line)
        if _SHELL_OPENS.match(line):
            depth += 1
        goes_on = line.endswith("\\")
    if depth:
        return list(lines), Certainty.GUESSED
    return out, Certainty.LIKELY if out != list(lines) else None
