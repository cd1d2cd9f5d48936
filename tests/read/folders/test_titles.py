"""Titles of pages of reStructuredText, which are read as headings of Markdown in their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.read.folders.titles import with_headings
from tests.read.rows import chunks


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Pump\n====\n\nUse\n~~~~~~~~~~~~~~~\n\nMore\n", "# Pump\n\n\n## Use\n\n\nMore\n"),
        ("Pump\n====\nText.\n\nUse it\n------\nMore.\n", "# Pump\n\nText.\n\n## Use it\n\nMore.\n"),
        (
            "A a\n===\n\nB b\n***\n\nC c\n:::\n\nD d\n___\n",
            "# A a\n\n\n## B b\n\n\n### C c\n\n\n#### D d\n\n",
        ),
        (
            "=====\n Abc\n=====\n\nB\n====\n\nC\n----\n\nD\n====\n",
            "\n# Abc\n\n\n## B\n\n\n### C\n\n\n## D\n\n",
        ),
        (
            ":mod:`a` --- b\n``````````````\n\n1. One\n''''''\n",
            "# :mod:`a` --- b\n\n\n## 1. One\n\n",
        ),
        (".. _place:\n\nA title\n^^^^^\n", ".. _place:\n\n# A title\n\n"),
    ],
    ids=["longer", "text-below", "any-sign", "between", "words-of-all-kinds", "shorter"],
)
def test_a_title_over_any_line_is_a_heading_one_below_the_styles_before(
    written: str, read: str
) -> None:
    assert with_headings(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Two lines\nof text\n-------\n",
        "Text.\n\n-----\n\nText.\n",
        "Code::\n\n    A title\n    =======\n",
        "- item\n------\n\n:field: words\n------\n\n| line\n------\n",
        "=====  =====\nA      B\n=====  =====\n1      2\n=====  =====\n",
        "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n",
        "ab\n..\n\n::\n\n  code\n",
        "```text\nA title\n=======\n```\n",
    ],
)
def test_what_is_no_title_stays_as_it_is(text: str) -> None:
    assert with_headings(text) == text


def test_only_pages_that_are_called_rst_are_read_so(tmp_path: Path) -> None:
    for name in ("a.rst", "b.md"):
        (tmp_path / name).write_text("Use\n~~~~~~~~~\n\nMore\n")
    assert [chunk.text for chunk in chunks(tmp_path)[0]] == [
        "# Use\n\n\nMore\n",
        "Use\n~~~~~~~~~\n\nMore\n",
    ]
