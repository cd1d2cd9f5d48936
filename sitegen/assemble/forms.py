"""Assemble: forms that splitters give the texts of a whole dataset, and their exact inverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitegen.model import Chunk

TWO_BLANKS = "  \n"
"""What LangChain's splitter at headings writes for a blank line; it strips all other lines.

Inside of code it keeps blank lines, and as no line there ends in blanks, the inverse is exact.
"""

_OFTEN = 0.02  # share of the line ends


def with_blank_lines(groups: Mapping[str, Sequence[Chunk]]) -> dict[str, list[Chunk]]:
    """Give texts whose blank lines are marked so as they were written."""
    return {
        source: [replace(c, text=c.text.replace(TWO_BLANKS, "\n\n")) for c in group]
        for source, group in groups.items()
    }


def marks_blank_lines(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether lines end in two blanks often, and none is indented in all the dataset."""
    marks = ends = 0
    for group in groups.values():
        for chunk in group:
            if "\n " in chunk.text or "\n\t" in chunk.text:
                return False
            ends += chunk.text.count("\n")
            marks += chunk.text.count(TWO_BLANKS)
    return marks > _OFTEN * ends
