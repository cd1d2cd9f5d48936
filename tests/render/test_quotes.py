"""Quotes: their signs, and the lines between two ``>>>`` as GitLab writes them."""

from __future__ import annotations

import pytest

from tests.cases import body, seconds


def codes(text: str) -> list[str]:
    return [found.code for found in body(text).diagnostics]


def test_what_stands_between_two_marks_of_gitlab_is_a_quote() -> None:
    text = ">>>\nOne **bold**.\n\n- a\n\n```\n>>>\n```\n>>>\n\nAfter."
    html = body(text).html
    assert html.count("<blockquote") == 1
    assert "<strong>bold</strong>" in html.partition("</blockquote>")[0]
    assert "&gt;&gt;&gt;\n</code>" in html.partition("</blockquote>")[0]
    assert "After" in html.partition("</blockquote>")[2]
    assert codes(text) == []
    assert "> One **bold**." in body(text).markdown


def test_such_a_quote_stands_in_items_and_callouts_too() -> None:
    assert "<p>a</p>\n<blockquote>\n<p>b" in body("- a\n\n  >>>\n  b\n  >>>\n").html
    assert "<blockquote>\n<p>b</p>" in body("<Tip>\n\n>>>\nb\n>>>\n\n</Tip>").html


def test_a_mark_that_nothing_closes_is_shown_and_reported() -> None:
    html = body("Words.\n\n>>>\nMore.").html
    assert "&gt;&gt;&gt;\nMore." in html
    assert codes("Words.\n\n>>>\nMore.") == ["component-unclosed"]


def test_a_mark_in_an_item_is_not_closed_by_one_below_the_list() -> None:
    html = body("- a\n\n  >>>\n  b\n\nWords.\n\n>>>\nc\n>>>").html
    assert html.endswith("<p>Words.</p>\n<blockquote>\n<p>c</p>\n</blockquote>\n")


def test_prompts_of_doctests_are_no_marks_of_quotes() -> None:
    assert codes(">>> a\n1\n>>>\n") == ["doctest-unfenced"]
    assert "<blockquote>" not in body(">>> a\n1\n>>>\n").html


@pytest.mark.integration
def test_marks_without_an_end_take_time_as_their_number() -> None:
    for text in (">>>\n```\n>>>\n```\n", ">>>\n", "a\n>>>\n\n", "- >>>\n", "> >>>\n\n", "a\n> b\n"):
        assert seconds(text * 8000) < 8 * max(seconds(text * 2000), 0.05)
