"""Tables that are drawn in lines."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        (
            "+---+------+\n| A | B    |\n+===+======+\n| 1 | - x  |\n| 2 | - y  |\n+---+------+\n",
            "| A | B |\n| --- | --- |\n| 1 2 | - x<br>- y |",
        ),
        (
            "+-----+\n| one |\n|     |\n| two |\n+-----+\n",
            "| one<br>two |\n| --- |",
        ),
        (
            "===  =====\nA    B\n===  =====\n1    2 goes on\n     below\n*x*\n===  =====\n",
            "| A | B |\n| --- | --- |\n| 1 | 2 goes on below |\n| *x* |  |",
        ),
        ("+------+\n| 中文 |\n| ｂ   |\n+------+\n", "| 中文 ｂ |\n| --- |"),
        ("+----+\n| 中文 |\n+----+\n", "| 中文 |\n| --- |"),
        ("==== ==\n中文 b\n文   c\n==== ==\n", "| 中文 | b |\n| --- | --- |\n| 文 | c |"),
        ("=== ===\n1   2\n3\n=== ===\n", "| 1 | 2 |\n| --- | --- |\n| 3 |  |"),
    ],
)
def test_a_table_that_is_drawn_is_one(text: str, twin: str) -> None:
    made = body(f"Before.\n\n{text}\nAfter.\n")
    assert "<table" in made.html
    assert made.markdown == f"Before.\n\n{twin}\n\nAfter.\n"
    assert not made.diagnostics


def test_a_table_below_an_item_is_part_of_it() -> None:
    made = body("- x\n\n  +---+---+\n  | a | b |\n  +---+---+\n\n  y\n")
    assert made.markdown == "- x\n\n  | a | b |\n  | --- | --- |\n\n  y\n"


@pytest.mark.parametrize(
    "text",
    [
        "+---+---+\n| a | b |\n+---+---+\n| both  |\n+---+---+\n",
        "+---+---+\n| a | b |\n|   +---+\n|   | c |\n+---+---+\n",
        "=== ===\na   b\n--- ---\n1   2\n=== ===\n",
        "=== ===\nover both\n=== ===\n1   2\n=== ===\n",
    ],
)
def test_cells_that_span_others_are_shown_as_they_are_drawn_and_reported(text: str) -> None:
    made = body(text)
    assert made.markdown == f"```text\n{text}```\n"
    assert [each.code for each in made.diagnostics] == ["dialect"]


def test_a_drawing_that_goes_on_below_is_no_table() -> None:
    drawing = "+---+\n| a |\n+---+\n  |\n  v\n+---+\n| b |\n+---+\n"
    assert "<table" not in body(drawing).html


@pytest.mark.parametrize(
    "text", ["=== ===\n", "+---+\n", "+---+\n+===+\n+---+\n", "=== ===\na\n\nb\n", "+ a\n", "+--\n"]
)
def test_lines_that_draw_no_table_are_none(text: str) -> None:
    assert "<table" not in (html := body(text).html)
    assert html


@pytest.mark.parametrize(
    "text", ["=== ===\na\n", "=== ===\na\n=== ===\n\n", "+--+\n| a\n", "+--+--+\n"]
)
def test_many_borders_take_time_as_their_number(text: str) -> None:
    assert body(text * 5_000).html
