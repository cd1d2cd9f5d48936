"""The state of a block parser, made of a whole text at once."""

from __future__ import annotations

from itertools import accumulate, count, repeat
from operator import add, sub

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
    lengths = [*map(len, lines)]
    ends = list(map(add, accumulate(lengths), count()))
    shifts = list(map(sub, lengths, map(len, map(str.lstrip, lines, repeat(" \t")))))
    counts = shifts
    if "\t" in src:
        indents = (line[:shift] for line, shift in zip(lines, shifts, strict=True))
        counts = [len(indent.expandtabs(4)) for indent in indents]
    state.src, state.lineMax = src, len(lines)
    # Behind the last line is one more.
    state.bMarks = [*[0, *[end + 1 for end in ends]][: len(lines)], len(src)]
    state.eMarks = [*ends, len(src)]
    state.tShift, state.sCount = [*shifts, 0], [*counts, 0]
    state.bsCount = [0] * (len(lines) + 1)
    return state
