"""Assemble: forms that splitters give the texts of a whole dataset, and their exact inverse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitegen.model import Chunk

TWO_BLANKS = "  \n"
"""What LangChain's splitter at headings writes for a blank line; it strips all other lines.

Inside of code it keeps blank lines, and as no line there ends in blanks, the inverse is exact.
"""

_OFTEN = 0.02  # share of the line ends
_NO_BREAK = re.compile(r"(?<=[.!?:])  \n|  \n(?=#{1,6} |[-*+] |\d+[.)] |```|~~~|>|\|)")
"""Where two blanks hardly break a line: below a sentence that has ended, and above a block."""


def with_blank_lines(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Give texts whose blank lines are marked so as they were written."""
    return [replace(c, text=c.text.replace(TWO_BLANKS, "\n\n")) for c in group]


def marks_blank_lines(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether lines end in two blanks often, more often than in blank lines, and none is indented.

    In the middle of sentences alone they are what Markdown has them for, breaks of a line.
    """
    marks = ends = blank = 0
    is_no_break = False
    for group in groups.values():
        for chunk in group:
            if "\n " in chunk.text or "\n\t" in chunk.text:
                return False
            ends += chunk.text.count("\n")
            marks += chunk.text.count(TWO_BLANKS)
            blank += 0 if "```" in chunk.text else chunk.text.count("\n\n")
            is_no_break = is_no_break or _NO_BREAK.search(chunk.text) is not None
    return is_no_break and marks > blank and marks > _OFTEN * ends
