"""The block rule for what MDX runs: imports and exports are none of a reader's business."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from sitegen.errors import Severity
from sitegen.scan.patterns import rare

_IMPORT = rare(r"import\s++(?:(?:[\w$*{},]++\s++)+?from\s++)?(?:'[^']+'|\"[^\"]+\")\s*+;?\s*+")
_LONGEST_IMPORT = 40  # lines
_EXPORT = rare(r"export\s+(?:default\b|(?:const|let|var|function|class)\s+\w).*")


_RUN = re.compile(r"<(script|style)(?=[\s>])", re.IGNORECASE)


def run_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out scripts and styles, from a line that begins with one to that which ends it."""
    opening = _RUN.match(state.src, state.bMarks[start] + state.tShift[start])
    if opening is None or state.level:
        return False
    closing = f"</{opening[1].lower()}>"
    for line in range(start, end):
        text = _line(state, line).rstrip().lower()
        if closing in text:
            if not text.endswith(closing):
                return False
            if not silent:
                _report(state, start, "scripts and styles of a page are left out")
                state.line = line + 1
            return True
    return False


def _report(state: StateBlock, line: int, message: str) -> None:
    """Say once a page what of another tool's language is left out."""
    said = state.env.setdefault("left_out", set())
    if message not in said:
        said.add(message)
        state.env["page"].report("dialect", message, severity=Severity.INFO, line=line)


_COMMENT, _COMMENT_END = "{/*", "*/}"


def mdx_comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a comment that has its lines to itself."""
    if not _line(state, start).startswith(_COMMENT):
        return False
    for line in range(start, end):
        text = _line(state, line).rstrip()
        if _COMMENT_END in text:
            if not text.endswith(_COMMENT_END):
                return False
            if not silent:
                state.line = line + 1
            return True
    return False


def mdx_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out lines of imports, and an export up to the blank line behind it.

    MDX runs exports at the top only; a whole line that imports is one anywhere, but not the words
    of an item or a quote.
    """
    if silent or state.sCount[start] != state.blkIndent:
        return False
    at = state.bMarks[start]
    if state.src[state.src.rfind("\n", 0, at) + 1 : at + state.tShift[start]].strip():
        return False
    line = start
    while behind := _import_end(state, line, end):
        line = behind
    if line < end and not state.level and _EXPORT.fullmatch(_line(state, line)):
        depth = 0  # of brackets: a function may hold blank lines
        while line < end and (depth > 0 or not state.isEmpty(line)):
            depth += sum(sign in "{[(" for sign in _line(state, line))
            depth -= sum(sign in ")]}" for sign in _line(state, line))
            line += 1
    if line == start:
        return False
    _report(state, start, "imports and exports of MDX are not run, and left out")
    state.line = line
    return True


def _import_end(state: StateBlock, start: int, end: int) -> int:
    """The line after an import, which names what it takes on lines of its own; 0: it is none."""
    text = ""
    for line in range(start, min(start + _LONGEST_IMPORT, end)):
        text += _line(state, line) + "\n"
        if not text.startswith("import") or "}" in text or "{" not in text:
            return line + 1 if _IMPORT.fullmatch(text) else 0
    return 0


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
