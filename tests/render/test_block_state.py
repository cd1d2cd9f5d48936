"""The state of a block parser, made at once, has the marks that markdown-it finds by the sign."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from sitegen.render.block_state import block_state

MARKS = ("src", "bMarks", "eMarks", "tShift", "sCount", "bsCount", "line", "lineMax")
PIECES = st.sampled_from(
    ["\n", "\n\n", " ", "   ", "\t", " \t ", "a", "é b", "\u3000", "\r", "\x0c"]
)


@given(st.lists(PIECES, min_size=1, max_size=20).map("".join))
@example("\n")
@example("a\n \t")
@example(" \ta\n\t\tb")
def test_the_lines_of_a_text_have_the_marks_that_markdown_it_finds(text: str) -> None:
    md = MarkdownIt()
    ours, stock = block_state(text, md, {}, []), StateBlock(text, md, {}, [])
    assert {name: getattr(ours, name) for name in MARKS} == {
        name: getattr(stock, name) for name in MARKS
    }
