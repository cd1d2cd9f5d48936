"""Rows of several levels: pieces of pages, and the smaller pieces that these were cut into."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sitegen.model import Chunk
from tests.assemble.chunks import chunk, put_together

LARGE = [
    "# Pumps\n\nA pump moves water from a well to a tank. It wants a filter.",
    "## Valves\n\nA valve holds the water back while the pump is being cleaned.",
]
SMALL = [part for text in LARGE for part in text.split("\n\n")]
PLAIN = [text.partition("\n\n")[2] for text in LARGE]
WHOLE = "\n\n".join(LARGE)


def shown(texts: Sequence[str], **more: object) -> str:
    rows = [chunk("a.md", text, row=n, **more) for n, text in enumerate(texts)]
    (document,) = put_together(rows)[0].documents
    return document.text.strip()


@pytest.mark.parametrize(
    "texts",
    [
        *([*LARGE, *SMALL], [*SMALL, *LARGE], [WHOLE, *LARGE], [WHOLE, *SMALL]),
        [LARGE[0], *SMALL[:2], LARGE[1], *SMALL[2:]],
        [text for text in LARGE for _ in range(3)],
        [WHOLE, *LARGE, *SMALL],
    ],
    ids=[
        *("parents-first", "children-first", "page-and-parents", "page-and-children"),
        *("in-turn", "row-for-each-question", "three-levels"),
    ],
)
def test_what_several_rows_hold_is_shown_once(texts: Sequence[str]) -> None:
    assert shown(texts) == WHOLE


def test_that_rows_are_left_out_is_said_with_the_first_of_them() -> None:
    rows = [chunk("a.md", text, row=n) for n, text in enumerate([*LARGE, *SMALL])]
    notices = put_together(rows)[1]
    (notice,) = (each for each in notices if each.code == "part-of-a-row")
    assert notice.location.row == len(LARGE)


def test_sections_that_read_the_same_are_all_shown() -> None:
    text = "Run the pump for a while, and then look at the filter."
    rows = [chunk("a.md", text, row=n, anchor=f"s{n}") for n in range(4)]
    (document,) = put_together(rows)[0].documents
    assert document.text.count(text) == len(rows)


def test_rows_that_only_begin_alike_are_all_shown() -> None:
    texts = [f"The pumps of the northern waterworks: {word}." for word in ("filter", "valve")]
    assert shown(texts) == "\n\n".join(texts)


def test_a_row_under_other_headings_is_no_part_of_one() -> None:
    text = "Run the pump for a while, and then look at the filter."
    rows: list[Chunk] = [
        chunk("a.md", text, row=n, headings=((words, 2),)) for n, words in enumerate("AB")
    ]
    (document,) = put_together(rows)[0].documents
    assert document.text.count(text) == len(rows)


NOTHING = "No significant changes were made in this release."


def test_what_a_changelog_says_of_several_releases_is_said_of_each() -> None:
    texts = [text for n in range(4) for text in (f"## 1.{n}", NOTHING)]
    assert shown(texts).count(NOTHING) == len(texts) // 2


def test_the_release_1_1_is_no_part_of_the_release_1_10() -> None:
    texts = ["# 1.10", "It is faster.", "# 1.1", *LARGE, *SMALL]
    assert "# 1.1\n" in f"{shown(texts)}\n"


def test_rows_that_begin_at_different_places_of_the_page_are_all_shown() -> None:
    rows = [chunk("a.md", f"{NOTHING}\n", row=n, start=n * 100, order=n) for n in range(3)]
    (document,) = put_together(rows)[0].documents
    assert document.text.count(NOTHING) == len(rows)


def test_sections_are_shown_rather_than_their_page_in_plain_words() -> None:
    sections = [("pump", PLAIN[0]), ("valve", PLAIN[1])]
    page = chunk("a.md", f"Pump {PLAIN[0]} Valve {PLAIN[1]}", row=0)
    rows = [chunk("a.md", text, row=n, anchor=a) for n, (a, text) in enumerate(sections, start=1)]
    (document,) = put_together([page, *rows])[0].documents
    assert [section.anchor for section in document.sections] == ["pump", "valve"]
    assert document.text.split() == " ".join(PLAIN).split()


def test_a_paragraph_that_a_page_repeats_is_shown_each_time_also_in_a_row_with_others() -> None:
    check = "Run the pump for a while, and then look at the filter and at the valve."
    texts = ["## Wells", check, "## Tanks", check, f"## Lakes\n\nThey want a long hose.\n\n{check}"]
    assert shown(texts).split("\n\n") == "\n\n".join(texts).split("\n\n")


def test_a_part_that_was_cut_within_a_run_of_full_stops_is_a_part_too() -> None:
    whole = "Close the valve, wait a while ... and then open it again, and look at the filter."
    parts = [whole[:31], whole[31:]]
    assert parts[1].startswith(".. and")
    assert shown([whole, *parts]) == whole
