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
