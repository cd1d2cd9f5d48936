"""Parts of a large file whose rows are as they were: they are recalled, and not read again."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.errors import Diagnostic, ReadError
from sitegen.model import Chunk
from sitegen.read import chunks as chunks_of
from sitegen.read import recalled
from sitegen.read.columns.mapping import Chooser
from sitegen.read.files import InputFile, find_files
from sitegen.read.inputs import read_file, read_runs
from sitegen.read.rows import unpacked
from sitegen.store.recall import Store
from tests.read.conftest import Kept

PART = 4  # rows
Texts = list[str | None]


def texts(count: int) -> Texts:
    return [f"Text {number} " + "word " * (number % 7) for number in range(count)]


def written(path: Path, rows: Texts, **others: list[str | None]) -> Path:
    names = [f"docs/page{number // 2}.md" for number in range(len(rows))]
    table = pa.table({"text": pa.array(rows, pa.string()), "source": names, **others})
    pq.write_table(table, path, row_group_size=PART)
    return path


def read(path: Path, kept: Store | None) -> tuple[list[Chunk], list[Diagnostic]]:
    notices: list[Diagnostic] = []
    (file,) = find_files([str(path)], [], "", ())
    assert isinstance(file, InputFile)
    chooser = Chooser({}, notices)
    rows = read_runs(file, chooser, kept) if kept else read_file(file, chooser)
    return list(unpacked(rows)), notices


def test_an_edit_has_the_rows_of_its_part_read_again_and_no_others(
    tmp_path: Path, kept: Kept
) -> None:
    rows = texts(22)
    path = written(tmp_path / "d.parquet", rows)
    assert read(path, kept) == read(path, None)
    assert kept.made == 6
    for number, text in ((0, "First."), (9, "In the middle, longer than it was before."), (21, "")):
        rows[number] = text
        assert read(written(path, rows), kept) == read(path, None)
    assert kept.made == 9
    read(path, kept)
    assert kept.made == 9


@pytest.mark.parametrize("change", ["row", "order", "column", "name", "more"])
def test_rows_that_moved_or_are_read_otherwise_are_read_again(
    tmp_path: Path, kept: Kept, change: str
) -> None:
    rows = texts(12)
    path = written(tmp_path / "d.parquet", rows)
    read(path, kept)
    others: dict[str, list[str | None]] = {}
    if change == "row":
        rows.insert(0, "A new row.")
    elif change == "order":
        rows = [*rows[PART:], *rows[:PART]]
    elif change == "column":
        others["source_section"] = [f"#s{number}" for number in range(12)]
    elif change == "more":
        rows += texts(PART)
    path = written(tmp_path / ("e.parquet" if change == "name" else "d.parquet"), rows, **others)
    assert read(path, kept) == read(path, None)
    assert kept.made == {"more": 4}.get(change, 3 + -(-len(rows) // PART))


def test_what_is_wrong_in_rows_that_are_recalled_is_said_again(tmp_path: Path, kept: Kept) -> None:
    rows = texts(16)
    rows[2], rows[5], rows[6], rows[13] = "A NUL: \0.", None, "\0", None
    path = written(tmp_path / "d.parquet", rows)
    usual = read(path, None)
    assert [(d.code, d.location.row) for d in usual[1] if d.location.row is not None] == [
        ("invalid-utf8", 2),
        ("null-text", 5),
    ]
    assert read(path, kept) == read(path, kept) == usual
    assert kept.made == 4
    rows[2] = "None."
    assert read(written(path, rows), kept) == read(path, None)


def test_too_much_text_is_refused_at_the_same_row_though_some_is_recalled(
    tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = texts(12)
    path = written(tmp_path / "d.parquet", rows)
    read(path, kept)
    for module in (chunks_of, recalled):
        monkeypatch.setattr(module, "text_limit", lambda _: 1_500)
    refused = []
    for recall in (None, kept):
        with pytest.raises(ReadError) as caught:
            read(path, recall)
        refused.append(caught.value.location)
    assert refused[0] == refused[1]
    assert refused[0].row == 6


def test_what_a_row_tells_of_others_is_told_where_parts_are_recalled(
    tmp_path: Path, kept: Kept
) -> None:
    rows = texts(8)
    names: list[str | None] = [f"page{number % 4}.md" for number in range(8)]
    folders: list[str | None] = ["a", "b", "c", "d", None, None, None, None]
    table = {"text": rows, "source": names, "file_directory": folders}
    path = tmp_path / "d.parquet"
    for first in ("a", "z"):
        folders[0] = first
        pq.write_table(pa.table(table), path, row_group_size=PART)
        assert read(path, kept) == read(path, None)


def test_a_part_without_a_text_gives_no_row(tmp_path: Path, kept: Kept) -> None:
    path = written(tmp_path / "d.parquet", [*texts(PART), *[None] * PART, *texts(PART)])
    assert read(path, kept) == read(path, kept) == read(path, None)
    (file,) = find_files([str(path)], [], "", ())
    assert isinstance(file, InputFile)
    assert len(list(read_runs(file, Chooser({}, []), kept))) == 2
