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
    "kinds", [["question", "answer"], ["summary", "guide"], ["summary", "summary"], ["qa", None]]
)
def test_what_is_called_so_beside_other_texts_is_a_text_itself(
    tmp_path: Path, kinds: list[str | None]
) -> None:
    columns = {"text": ["How?", "So."], "source": ["a.md"] * 2, "type": kinds}
    assert [c.text for c in chunks(table(tmp_path, **columns))[0]] == ["How?", "So."]
