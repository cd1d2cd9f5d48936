"""Ids of raw HTML: the first element that has one is where links lead, and a second is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Doc = Callable[..., Any]


def told(doc: Doc, text: str) -> list[tuple[str, int | None]]:
    found = [each for each in doc(text).diagnostics if each.code == "id-twice"]
    return [
        (each.message.partition("'")[2].partition("'")[0], each.location.line) for each in found
    ]


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("<p id='x'>a</p>\n\n<p id='x'>b</p>\n", [("x", 3)]),
        ("<p id='x'>a <b id=x>b</b></p>\n", [("x", 1)]),
        ('Text <a name="x"></a>\n\nand <span id="x">more</span>\n', [("x", 3)]),
        ("<a id='x' name='x'></a>\n", []),
        ("<p id='x'>a</p>\n\n<p id='X'>b</p>\n", []),
        ("## Same\n\n<a id='same'></a>\n", []),
        ("<p id='x'>a</p>\n\n`<p id='x'>` and\n\n```html\n<p id='x'>\n```\n", []),
        ("<p id='x'>a</p>\n\n<!-- <p id='x'>b</p> -->\n", []),
        ("<Tip>\n\n<a id='x'></a> a\n\n</Tip>\n\n| a |\n|---|\n| <a id='x'></a> |\n", [("x", 9)]),
        ("Note[^1].\n\n[^1]: <a id='x'></a> here\n", []),
    ],
)
def test_a_second_element_of_one_id_is_told_and_loses_it(
    doc: Doc, text: str, twice: list[tuple[str, int]]
) -> None:
    assert told(doc, text) == twice
    assert doc(text).html.count('id="user-content-x"') <= 1


def test_what_is_found_in_a_block_of_html_is_told_at_its_line(doc: Doc) -> None:
    found = doc("# Title\n\nWords.\n\n<div>\n<img src='a.png'>\n</div>\n").diagnostics
    assert [(each.code, each.location.line) for each in found] == [("image-undescribed", 5)]
