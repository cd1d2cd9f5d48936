"""What lies inside of cells: objects, lists of names and values, maps."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from tests.read.rows import chunks, parquet


@pytest.mark.parametrize(
    "told",
    [
        [{"key": "source", "value": "docs/a.md"}, {"key": "chunk_index", "value": 1}],
        [{"name": "source", "value": "docs/a.md"}, {"name": "chunk_index", "value": 1}],
        [["source", "docs/a.md"], ["chunk_index", 1]],
        '[{"key": "source", "value": "docs/a.md"}, {"key": "chunk_index", "value": 1}]',
    ],
    ids=["keys", "names", "pairs", "json"],
)
def test_metadata_in_a_list_of_names_and_values_is_looked_into(
    tmp_path: Path, told: object
) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps({"text": "It runs.", "metadata": told}) + "\n")
    (chunk,) = chunks(path)[0]
    assert (chunk.source, chunk.order) == ("docs/a.md", 1)


def test_metadata_in_a_map_is_looked_into(tmp_path: Path) -> None:
    told = pa.array([[("source", "docs/a.md")]], pa.map_(pa.string(), pa.string()))
    path = parquet(tmp_path / "d.parquet", {"text": ["It runs."], "metadata": told})
    assert [chunk.source for chunk in chunks(path)[0]] == ["docs/a.md"]


@pytest.mark.parametrize("form", ["objects", "flat", "json-text"])
def test_a_heading_that_only_the_last_of_many_rows_has_is_read(tmp_path: Path, form: str) -> None:
    told = [{"source": f"{n}.md", "Header 1": f"P{n}"} for n in range(1100)]
    told.append({"source": "z.md", "Header 1": "Z", "Header 2": "Y"})
    if form == "json-text":
        rows = {"text": ["T"] * len(told), "metadata": [json.dumps(each) for each in told]}
        path = parquet(tmp_path / "d.parquet", rows)
    else:
        path = tmp_path / "d.jsonl"
        path.write_text(
            "".join(
                json.dumps({"text": "T"} | (each if form == "flat" else {"metadata": each})) + "\n"
                for each in told
            )
        )
    found, notices = chunks(path)
    assert found[-1].headings == (("Z", 1), ("Y", 2))
    assert not any("Header 3" in notice.message for notice in notices)


def test_a_list_where_the_first_of_many_rows_have_null_is_read(tmp_path: Path) -> None:
    rows = [{"text": "T", "source": "a.md", "heading": None}] * 1100
    path = tmp_path / "d.jsonl"
    rows.append({"text": "T", "source": "a.md", "heading": ["A", "B"]})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert chunks(path)[0][-1].headings == (("A", 1), ("B", 2))


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_path_in_the_object_beside_the_text_of_txtai_names_the_page(
    tmp_path: Path, form: str
) -> None:
    rows = {"id": ["0"], "text": ["It runs."], "data": [json.dumps({"path": "docs/a.md"})]}
    path = tmp_path / f"d.{form}"
    if form == "jsonl":
        path.write_text(json.dumps({name: cells[0] for name, cells in rows.items()}) + "\n")
    else:
        parquet(path, rows)
    assert [(chunk.source, chunk.text) for chunk in chunks(path)[0]] == [("docs/a.md", "It runs.")]


def test_sections_that_are_the_headings_of_each_level_are_those_above_the_text(
    tmp_path: Path,
) -> None:
    above = {"h1": "Pumps", "h2": "Stop", "h3": ""}
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps({"content": "T", "source": "a.md", "sections": above}) + "\n")
    assert [chunk.headings for chunk in chunks(path)[0]] == [(("Pumps", 1), ("Stop", 2))]
