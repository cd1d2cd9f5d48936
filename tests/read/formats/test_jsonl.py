"""JSON that is neither lines nor one array, and rows that hold others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.read.rows import chunks, refusal

ROWS = [{"text": f"T{n}", "source": "a.md"} for n in range(3)]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(row, indent=2) for row in ROWS),
        ",\n".join(map(json.dumps, ROWS)) + ",\n",
        json.dumps([[row] for row in ROWS]),
        json.dumps([ROWS[:2], ROWS[2:]]),
        "".join(f"{json.dumps([row, 0.5])}\n" for row in ROWS),
    ],
    ids=["indented", "with-commas", "list-for-each", "list-for-each-file", "with-scores"],
)
def test_rows_are_read_however_they_are_set_apart(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.json").write_text(text)
    assert [chunk.text for chunk in chunks(tmp_path / "d.json")[0]] == ["T0", "T1", "T2"]


def test_what_is_broken_among_them_is_named_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps(ROWS[0], indent=2) + "\n{\n" + "x")
    assert "row 1 of d.json: not valid JSON" in refusal(tmp_path / "d.json")


def test_sections_within_sections_are_all_read_below_each_other(tmp_path: Path) -> None:
    deep = {"title": "Deep", "content": "T2"}
    inner = {"title": "Inner", "content": "T1", "sections": [deep]}
    sections = [{"title": "Outer", "content": "T0", "sections": [inner]}, {"content": "T3"}]
    (tmp_path / "d.json").write_text(json.dumps([{"path": "a.md", "sections": sections}]))
    found, _ = chunks(tmp_path / "d.json")
    assert [chunk.text for chunk in found] == ["T0", "T1", "T2", "T3"]
    assert found[2].headings == (("Outer", 1), ("Inner", 2), ("Deep", 3))


def test_items_may_call_their_text_as_the_list_is_called(tmp_path: Path) -> None:
    items = [{"type": "text", "content": "T0"}, {"type": "text", "content": "T1"}]
    (tmp_path / "d.json").write_text(json.dumps([{"path": "a.md", "content": items}]))
    assert [chunk.text for chunk in chunks(tmp_path / "d.json")[0]] == ["T0", "T1"]


def test_a_tree_of_any_depth_is_read(tmp_path: Path) -> None:
    row: dict[str, object] = {"content": "T"}
    for _ in range(150):
        row = {"content": "T", "sections": [row]}
    (tmp_path / "d.json").write_text(json.dumps([{"path": "a.md", "sections": [row]}]))
    assert len(chunks(tmp_path / "d.json")[0]) == 151


@pytest.mark.parametrize("action", ["index", "create"])
def test_the_rows_of_a_bulk_request_have_the_ids_above_them(tmp_path: Path, action: str) -> None:
    rows = [{"text": "T0"}, {"text": "T1", "path": "own.md"}, {"_id": "c.md", "text": "T2"}]
    told = [{"_index": "docs", "_id": name} for name in ("a.md", "b.md", "other.md")]
    lines = [line for pair in zip(told, rows, strict=True) for line in ({action: pair[0]}, pair[1])]
    (tmp_path / "d.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    found, _ = chunks(tmp_path / "d.jsonl", source="_id")
    assert [(chunk.source, chunk.text, chunk.row) for chunk in found] == [
        ("a.md", "T0", 1),
        ("b.md", "T1", 3),
        ("c.md", "T2", 5),
    ]


def test_a_row_is_the_line_of_the_file_that_it_stands_on(tmp_path: Path) -> None:
    lines = [
        *('{"index": {"_id": "a"}}', '{"source": "a.md", "text": "Pumps."}', ""),
        *('{"index": {"_id": "b"}}', '{"source": "b.md", "text": null}'),
        *("", "", '{"source": "c.md", "text": "Valves."}'),
    ]
    path = tmp_path / "bulk.jsonl"
    path.write_text("\n".join(lines))
    read, notices = chunks(path)
    assert [chunk.row for chunk in read] == [1, 7]
    assert next(n.location.row for n in notices if n.code == "null-text") == 4
    path.write_text("\n".join((*lines, "", "{")))
    said = refusal(path)
    assert "row 9 of bulk.jsonl" in said
    assert " at column 2" in said
    assert "line 1" not in said


def test_a_column_called_as_an_action_is_a_column(tmp_path: Path) -> None:
    rows = [{"index": {"text": f"T{n}", "source": "a.md"}} for n in range(3)]
    (tmp_path / "d.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert [chunk.text for chunk in chunks(tmp_path / "d.jsonl")[0]] == ["T0", "T1", "T2"]


@pytest.mark.parametrize("text", ["[]", "{}\n{}\n"])
def test_a_file_without_any_row_is_called_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.json").write_text(text)
    assert "has no row with anything in it - write or download" in refusal(tmp_path / "d.json")
