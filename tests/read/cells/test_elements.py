from __future__ import annotations

import base64
import json
import zlib
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from markdown_it import MarkdownIt

from sitegen.errors import Location
from sitegen.read.cells.composites import held_in
from sitegen.read.cells.elements import Elements
from sitegen.read.inputs import read
from sitegen.read.text import Tally
from tests.read.rows import chunks

HELD = [
    {"type": "Title", "text": "Pumps", "metadata": {"category_depth": 2}},
    {"type": "NarrativeText", "text": "A pump moves water.", "metadata": {}},
    {"type": "CodeSnippet", "text": "pump.start()"},
]
WRITTEN = "\n### Pumps\n\nA pump moves water.\n\n```\npump.start()\n```\n"


def pack(elements: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(elements).encode())).decode()


def written(*rows: tuple[str, str, dict[str, Any]]) -> str:
    elements = Elements(Tally())
    return "".join(elements.markdown(*row, number) for number, row in enumerate(rows))


def composite(text: str, packed: object) -> tuple[str, str, dict[str, Any]]:
    return "CompositeElement", text, {"orig_elements": packed}


def test_a_composite_that_holds_its_elements_is_written_as_these() -> None:
    assert written(composite("Pumps\n\nA pump moves water.\n\npump.start()", pack(HELD))) == WRITTEN


def test_parts_of_one_composite_are_written_once() -> None:
    first = composite("Pumps\n\nA pump", pack(HELD))
    second = composite("moves water.\n\npump.start()", pack(HELD))
    assert written(first, second) == WRITTEN


def test_the_end_of_the_row_before_is_no_text_of_a_composite() -> None:
    before = composite(
        "Fill the tank first.", pack([{"type": "Text", "text": "Fill the tank first."}])
    )
    text = "Pumps\n\nA pump moves water.\n\npump.start()"
    below = composite(f"tank first. {text}", pack(HELD))
    alone, rest = composite("tank first.", pack(HELD)), composite(text, pack(HELD))
    assert written(before, below) == f"\nFill the tank first.\n{WRITTEN}"
    assert written(before, alone, rest) == f"\nFill the tank first.\n{WRITTEN}"


def test_a_text_that_was_edited_is_shown_and_not_what_it_was_made_of() -> None:
    assert written(composite("A valve stops it.", pack(HELD))).strip() == "A valve stops it."


@pytest.mark.parametrize(
    "packed", [pack(HELD)[:-12], "no base64!", pack("text"), pack({"text": "A"}), "%PDF", 7, {}]
)
def test_elements_that_cannot_be_unpacked_are_counted_and_guessed_from_the_text(
    packed: object,
) -> None:
    unread = Tally()
    row = composite("Pumps\n\nA pump moves water.", packed)
    text = Elements(unread).markdown(*row, 5)
    assert text == "\n## Pumps\n\nA pump moves water.\n"
    assert (unread.count, unread.first) == ((1, 5) if packed else (0, None))


