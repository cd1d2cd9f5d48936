"""The block rule for what MDX runs: imports and exports are none of a reader's business."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from sitegen.errors import Severity

_IMPORT = re.compile(r"import\s+(?:[\w$*{}\s,]+?\s+from\s+)?(?:'[^']+'|\"[^\"]+\")\s*;?\s*")
_EXPORT = re.compile(r"export\s+(?:default\b|(?:const|let|var|function|class)\s+\w).*")


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
    """Leave out lines of imports, and an export up to the next blank line."""
    if silent or state.sCount[start] != state.blkIndent or state.level:
        return False
    line = start
    while line < end and _IMPORT.fullmatch(_line(state, line)):
        line += 1
    if line < end and _EXPORT.fullmatch(_line(state, line)):
        while line < end and not state.isEmpty(line):
            line += 1
    if line == start:
        return False
    if not state.env.get("mdx"):
        state.env["mdx"] = True
        message = "imports and exports of MDX are not run, and left out"
        state.env["page"].report("dialect", message, severity=Severity.INFO, line=start)
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
