"""Tables of services and search indexes, whatever shape they are in."""

from __future__ import annotations

import json
from base64 import encodebytes
from pathlib import Path

import pytest

from tests.read.rows import chunks, refusal

PAGES = {"docs/start.md": "# Start\n\nIt runs.", "docs/more/stop.md": "# Stop\n\nIt stops."}
BOTH = list(PAGES.items())


def found(path: Path, value: object) -> list[tuple[str, str]]:
    path.write_text(json.dumps(value))
    return [(chunk.source, chunk.text) for chunk in chunks(path)[0]]


@pytest.mark.parametrize(
    "value",
    [
        [["source", "text"], *map(list, BOTH)],
        {"columns": ["source", "text"], "rows": BOTH, "truncated": False},
        {"range": "Sheet1!A1:B3", "values": [["source", "text"], *BOTH]},
        {"files": PAGES, "summary": {"purpose": "All files."}},
    ],
    ids=["header", "datasette", "sheet", "repomix"],
)
def test_rows_below_a_header_and_texts_by_path_are_read(tmp_path: Path, value: object) -> None:
    assert found(tmp_path / "d.json", value) == BOTH


def test_pages_by_address_are_read_with_texts_by_heading(tmp_path: Path) -> None:
    data = {"": "It pumps.", "run-it#Run it": "It runs."}
    pages = {f"/docs/{name}": {"title": name, "data": data} for name in ("start", "stop")}
    assert len(found(tmp_path / "d.json", pages)) == 4
    told = [(c.source, c.title, c.headings, c.anchor) for c in chunks(tmp_path / "d.json")[0]]
    assert told[1] == ("/docs/start", "start", (("Run it", 0),), "run-it")


def test_html_by_address_is_read(tmp_path: Path) -> None:
    pages = {"index": "<h1>Pump</h1>", "guide/start": "<h1>Start</h1>"}
    assert found(tmp_path / "d.json", pages) == list(pages.items())


def test_texts_under_their_headings_are_rows(tmp_path: Path) -> None:
    rows = {"path": "a.md", "sections": {"Start": "It runs.", "Stop": "It stops."}}
    assert found(tmp_path / "d.jsonl", rows) == [("a.md", "It runs."), ("a.md", "It stops.")]


def test_files_in_base64_as_hosts_of_repositories_give_them_are_texts(tmp_path: Path) -> None:
    rows = [
        {"path": path, "encoding": "base64", "content": encodebytes(text.encode()).decode()}
        for path, text in BOTH
    ]
    assert found(tmp_path / "d.json", rows) == BOTH
    assert found(tmp_path / "plain.json", [row | {"encoding": "utf-8"} for row in rows]) != BOTH


@pytest.mark.parametrize(
    "names",
    [
        ("article_text", "article_url"),
        ("body_md", "docPath"),
        ("segment", "file_url"),
        ("page_markdown", "page_slug"),
        ("chunk_raw", "fileName"),
        ("text", "fname"),
        ("content", "max_stars_repo_path"),
    ],
)
def test_names_of_two_known_words_are_known(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [dict(zip(names, (text, source), strict=True)) for source, text in BOTH]
    assert found(tmp_path / "d.json", rows) == BOTH


def test_an_address_of_html_is_preferred_to_that_of_an_interface(tmp_path: Path) -> None:
    hosts = {"url": "https://api.a.org/1.json", "html_url": "https://a.org/start"}
    assert found(tmp_path / "d.jsonl", hosts | {"body": "It runs."})[0][0] == hosts["html_url"]


def test_texts_in_lists_are_read_with_their_marks(tmp_path: Path) -> None:
    pages = [{"text": "Start\nIt runs.", "md": "# Start\n\nIt runs."}, {"text": "a", "md": "a"}]
    rows = found(tmp_path / "d.json", [{"pages": pages, "file_path": "a.md"}])
    assert rows == [("a.md", "# Start\n\nIt runs."), ("a.md", "a")]


def test_a_list_without_names_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps([["It runs.", "a.md"]]))
    assert "wanted is an object" in refusal(tmp_path / "d.json")
