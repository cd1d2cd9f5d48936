"""A comment that begins in a block of raw HTML hides what it holds, blank lines too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.tempo import within

Doc = Callable[..., Any]


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n<!-- no\n\nno -->\nyes\n</div>\n\n**end**\n",
        "<div>\n<!-- no\n\n<Tip>no</Tip>\n\nno --> yes\n</div>\n\n**end**\n",
        "<div>\n<!--\n<Tip>\n\nno\n\n</Tip>\n-->\nyes</div>\n\n**end**\n",
        "<div>\n<!-- no\n\nno --> <!-- no\n\nno -->\nyes</div>\n\n**end**\n",
        "<details>\n<summary>yes <!-- no\n\nno --></summary>\n\n**end**\n\n</details>\n",
        "- a\n\n  <div>\n  <!-- no\n\n  no -->\n  yes\n  </div>\n\n**end**\n",
        "> <div>\n> <!-- no\n>\n> no -->\n> yes</div>\n\n**end**\n",
    ],
)
def test_what_is_commented_out_is_not_shown(doc: Doc, text: str) -> None:
    page = doc(text)
    assert "yes" in page.html
    assert "<strong>end</strong>" in page.html
    assert not any(sign in page.html for sign in ("no", "--&gt;", "-->", "&lt;!--"))
    assert not page.diagnostics


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# A\n\n<div><!-- never\n\n**two**\n\n</div>\n", 3),
        ("- a\n\n  <div>\n  <!-- one\n\n**two** -->\n", 4),
    ],
)
def test_a_comment_that_does_not_end_in_what_holds_it_is_shown_and_told(
    doc: Doc, text: str, line: int
) -> None:
    page = doc(text)
    assert "&lt;!--" in page.html
    assert "<strong>two</strong>" in page.html
    found = [each for each in page.diagnostics if each.code == "comment-unclosed"]
    assert [each.location.line for each in found] == [line]


def test_comments_without_an_end_take_a_time_that_grows_with_the_text(doc: Doc) -> None:
    page = doc("<div><!-- a\n\n" * 4000)
    assert len([each for each in page.diagnostics if each.code == "comment-unclosed"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n" + "<!--\n\n-->\n" * 20_000 + "</div>\n",
        "- a\n\n" + "  <div><!-- a</div>\n\n" * 8_000 + "end -->\n",
    ],
)
def test_comments_that_go_on_take_a_time_that_grows_with_the_text(doc: Doc, text: str) -> None:
    with within(4):
        doc(text)
