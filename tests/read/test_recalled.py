"""Rows of large files are recalled by what they say, however and wherever the file holds them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv

from sitegen.read import inputs
from sitegen.read import rows as rows_of
from sitegen.read.formats import parquet
from sitegen.read.rows import together
from sitegen.read.tables import open_here
from tests.read.conftest import Kept
from tests.read.test_parts import read, texts

FORMS = ["d.jsonl", "d.arrow", "d.csv", "d.parquet"]


@pytest.fixture(autouse=True)
def _small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_of, "_SOURCES", 3)
    monkeypatch.setattr(parquet, "MARKED_BYTES", 0)
    monkeypatch.setattr(inputs, "open_table", open_here)  # where that is known


def written(path: Path, rows: list[str], *, group: int = 100) -> Path:
    table = pa.table({"text": rows, "source": [f"page{n // 3}.md" for n in range(len(rows))]})
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=group)
    elif path.suffix == ".arrow":
        with pa.ipc.new_file(path, table.schema) as file:
            file.write_table(table, max_chunksize=7)
    elif path.suffix == ".csv":
        csv.write_csv(table, path)
    else:
        path.write_text("".join(f"{json.dumps(row)}\n" for row in table.to_pylist()))
    return path


@pytest.mark.parametrize("name", FORMS)
def test_an_edit_has_its_run_made_again_and_no_other(tmp_path: Path, kept: Kept, name: str) -> None:
    rows = [str(text) for text in texts(60)]
    path = written(tmp_path / name, rows)
    assert read(path, kept) == read(path, None)
    runs = kept.made
    assert 5 <= runs <= 15
    rows[20] = "Far longer than it was before. " * 50
    assert read(written(path, rows), kept) == read(path, None)
    assert kept.made == runs + 1


def test_a_file_that_is_written_otherwise_has_nothing_made_again(
    tmp_path: Path, kept: Kept
) -> None:
    rows = [str(text) for text in texts(60)]
    path = written(tmp_path / "d.parquet", rows)
    usual = read(path, kept)
    runs = kept.made
    table = pq.read_table(path)
    pq.write_table(table, path, compression="gzip", use_dictionary=False)
    assert read(path, kept) == usual
    assert kept.made == runs


@pytest.mark.parametrize("name", FORMS)
def test_a_row_more_has_all_rows_behind_it_made_again(
    tmp_path: Path, kept: Kept, name: str
) -> None:
    rows = [str(text) for text in texts(30)]
    read(written(tmp_path / name, rows), kept)
    rows.insert(13, "A new row.")
    path = written(tmp_path / name, rows)
    assert read(path, kept) == read(path, None)


def test_rows_of_one_page_stay_together_unless_they_are_many() -> None:
    def cut(sources: list[str], size: int) -> list[int]:
        batches = [[sources[at : at + size]] for at in range(0, len(sources), size)]
        return [len(batch[0]) for batch in together(batches, 0)]

    pages = [f"page{n // 3}" for n in range(20)]
    assert cut(pages, 1) == cut(pages, 5) == cut(pages, 20) == [3, 3, 3, 3, 8]
    assert cut(pages[7:], 4) == [2, 3, 8]
    assert cut(["one"] * 10, 3) == [10]
    assert cut(["one"] * 100, 1) == [33, 33, 33, 1]
    assert cut([], 3) == []
