"""Files that are not what their names say are called what they are."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest

from sitegen.errors import ReadError
from sitegen.read.inputs import read

ROW = b'{"text": "Words.", "source": "a.md"}\n'
GZIP = gzip.compress(ROW, mtime=0)  # no clock: workers of the suite must collect the same names
TABLE = {"text": ["Words."], "source": ["a.md"]}


def refusal(path: Path) -> ReadError:
    with pytest.raises(ReadError) as caught:
        list(read([str(path)], {}, []))
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "text\tsource\nWords.\ta.md\n"),
        ("a.tsv", "text\tsource\nWords.\ta.md\n"),
        ("a.jsonl", ROW.decode()),
        ("a.json", f"[{ROW.decode()}]"),
        ("a.txt", "text | source\n---|---\nWords. | a.md\n"),
        ("a.md", "# Title\n\nWords.\n"),
    ],
)
def test_text_that_is_utf_16_is_said_to_be(name: str, text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(text.encode(code))
    error = refusal(tmp_path / name)
    assert error.message == "the text is UTF-16"
    assert "UTF-8" in error.help


@pytest.mark.parametrize(
    ("name", "data", "words", "remedy"),
    [
        (
            "a.jsonl",
            GZIP,
            "packed by gzip",
            "call it .jsonl.gz, or unpack it",
        ),
        ("a.jsonl.zst", GZIP, "packed by gzip", "call it .jsonl.gz"),
        ("a.parquet", GZIP, "packed by gzip", "unpack it"),
        ("a.csv", bz2.compress(ROW), "packed by bzip2", "unpack it"),
        ("a.csv", lzma.compress(ROW), "packed by xz", "unpack it"),
    ],
)
def test_a_packed_file_is_said_to_be(
    name: str, data: bytes, words: str, remedy: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    error = refusal(tmp_path / name)
    assert error.message.startswith(words)
    assert error.help.startswith(remedy)


def test_what_is_packed_is_read_once_it_is_called_as_the_remedy_says(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(ROW))
    assert [chunk.text for chunk in read([str(tmp_path)], {}, [])] == ["Words."]


def test_tables_and_archives_under_other_names_are_said_to_be(tmp_path: Path) -> None:
    pq.write_table(pa.table(TABLE), tmp_path / "a.csv")
    pyarrow.feather.write_feather(pa.table(TABLE), tmp_path / "b.parquet", compression="lz4")
    with zipfile.ZipFile(tmp_path / "c.csv", "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    assert "a Parquet file, but named .csv" in str(refusal(tmp_path / "a.csv"))
    assert "an Arrow file, but named .parquet" in str(refusal(tmp_path / "b.parquet"))
    assert "a zip archive" in str(refusal(tmp_path / "c.csv"))


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.jsonl", "a.json", "a.csv"])
@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "\ufeff<!doctype html>", "\n<html>", "<?xml version='1.0'?>"]
)
def test_a_page_of_the_web_in_place_of_data_is_called_one(
    tmp_path: Path, name: str, start: str
) -> None:
    (tmp_path / name).write_text(f"{start}<body>Sign in to go on, or ask for an account.")
    said = str(refusal(tmp_path / name))
    assert "a page of the web, such as one that asks for a login" in said
    assert "download the data itself" in said


@pytest.mark.parametrize(
    ("name", "better", "data"),
    [
        ("d.csv", "d.jsonl", ROW),
        ("d.parquet", "d.json", b"[" + ROW.strip() + b"]"),
        ("d.jsonl.gz", "d.jsonl", ROW),
        ("d.csv.zst", "d.csv", b"text,source\nWords.,a.md\n"),
    ],
)
def test_a_file_that_is_called_after_what_it_is_not_is_read_by_its_advised_name(
    tmp_path: Path, name: str, better: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    message = str(refusal(path))
    wanted = Path(better).suffix
    assert message.endswith((f"call it {wanted}", f"take {path.suffix} off its name"))
    path.rename(tmp_path / better)
    assert [chunk.text for chunk in read([str(tmp_path / better)], {}, [])] == ["Words."]
