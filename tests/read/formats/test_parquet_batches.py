"""Batches of Parquet have as many rows as memory allows, whatever rows share in the file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.read.files import find_files
from sitegen.read.formats import parquet
from sitegen.read.tables import open_here

LONG = "a" * 30_000


def batches(path: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch, **how: object) -> int:
    """How many batches a file of texts is read in."""
    monkeypatch.setattr(parquet, "BATCH_BYTES", 1 << 18)
    path = path / "d.parquet"
    pq.write_table(pa.table({"text": texts, "source": ["a.md"] * len(texts)}), path, **how)
    (file,) = find_files([str(path)], [], "", ())
    with path.open("rb") as stream:
        table = parquet.open_table(stream, file)
        found = [len(batch[0]) for batch in table.batches(table.columns)]
    with open_here(file) as opened:
        read = [cell for batch in opened.batches(opened.columns) for cell in batch[0]]
    assert read == texts
    return len(found)


@pytest.mark.parametrize("codec", ["none", "zstd", "gzip"])
def test_a_long_text_that_many_rows_share_makes_batches_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str
) -> None:
    assert batches(tmp_path, [LONG] * 640, monkeypatch, compression=codec) == 640 // 8


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_rows_that_share_nothing_make_full_batches_however_large_their_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    texts = [f"{number}{LONG}" for number in range(128)]
    found = batches(tmp_path, texts, monkeypatch, use_dictionary=False, data_page_version=version)
    assert found == 2


def test_texts_that_repeat_the_beginning_of_those_before_count_as_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{LONG}{number}" for number in range(64)]
    how = {"use_dictionary": False, "column_encoding": {"text": "DELTA_BYTE_ARRAY"}}
    assert batches(tmp_path, texts, monkeypatch, **how) == 8


def test_the_head_of_a_page_that_is_written_otherwise_makes_small_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_NEXT_I32", 0x25)
    texts = [f"{number}{LONG}" for number in range(64)]
    assert batches(tmp_path, texts, monkeypatch, use_dictionary=False) == 64
