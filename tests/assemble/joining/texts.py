"""Texts of a page, joined as a splitter of some habits has cut them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sitegen.assemble.joining.habits import Habits
from sitegen.assemble.joining.join import join_chunks
from sitegen.assemble.outline import headings_above
from sitegen.model import Chunk

BLOCKS = Habits(room=100, usual=100)
"""A splitter that fills 100 characters and cuts at blank lines before it cuts within a block."""
OVERLAPPING = replace(BLOCKS, overlap=30)
REFILLING = replace(BLOCKS, refills=True)
SENTENCE = (
    "The pump moves water from a low place to a high one and does not stop until it is told to."
)


def joined(texts: Sequence[str], habits: Habits = BLOCKS) -> str:
    chunks = [Chunk("a.md", text, "d", row) for row, text in enumerate(texts)]
    return join_chunks(chunks, headings_above(chunks, habits), habits).text


def full(text: str, more: int = 20) -> Habits:
    """A splitter that has room for so many characters more than a text has."""
    return Habits(room=len(text) + more, usual=len(text))
