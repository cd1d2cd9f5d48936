from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sitegen.scan import FenceScanner, atx_headings, headings


def code_lines(text: str) -> list[int]:
    fences = FenceScanner()
    return [n for n, line in enumerate(text.split("\n")) if fences.feed(line)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n```\nb\n```\nc", [1, 2, 3]),
        ("~~~py\n```\n~~~~\nc", [0, 1, 2]),
        ("````\n```\n````\nc", [0, 1, 2]),
        ("```\n``` x\n```\nc", [0, 1, 2]),
        ("``` a`b\nc", []),
        ("- ```\n  x\n  ```\nc", [0, 1, 2]),
        ("> ```\n> x\n> ```\nc", [0, 1, 2]),
        ("1. ```\n   x\n   ```\nc", [0, 1, 2]),
        ("text ```\nc", []),
        ("```\nnever closed", [0, 1]),
        ("```\n    ```\n```\nc", [0, 1, 2]),
        ("    ```\n\t```\n    x", [0, 1]),
        ("- ```\n      ```\n     ```\nc", [0, 1, 2]),
    ],
)
def test_the_lines_of_a_fence_are_code(text: str, lines: list[int]) -> None:
    assert code_lines(text) == lines


def test_headings_are_found_with_line_level_and_text() -> None:
    text = (
        "# A\n#nope\n####### nope\n   ## B ##\n\n#\n```\n# code\n```\n<!--\n# out\n-->\n### `C` #x"
    )
    assert list(atx_headings(text.split("\n"))) == [
        (0, 1, "A"),
        (3, 2, "B"),
        (5, 1, ""),
        (12, 3, "`C` #x"),
    ]


def test_underlined_and_html_headings_are_headings_too() -> None:
    text = 'A\n===\n\nB\n---\n\n- x\n---\n\na\nb\n---\n\n<h2 id="c">C</h2>\n\n---\n'
    assert list(headings(text.split("\n"))) == [(0, 1, "A"), (3, 2, "B"), (13, 2, "C")]


def test_a_heading_may_be_between_two_lines_and_front_matter_is_none() -> None:
    assert list(headings(["====", "A", "====", "", "---", "a: b", "---", ""])) == [(1, 1, "A")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A title\n#######\n\n****\nB\n****\n", [(0, 1, "A title"), (4, 1, "B")]),
        ('One\n^^^\n\nTwo more\n""""""""\n', [(0, 4, "One"), (3, 5, "Two more")]),
        ("# Markdown\n####\nwords\n****\n\n- item\n++++++\n", [(0, 1, "Markdown"), (1, 4, "")]),
        ("A longer title\n####\n\nwords\n......\nmore\n", [(1, 4, "")]),
        ("Words of a log\ntotal 5\n.......\n\nmore\n", []),
        ("# A\nB b\n++++\n\n(c)=\nC c\n^^^^\n", [(0, 1, "A"), (1, 4, "B b"), (5, 4, "C c")]),
        ("`a` and b\n=========\n\n*c*\n---\n", [(0, 1, "`a` and b"), (3, 2, "*c*")]),
        ("``a``\n+++++\n\n**b**\n#####\n", [(0, 4, "``a``"), (3, 1, "**b**")]),
        ("***\n---\n* * *\n---\n- a\n---\n", []),
    ],
)
def test_titles_over_other_signs_are_headings(text: str, found: list[tuple[int, int, str]]) -> None:
    assert list(headings(text.split("\n"))) == found


lines = st.lists(st.sampled_from(["# a", "## b", "text", "", "```", "~~~", "=="]), max_size=12)


@given(lines)
def test_scanning_agrees_with_the_parser(source: list[str]) -> None:
    tokens = MarkdownIt().parse("\n".join(source))
    parsed = [
        token.map[0]
        for token in tokens
        if token.type == "heading_open" and token.markup.startswith("#") and token.map
    ]
    assert [number for number, _, _ in atx_headings(source)] == parsed
