"""Block rules about code: fences that never end, and doctests that look like quotes."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock

from sitegen.render.syntax.lines import end_at_cut

_MARKERS = frozenset("`~")
_PROMPT = ">>> "
_OPEN_TAG = re.compile(r"<(?:a|div|iframe|img|span|video)(?=\s)(?:[^<>\n]++|\n[ \t>]*+)*\Z")
_LONGEST_OPEN_TAG = 500
BlockRule = Callable[[StateBlock, int, int, bool], bool]


def watched_fence(stock: BlockRule) -> BlockRule:
    """Report code fences that nothing closes; they go on to the end of what holds them."""

    def fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        if state.src[position : position + 1] not in _MARKERS:
            return False
        if not stock(state, start, end, silent):
            return False
        if not silent and not _is_closed(state, start):
            token = state.tokens[-1]
            end_at_cut(state, token)
            state.env["page"].report(
                "fence-unclosed",
                f"the code fence {token.markup} is never closed",
                help=f"write {token.markup} on a line of its own after the code",
                line=start,
            )
        return True

    return fence


def _is_closed(state: StateBlock, start: int) -> bool:
    last = state.line - 1
    markup = state.tokens[-1].markup
    line = state.src[state.bMarks[last] : state.eMarks[last]].strip()
    return last > start and len(line) >= len(markup) and not line.strip(markup[0])


def quotes(stock: BlockRule) -> BlockRule:
    """Tell quotes from two other things that a ``>`` may begin.

    Behind a tag begun on a line above it is the tag's end, and ``>>>`` is a doctest.
    """

    def blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        if state.src[position : position + 1] != ">":
            return False
        if state.src.startswith(_PROMPT, position, state.eMarks[start]):
            return silent or _bare_doctest(state, start, end)
        if silent and start:
            last = state.eMarks[start - 1] + 1
            if _OPEN_TAG.search(state.src, max(0, last - _LONGEST_OPEN_TAG), last):
                return False
        return stock(state, start, end, silent)

    return blockquote


def _bare_doctest(state: StateBlock, start: int, end: int) -> bool:
    """Take a doctest outside a fence as code: CommonMark reads it as three quotes."""
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if state.src.startswith(("```", "~~~"), state.bMarks[line] + state.tShift[line]):
            break
        line += 1
    token = state.push("fence", "code", 0)
    token.info, token.markup = "python", "```"
    token.content = state.getLines(start, line, state.sCount[start], True)
    token.map = [start, line]
    state.line = line
    end_at_cut(state, token)
    state.env["page"].report(
        "doctest-unfenced",
        "a doctest outside a code fence is shown as code",
        help="write ```python above it and ``` below it",
        line=start,
    )
    return True
