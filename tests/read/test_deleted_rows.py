"""Rows that a dataset says are deleted: left out, and said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.model import Edition
from tests.read.rows import chunks, parquet


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("is_deleted", [False, True]),
        ("deleted", ["false", "True"]),
        ("deleted_at", [None, "2026-05-01"]),
        ("active", [True, False]),
        ("is_latest", [1, 0]),
    ],
)
def test_rows_that_are_deleted_are_left_out_and_said(
    tmp_path: Path, name: str, cells: list[object]
) -> None:
    rows = [{"text": f"It {n}.", "source": "a.md", name: cell} for n, cell in enumerate(cells)]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    parquet(tmp_path / "d.parquet", {key: [row[key] for row in rows] for key in rows[0]})
    for path in (tmp_path / "d.jsonl", tmp_path / "d.parquet"):
        found, notices = chunks(path)
        assert [chunk.text for chunk in found] == ["It 0."]
        said = [n for n in notices if n.code == "deleted-row"]
        assert [(n.location.row, n.message[-1]) for n in said] == [(1, "1")]
        assert len(chunks(path, deleted="")[0]) == 2


@pytest.mark.parametrize(("name", "cell"), [("enabled", False), ("removed", "by hand")])
def test_a_column_that_would_leave_no_row_says_something_else(
    tmp_path: Path, name: str, cell: object
) -> None:
    columns = {"text": ["It runs.", "It stops."], "source": ["a.md"] * 2, name: [cell] * 2}
    found, notices = chunks(parquet(tmp_path / "d.parquet", columns))
    assert len(found) == 2
    assert "deleted-row" not in {notice.code for notice in notices}


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("deleted", [0, 7, 12]),  # lines
        ("removed", [None, "3.12", "never"]),  # a version
        ("active", [0, 7, 14]),  # users
        ("deleted", ["false", "unknown", "N/A"]),
        ("is_active", ["true", "None", "nan"]),
    ],
)
def test_a_column_of_more_than_yes_no_and_days_leaves_no_row_out(
    tmp_path: Path, name: str, cells: list[object]
) -> None:
    columns = {"text": ["It runs."] * 3, "source": ["a.md"] * 3, name: cells}
    found, notices = chunks(parquet(tmp_path / "d.parquet", columns))
    assert len(found) == 3
    assert "deleted-row" not in {notice.code for notice in notices}


@pytest.mark.parametrize("none", ["", "NaT", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
@pytest.mark.parametrize("day", ["2026-05-01 10:00:00+00:00", "2026/5/1", "20260501", "1777593600"])
def test_a_day_however_it_is_written_says_that_a_row_is_deleted(
    tmp_path: Path, day: str, none: str
) -> None:
    columns = {"text": ["It runs.", "It stops."], "source": ["a.md"] * 2, "deleted_at": [none, day]}
    found, _ = chunks(parquet(tmp_path / "d.parquet", columns))
    assert [chunk.text for chunk in found] == ["It runs."]


@pytest.mark.parametrize(
    ("columns", "edition"),
    [
        ({"lang": "fr"}, ("fr", "")),
        ({"language": "pt-BR", "version": "v2/x"}, ("pt-BR", "v2-x")),
        ({"version": 2}, ("", "2")),
        ({"language": "python"}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_rows_tell_their_language_and_version(
    tmp_path: Path, columns: dict[str, object], edition: Edition
) -> None:
    row = {"text": ["It runs."], "source": ["a.md"]} | {k: [v] for k, v in columns.items()}
    assert chunks(parquet(tmp_path / "d.parquet", row))[0][0].edition == edition
