"""The state of a block parser, made of a whole text at once."""

from __future__ import annotations

from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType


def block_state(src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> StateBlock:
    """What `StateBlock` makes of a text; it looks for the marks of lines sign by sign."""
    state = StateBlock("", md, env, tokens)
    lines = src.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()  # blanks behind the last end of a line are none
    begins = list(accumulate((len(line) + 1 for line in lines), initial=0))
    shifts = [len(line) - len(line.lstrip(" \t")) for line in lines]
    counts = shifts
    if "\t" in src:
        indents = (line[:shift] for line, shift in zip(lines, shifts, strict=True))
        counts = [len(indent.expandtabs(4)) for indent in indents]
    state.src, state.lineMax = src, len(lines)
    # Behind the last line is one more.
    state.bMarks = [*begins[:-1], len(src)]
    state.eMarks = [*(begin - 1 for begin in begins[1:]), len(src)]
    state.tShift, state.sCount = [*shifts, 0], [*counts, 0]
    state.bsCount = [0] * (len(lines) + 1)
    return state
