"""Lines of verse: where they break and how far in they stand."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        ("| a *b*\n| c", "<p>a <em>b</em><br>\nc</p>", "a *b*\\\nc"),
        ("| a\n|    b\n| c", "&nbsp;&nbsp;&nbsp;b<br>", "\\\n\u00a0\u00a0\u00a0b\\\n"),
        ("| a\n|\n| b", "<p>a<br><br>\nb</p>", "a\\\n\\\nb"),
        ("| a\n  goes on\n| b", "<p>a\ngoes on<br>\nb</p>", "a\ngoes on\\\nb"),
        ("- x\n\n  | a\n  | b", "<p>a<br>\nb</p>", "  a\\\n  b"),
        ("> | a\n> | b", "<p>a<br>\nb</p>", "> a\\\n> b"),
        ("| # a\n| b", "<p># a<br>\nb</p>", "\\# a\\\nb"),
    ],
)
def test_lines_of_verse_break_where_they_are_broken(text: str, html: str, twin: str) -> None:
    made = body(f"Words.\n\n{text}\n\nEnd.\n")
    assert html in made.html.replace("<br>\n<br>", "<br><br>")
    assert twin in made.markdown
    assert "<p>End.</p>" in made.html
    assert not made.diagnostics


@pytest.mark.parametrize("text", ["| a | b |\n| c | d |", "| a", "|a\n|b", "| a\n| b | c", "|\n|"])
def test_rows_of_tables_and_a_line_alone_are_none(text: str) -> None:
    made = body(f"{text}\n")
    assert text in made.html
    assert "<br" not in made.html


def test_where_a_page_is_no_markdown_a_line_alone_is_one_and_texts_are_named_in_it() -> None:
    made = body(".. |x| replace:: *y*\n\n| one |x|\n")
    assert ">one <em>y</em></p>" in made.html
