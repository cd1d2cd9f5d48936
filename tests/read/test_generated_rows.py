"""Rows that a program wrote about others: left out where a dataset tells them from its texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.rows import chunks, parquet


@pytest.mark.parametrize("kind", ["summary", "question", "qa"])
def test_what_a_program_wrote_about_a_page_is_left_out_and_said(tmp_path: Path, kind: str) -> None:
    columns = {"text": ["One.", "It says one."], "source": ["a.md"] * 2, "type": ["text", kind]}
    found, notices = chunks(parquet(tmp_path / "d.parquet", columns))
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
    found, notices = chunks(parquet(tmp_path / "d.parquet", columns))
    assert [chunk.text for chunk in found] == ["One.", "Two."]
    assert "generated-row" not in {notice.code for notice in notices}


def test_rows_about_texts_of_no_kind_are_left_out(tmp_path: Path) -> None:
    columns = {"text": ["One.", "It says one."], "source": ["a.md"] * 2}
    found, _ = chunks(parquet(tmp_path / "d.parquet", columns | {"type": [None, "summary"]}))
    assert [chunk.text for chunk in found] == ["One."]
