"""What is looked at to know what a column holds is read all the same."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import feather

from tests.read.rows import chunks

COUNT = 2_500
ROWS = [
    {"text": f"Text {n}.", "source": "a.md", "section": "The Pump", "type": "text"}
    for n in range(COUNT)
]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "arrow"])
def test_no_row_is_lost_to_a_look_at_the_first(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"d.{suffix}"
    if suffix == "jsonl":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS))
    elif suffix == "csv":
        with path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, list(ROWS[0]))
            writer.writeheader()
            writer.writerows(ROWS)
    else:
        feather.write_feather(pa.Table.from_pylist(ROWS), path)
    found, _ = chunks(path)
    assert [(chunk.row, chunk.text) for chunk in found] == [(n, f"Text {n}.") for n in range(COUNT)]


def test_a_column_of_texts_that_are_all_empty_is_not_that_of_the_texts(tmp_path: Path) -> None:
    row = {"instruction": "What runs?", "input": "", "output": "The pump.", "source": "a.md"}
    (tmp_path / "d.jsonl").write_text(json.dumps(row))
    assert [chunk.text for chunk in chunks(tmp_path / "d.jsonl")[0]] == ["The pump."]


@pytest.mark.parametrize(
    ("folder", "ids", "pages"),
    [
        ("", ["file-a", "file-a", "file-b"], {"file-a/index.md", "file-b/index.md"}),
        ("", ["file-a", "file-a", "file-a"], {"index.md"}),
        ("", ["file-a", None, ""], {"index.md"}),
        ("", ["of-row-1", "of-row-2", "of-row-3"], {"index.md"}),
        ("docs/", ["file-a", "file-a", "file-b"], {"docs/index.md"}),
    ],
)
def test_files_of_one_name_are_pages_by_their_ids(
    folder: str, ids: list[str | None], pages: set[str], tmp_path: Path
) -> None:
    name = f"{folder}index.md"
    rows = [
        {"file_id": id, "filename": name, "content": [{"type": "text", "text": f"Text {n}."}]}
        for n, id in enumerate(ids)
    ]
    path = tmp_path / "d.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert {chunk.source for chunk in chunks(path)[0]} == pages
