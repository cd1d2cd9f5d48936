"""Columns that are chosen by what their first cells say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.model import Chunk
from sitegen.read.inputs import read

MARKED = "# Pump\n\nUnpack it."
PLAIN = "Pump Unpack it."
PAGES = ["docs/a.md", "docs/b.md"]


def chunks(folder: Path, *rows: object) -> list[Chunk]:
    path = folder / "d.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return list(read([str(path)], {}, []))


@pytest.mark.parametrize("said", ["", None, "blob"])
def test_a_source_that_tells_no_rows_apart_makes_way_for_one_that_does(
    tmp_path: Path, said: str | None
) -> None:
    rows = [{"text": "T", "source": said, "metadata": {"fileName": page}} for page in PAGES]
    assert [chunk.source for chunk in chunks(tmp_path, *rows)] == PAGES


def test_a_source_that_is_the_path_of_the_only_page_stays(tmp_path: Path) -> None:
    rows = [{"text": "T", "source": PAGES[0], "file": f"part-{n}.txt"} for n in range(2)]
    assert {chunk.source for chunk in chunks(tmp_path, *rows)} == {PAGES[0]}


def test_titles_name_pages_where_the_sources_are_empty(tmp_path: Path) -> None:
    rows = [{"text": "T", "source": "", "title": page} for page in PAGES]
    assert [(c.source, c.title) for c in chunks(tmp_path, *rows)] == [(p, "") for p in PAGES]


def test_a_url_names_pages_better_than_the_words_of_titles(tmp_path: Path) -> None:
    rows = [{"text": "T", "doc": f"The page {n}", "url": f"/docs/{n}/#a"} for n in range(2)]
    assert [chunk.source for chunk in chunks(tmp_path, *rows)] == ["/docs/0/", "/docs/1/"]


@pytest.mark.parametrize("urls", [["", ""], ["/a", ""], ["/", "/"], ["/#a", "/#b"]])
def test_titles_name_pages_where_their_urls_do_not(tmp_path: Path, urls: list[str]) -> None:
    rows = [{"text": "T", "doc": f"The page {n}", "url": url} for n, url in enumerate(urls)]
    assert [chunk.source for chunk in chunks(tmp_path, *rows)] == ["The page 0", "The page 1"]


@pytest.mark.parametrize("empty", ["", None])
def test_no_text_is_lost_to_a_column_of_marks_that_lacks_it(
    tmp_path: Path, empty: str | None
) -> None:
    rows = [{"text": PLAIN, "md": cell, "url": "/a"} for cell in (MARKED, MARKED, empty)]
    assert [chunk.text for chunk in chunks(tmp_path, *rows)] == [PLAIN] * 3


@pytest.mark.parametrize("empty", ["", None])
def test_no_text_is_lost_behind_the_rows_that_show_marks(tmp_path: Path, empty: str | None) -> None:
    cells = [MARKED] * 1400 + [empty] + [MARKED] * 9
    rows = [{"text": PLAIN, "md": cell, "url": "/a"} for cell in cells]
    assert [c.text for c in chunks(tmp_path, *rows)][1399:1402] == [MARKED, PLAIN, MARKED]


@pytest.mark.parametrize("name", ["markdown", "content_md", "html"])
def test_texts_with_marks_are_read_where_others_are_plain_words(tmp_path: Path, name: str) -> None:
    (chunk,) = chunks(tmp_path, {"text": PLAIN, name: MARKED, "url": "/a"})
    assert chunk.text == MARKED


def test_texts_with_line_ends_are_read_as_ever(tmp_path: Path) -> None:
    (chunk,) = chunks(
        tmp_path, {"text": MARKED, "html": "<h1>Pump</h1>\n<p>Unpack it.</p>\n" * 2} | {"url": "/a"}
    )
    assert chunk.text == MARKED


def test_what_an_object_tells_of_a_heading_is_no_text_and_no_id(tmp_path: Path) -> None:
    heading = {"text": "Pump", "level": 2, "id": "pump"}
    (chunk,) = chunks(tmp_path, {"content": "Unpack it.", "path": "a.md", "heading": heading})
    assert (chunk.text, chunk.id, chunk.headings) == ("Unpack it.", "", (("Pump", 2),))


def test_a_list_of_headings_is_no_list_of_texts(tmp_path: Path) -> None:
    found = {"headings": [{"id": "a", "content": "Pump"}], "contents": [{"content": PLAIN}] * 2}
    assert [c.text for c in chunks(tmp_path, {"url": "/a", "found": found})] == [PLAIN] * 2


def test_titles_in_a_list_of_texts_are_headings_below_that_of_the_page(tmp_path: Path) -> None:
    parts = [{"title": title, "text": "T"} for title in ("Start", "End")]
    found = chunks(tmp_path, {"source": "a.md", "title": "Pump", "section": parts})
    assert [(c.title, c.headings) for c in found] == [("Pump", ((t, 0),)) for t in ("Start", "End")]


@pytest.mark.parametrize(
    ("text", "source", "title"),
    [
        ("Inhalt", "Quelle", "Titel"),
        ("contenido", "fuente", "título"),
        ("текст", "источник", "title"),
        ("内容", "来源", "标题"),
        ("本文", "ファイル", "タイトル"),
    ],
)
def test_columns_may_be_named_in_other_languages(
    tmp_path: Path, text: str, source: str, title: str
) -> None:
    (chunk,) = chunks(tmp_path, {text: "T", source: "a.md", title: "Pump"})
    assert (chunk.text, chunk.source, chunk.title) == ("T", "a.md", "Pump")


@pytest.mark.parametrize("name", ["child", "contextualized_chunk", "cleaned_text"])
def test_a_text_is_known_by_what_was_made_of_it_where_no_other_is_there(
    tmp_path: Path, name: str
) -> None:
    row = {name: "made", "parent": "whole", "source": "a.md"}
    assert [chunk.text for chunk in chunks(tmp_path, row)] == ["made"]
    assert [chunk.text for chunk in chunks(tmp_path, row | {"content": "text"})] == ["text"]


@pytest.mark.parametrize(
    ("own", "added"),
    [
        ("original_text", "contextualized_text"),
        ("text", "contextualized"),
        ("raw_text", "enriched_text"),
        ("chunk", "embedding_text"),
    ],
)
@pytest.mark.parametrize("joint", ["\n", " > "])
def test_headings_stand_above_the_same_text_in_another_column(
    tmp_path: Path, own: str, added: str, joint: str
) -> None:
    texts = {"How to open it?": "Turn the key.\nWait.", "Safety": "Wear gloves."}
    rows = [
        {own: text, added: f"Pumps{joint}{words}\n{text}", "source": "a.md"}
        for words, text in texts.items()
    ]
    found = chunks(tmp_path, *rows)
    assert [chunk.text for chunk in found] == list(texts.values())
    assert [chunk.headings for chunk in found] == [(("Pumps", 1), (each, 2)) for each in texts]
    told = chunks(tmp_path, *(row | {"heading": "Own"} for row in rows))
    assert {chunk.headings for chunk in told} == {(("Own", 0),)}


@pytest.mark.parametrize("above", ["It is about pumps.", "File: a.md", "Pumps, "])
def test_other_words_above_the_same_text_are_no_headings(tmp_path: Path, above: str) -> None:
    row = {"text": "Turn it.", "contextualized_text": f"{above}\n\nTurn it.", "source": "a.md"}
    assert chunks(tmp_path, row)[0].headings == ()


def test_a_heading_that_ends_as_a_sentence_is_one_among_others(tmp_path: Path) -> None:
    words = [*(f"Pump {n}" for n in range(9)), "To fill it:"]
    rows = [
        {"text": "Turn it.", "contextualized_text": f"{each}\nTurn it.", "source": "a.md"}
        for each in words
    ]
    assert [chunk.headings for chunk in chunks(tmp_path, *rows)] == [((w, 1),) for w in words]


def test_levels_of_a_hierarchy_are_headings(tmp_path: Path) -> None:
    levels = {"hierarchy_lvl0": "Docs", "hierarchy_lvl1": "Pump", "hierarchy_radio_lvl1": "Pump"}
    (chunk,) = chunks(tmp_path, {"content": "T", "url": "/a"} | levels)
    assert chunk.headings == (("Pump", 1),)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("chunk", "3/7"),
        ("chunk", "3 of 7"),
        ("chunk_index", 3.0),
        ("start_byte", 3),
        ("line_number", 3),
    ],
)
def test_a_count_is_read_however_it_is_told(tmp_path: Path, name: str, cell: object) -> None:
    (chunk,) = chunks(tmp_path, {"text": "T", "source": "a.md", name: cell})
    assert chunk.order == 3


@pytest.mark.parametrize("name", ["span", "start_end_idx"])
def test_a_text_begins_at_the_first_of_two_places(tmp_path: Path, name: str) -> None:
    rows = [{"text": "T", "source": "a.md", name: [n, n + 9]} for n in (3, 12)]
    assert [chunk.start for chunk in chunks(tmp_path, *rows)] == [3, 12]
