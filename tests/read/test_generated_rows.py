"""Rows that a program wrote about others: left out where a dataset tells them from its texts."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.read.inputs import read


def chunks(path: Path, **columns: str) -> tuple[list[Chunk], list[Diagnostic]]:
    notices: list[Diagnostic] = []
    return list(read([str(path)], columns, notices)), notices


def table(path: Path, /, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path / "d.parquet")
    return path / "d.parquet"


@pytest.mark.parametrize("kind", ["summary", "question", "qa"])
def test_what_a_program_wrote_about_a_page_is_left_out_and_said(tmp_path: Path, kind: str) -> None:
    columns = {"text": ["One.", "It says one."], "source": ["a.md"] * 2, "type": ["text", kind]}
    found, notices = chunks(table(tmp_path, **columns))
    assert [chunk.text for chunk in found] == ["One."]
    assert [n.location.row for n in notices if n.code == "generated-row"] == [1]
    assert len(chunks(tmp_path / "d.parquet", element="")[0]) == len(columns["text"])


@pytest.mark.parametrize(
    "kinds",
    [
        ["qa", "qa"],
        ["question", "answer"],
        ["keywords", "operators"],
        ["summary", "remarks"],
    ],
    ids=["answers-alone", "answered", "subjects", "parts-of-a-reference"],
)
def test_kinds_of_rows_that_are_what_a_dataset_is_about_are_shown(
    tmp_path: Path, kinds: list[str]
) -> None:
    columns = {"text": ["One.", "Two."], "source": ["a.md", "b.md"], "type": kinds}
    found, notices = chunks(table(tmp_path, **columns))
    assert [chunk.text for chunk in found] == ["One.", "Two."]
    assert "generated-row" not in {notice.code for notice in notices}


def test_rows_about_texts_of_no_kind_are_left_out(tmp_path: Path) -> None:
    columns = {"text": ["One.", "It says one."], "source": ["a.md"] * 2}
    found, _ = chunks(table(tmp_path, **columns, type=[None, "summary"]))
    assert [chunk.text for chunk in found] == ["One."]
