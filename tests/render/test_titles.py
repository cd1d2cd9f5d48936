"""Titles over or between lines of signs, and their levels."""

from __future__ import annotations

import pytest

from tests.cases import body


def _levels(text: str) -> list[tuple[int, str]]:
    return [(each.level, each.text) for each in body(text).headings]


@pytest.mark.parametrize("sign", "~^\"`+#.'")
def test_a_line_as_long_as_the_text_above_makes_it_a_title(sign: str) -> None:
    made = body(f"Top\n===\n\nA part\n{sign * 6}\n\nWords.\n\nNext part\n{sign * 10}\n\nMore.\n")
    assert [(each.level, each.text) for each in made.headings] == [
        (1, "Top"),
        (2, "A part"),
        (2, "Next part"),
    ]
    assert made.markdown == "# Top\n\n## A part\n\nWords.\n\n## Next part\n\nMore.\n"
    assert not made.diagnostics


@pytest.mark.parametrize("sign", "=-^\"*+#.'")
def test_a_text_between_two_equal_lines_is_a_title(sign: str) -> None:
    made = body(f"{sign * 9}\n A title\n{sign * 9}\n\nWords.\n")
    assert made.markdown == "# A title\n\nWords.\n"
    assert not made.diagnostics


def test_each_style_that_comes_later_is_one_level_below() -> None:
    text = "===\nOne\n===\n\nTwo\n===\n\nThree\n-----\n\nFour\n~~~~\n\nThree\n-----\n\nTwo\n===\n"
    found = [(1, "One"), (2, "Two"), (3, "Three"), (4, "Four"), (3, "Three"), (2, "Two")]
    assert _levels(text.replace("===\nOne\n===", "=====\nOne\n=====")) == found


def test_levels_of_markdown_stay_as_they_are() -> None:
    assert _levels("# One\n\nTwo\n---\n\nThree\n^^^^^\n") == [(1, "One"), (2, "Two"), (4, "Three")]
    assert _levels("One\n---\n\nTwo\n---\n") == [(1, "One"), (2, "Two")]


@pytest.mark.parametrize(
    "text",
    [
        "Sub\n***\n\nx\n",
        "Wait\n...\n\nx\n",
        "A longer text\n****\n\nx\n",
        "Text\n****\nMore\n",
        "****\nText\n*****\n",
        "####\n####\n####\n",
        "****\n\nText\n****\n",
        "- x\n****\n",
        "~~~~\nx\n~~~~\n",
        "````\nx\n````\n\n",
    ],
)
def test_other_lines_of_signs_make_no_title(text: str) -> None:
    assert not _levels(text)


@pytest.mark.parametrize(
    "text",
    [
        *("* item", "> quote", "[a]: https://e.org", "<div>x</div>", "<Tip>x</Tip>", "$$x$$"),
        *("___", "!!! note", "[^1]: note", "~~~\n~~~"),
    ],
)
def test_what_begins_something_else_is_no_title_between_two_lines(text: str) -> None:
    line = "-" * 20
    assert not _levels(f"{line}\n{text}\n{line}\n\nWords[^1].\n")


def test_a_heading_between_two_lines_stays_one_and_a_number_may_begin_a_title() -> None:
    assert _levels("---------\n# Heading\n---------\n") == [(1, "Heading")]
    assert _levels("==========\n1. Heading\n==========\n") == [(1, "1. Heading")]


@pytest.mark.parametrize("text", ["~~~~\nx\n", "````\nx\n````\n\n", "====\nx\n", "x\n****\n"])
def test_many_lines_of_signs_take_time_as_their_number(text: str) -> None:
    assert body(text * 5_000).html


def test_a_comment_is_left_out_where_a_page_is_no_markdown() -> None:
    made = body(".. _x:\n\nOne\n===\n\n.. a comment\n   that goes on\n\nWords.\n\n.. [1] a note\n")
    assert "comment" not in made.html + made.markdown
    assert "goes on" not in made.html
    assert "a note" in made.html
    assert "a comment" in body("One\n===\n\n.. a comment\n").html


def test_a_comment_may_begin_below_its_sign_and_be_empty() -> None:
    made = body(".. _x:\n\n..\n   a comment\n\n..\n\n   Words.\n")
    assert made.markdown == '<a id="x"></a>\n\nWords.\n'


def test_stars_below_a_title_are_a_line_of_markdown_but_where_a_page_is_none() -> None:
    text = "Pump\n====\n\nUsage\n*****\n\nWords.\n"
    assert _levels(f".. _x:\n\n{text}") == [(1, "Pump"), (2, "Usage")]
    assert _levels(text) == [(1, "Pump")]
    assert "<hr>" in body(text).html
