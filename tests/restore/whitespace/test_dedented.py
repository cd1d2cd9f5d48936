"""Indents given back to datasets whose blank lines are there."""

from __future__ import annotations

from sitegen.restore.whitespace import restore_whitespace
from tests.restore.whitespace.collapsed import document

CODE = "```python\nif dry:\nstop()\n```"  # an indent was lost


def indented(*texts: str) -> str:
    (after,) = restore_whitespace([document(*texts, CODE)], "auto")
    return after.text.partition("```")[0]


def test_runs_of_items_between_blank_lines_are_items_and_their_members() -> None:
    text = "* Oil\n* black\n* thick\nas tar\n\n* Water\n* clear\n"
    assert indented(text).startswith(
        "* Oil\n  * black\n  * thick\n    as tar\n\n* Water\n  * clear\n"
    )


def test_items_of_which_some_stand_alone_between_blank_lines_are_of_one_list() -> None:
    for text in ("* Oil\n* Water\n\n* Air\n", "* Oil\n\n* Water\n\n* Air\n", "* Oil\n* Water\n"):
        assert indented(text).startswith(text)


def test_a_list_ends_with_its_section() -> None:
    assert "\n1. Stop it\n2. Dry it\n" in indented(
        "1. Open it\n2. Oil it\n* often\n", "1. Stop it\n2. Dry it\n"
    )
