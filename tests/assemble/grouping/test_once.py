"""Rows of a page that say the same as the row before."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.assemble import assemble
from sitegen.errors import Diagnostic
from sitegen.model import Chunk

BEGIN = [f"The pump of number {n} moves water from one tank to the next one." for n in range(9)]
TWICE = [
    "Turn the key to the left, wait for a minute, and turn it back to the right.",
    "- Turn the key to the left, wait for a minute, and turn it back to the right.",
    "| key | turn it to the left, wait for a minute, turn it to the right |",
    "Wait for a minute.",
]


def page(*texts: str) -> list[Chunk]:
    return [Chunk("a.md", text, "d.jsonl", row) for row, text in enumerate([*BEGIN, *texts])]


def joined(chunks: list[Chunk]) -> tuple[str, set[str]]:
    notices: list[Diagnostic] = []
    (document,) = assemble(chunks, notices).documents
    return document.text, {notice.code for notice in notices}


@pytest.mark.parametrize("text", TWICE)
def test_a_text_that_a_page_says_twice_on_purpose_is_there_twice(text: str) -> None:
    rows = page(text, text, "End.")
    assert joined([replace(c, order=c.row) for c in rows])[0].count(text) == 2
    assert joined([replace(c, id=f"0_{c.row}") for c in rows])[0].count(text) == 2
    assert joined([replace(c, start=90 * (c.row or 0)) for c in rows])[0].count(text) == 2


@pytest.mark.parametrize("text", TWICE)
def test_a_row_that_was_read_twice_is_there_once_whatever_its_id(text: str) -> None:
    rows = page(text, "End.")
    again = replace(rows[-2], row=40)
    for field in ("order", "start"):
        placed = [replace(c, **{field: 90 * n}) for n, c in enumerate((*rows[:-1], again))]
        placed[-1] = replace(placed[-1], **{field: getattr(placed[-2], field)})
        for ids in ("", "0f3a"):
            told, codes = joined([replace(c, id=ids and f"{ids}{c.row}x") for c in placed])
            assert told.count(text) == 1
            assert "duplicate-chunk" in codes


def test_numbers_that_several_texts_of_a_page_have_are_no_places() -> None:
    rows = [replace(c, order=(c.row or 0) // 3) for c in page(TWICE[1], TWICE[1], TWICE[1])]
    assert joined(rows)[0].count(TWICE[1]) == 3


def test_rows_that_nothing_tells_apart_are_shown_and_told_of() -> None:
    told, codes = joined(page(TWICE[0], TWICE[0], "End."))
    assert told.count(TWICE[0]) == 2
    assert "repeated-row" in codes
    assert "repeated-row" not in joined(page("```", "```", "End."))[1]


SEVERAL = "Turn the key to the left.\n\nWait for a minute.\n\n- Turn it back to the right."


def test_a_row_of_several_lines_that_stands_twice_in_a_row_was_read_twice() -> None:
    told, codes = joined(page(SEVERAL, SEVERAL, "End."))
    assert told.count(SEVERAL) == 1
    assert "duplicate-chunk" in codes
    assert "repeated-row" not in codes
    numbered = [replace(c, order=c.row) for c in page(SEVERAL, SEVERAL, "End.")]
    assert joined(numbered)[0].count(SEVERAL) == 2


def test_lines_that_repeat_themselves_go_on_in_the_next_row() -> None:
    log = "\n".join(["The pump is dry."] * 9 + ["The tank is full.", "It stops."] * 2)
    assert joined(page(log, log, "End."))[0].count("The pump is dry.") == 18
