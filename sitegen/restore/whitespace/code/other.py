"""Restore, white space: indents JSON, languages with braces, templates and shell commands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from sitegen.model import Certainty
from sitegen.restore.whitespace.code.brackets import CURLY, SCRIPT, Brackets, Lexis

Laid = tuple[list[str], Certainty | None]

_STEP = 4
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
    out, certainty = _by_brackets(lines, SCRIPT)
    return out, certainty and (Certainty.CERTAIN if is_json(lines) else Certainty.LIKELY)


def layout_script(lines: Sequence[str]) -> Laid:
    """Indent JavaScript and its kin, by two."""
    return _by_brackets(lines, SCRIPT)


def layout_curly(lines: Sequence[str]) -> Laid:
    """Indent C and its kin, by four."""
    return _by_brackets(lines, CURLY)


def _by_brackets(lines: Sequence[str], lexis: Lexis) -> Laid:
    brackets = Brackets(lexis)
    out: list[str] = []
    for line in lines:
        column = 0 if brackets.quote == "`" else brackets.column(line)
        if brackets.quote == "*/" and line.startswith("*"):
            column += 1  # the stars of a comment stand below its first
        brackets.feed(line, column)
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