def test_rows_whose_elements_cannot_be_unpacked_are_told_of(tmp_path: Path) -> None:
    rows = [
        {
            "type": "CompositeElement",
            "text": "A pump moves water.",
            "metadata": {"filename": "pump.md", "orig_elements": packed},
        }
        for packed in (pack(HELD[1:2]), None, "eJzl")
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    _, notices = chunks(path)
    (told,) = [notice for notice in notices if notice.code == "elements-unreadable"]
    assert told.location == Location(path.name, 2)
    assert ": 1;" in told.message


@pytest.mark.parametrize("packed", [pack([1, {"text": 2}]), pack([])])
def test_what_holds_no_elements_is_nothing(packed: str) -> None:
    assert held_in(packed, "A pump moves water.", "")[0] == []


def test_what_is_unpacked_of_a_row_is_bounded_and_counted() -> None:
    bomb = pack([{"type": "Text", "text": "a" * (1 << 24)}])
    assert held_in(bomb, "a" * 100, "") == (None, 1 << 22)
    elements = Elements(Tally())
    elements.markdown(*composite("aaa", bomb), 0)
    elements.markdown(*composite("aab", bomb), 1)
    assert elements.unpacked == 1 << 23


def test_links_and_emphasis_stand_around_their_words() -> None:
    told = {
        "link_texts": ["pump", "the [valve]"],
        "link_urls": ["../pump", "valve_(2)"],
        "emphasized_text_contents": ["pump", "never", "dry"],
        "emphasized_text_tags": ["b", "strong", "em"],
    }
    text = "Pumping: a pump and the [valve] never run dry."
    assert written(("NarrativeText", text, told)).strip() == (
        "Pumping: a [pump](../pump) and [the \\[valve\\]](<valve_(2)>) **never** run *dry*."
    )


def test_marks_that_fit_no_words_are_left_out() -> None:
    told = {
        "link_texts": ["here", "pump"],
        "link_urls": ["a b", "x"],
        "emphasized_text_tags": ["b"],
    }
    assert written(("Text", "The pumps are here.", told)).strip() == "The pumps are here."


def test_an_image_is_shown_and_items_are_as_deep_as_they_were() -> None:
    image = ("Image", "A pump", {"image_url": "images/pump.png"})
    assert written(image).strip() == "![A pump](images/pump.png)"
    items = [
        ("ListItem", text, {"category_depth": d}) for text, d in zip("abcd", "1221", strict=True)
    ]
    assert written(*items) == "\n- a\n  - b\n  - c\n- d\n"
    assert written(("ListItem", "deep", {"category_depth": "3"})) == "\n- deep\n"


def test_metadata_in_any_container_tells_of_elements(tmp_path: Path) -> None:
    text = "Pumps\n\nA pump moves water.\n\npump.start()"
    told = {"filename": "pump.md", "file_directory": "docs", "link_texts": ["water"]}
    told |= {"link_urls": ["#water"], "orig_elements": pack(HELD)}
    prose = {name: value for name, value in told.items() if name != "orig_elements"}
    rows = [
        {"type": "CompositeElement", "element_id": "a", "text": text, "metadata": told},
        {"type": "NarrativeText", "element_id": "b", "text": "Add water.", "metadata": prose},
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, tmp_path / "rows.parquet")
    pq.write_table(table.flatten(), tmp_path / "flat.parquet")
    for file in tmp_path.iterdir():
        texts = [chunk.text for chunk in read([str(file)], {}, [])]
        assert texts == [WRITTEN, "\nAdd [water](#water).\n"], file


@pytest.mark.parametrize("words", ["1984. A cold year", "12) Turn", "# 3", "- no", "> 4", "~~~"])
def test_words_that_would_open_another_block_are_shown_as_they_are(words: str) -> None:
    for kind, tag in (("NarrativeText", "p"), ("Title", "h2")):
        written = Elements(Tally()).markdown(kind, words, {}, 0)
        assert f"<{tag}>{escape(words)}</{tag}>" in MarkdownIt().render(written)


def test_elements_of_a_page_are_the_same_whatever_rows_of_others_lie_between(
    tmp_path: Path,
) -> None:
    def row(name: str, kind: str, text: str, **told: object) -> dict[str, object]:
        metadata = {"filename": name, "filetype": "text/markdown", **told}
        return {"type": kind, "element_id": text, "text": text, "metadata": metadata}

    pages = [
        [row(name, "ListItem", word, category_depth=at) for at, word in enumerate(("a", "b"))]
        + [row(name, "Table", "1", text_as_html="<table><tr><td>1</td></tr></table>")]
        for name in ("pump.md", "tank.md")
    ]
    plain = [row(f"{n}.md", "Text", "T") for n in range(1100)]
    orders = (
        [*pages[0], *pages[1], *plain],
        [*plain, *pages[1], *pages[0]],
        [*chain.from_iterable(zip(*pages, strict=True)), *plain],
    )
    found = []
    for order in orders:
        (tmp_path / "d.jsonl").write_text("".join(json.dumps(each) + "\n" for each in order))
        read_chunks = chunks(tmp_path / "d.jsonl")[0]
        found.append("".join(c.text for c in read_chunks if c.source == "pump.md"))
    assert found == ["\n- a\n  - b\n\n<table><tr><td>1</td></tr></table>\n"] * 3
