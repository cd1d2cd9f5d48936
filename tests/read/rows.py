"""Rows of a small dataset, read, and what is said where they are refused."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.errors import Diagnostic, ReadError
from sitegen.model import Chunk
from sitegen.read.inputs import read

ROWS = {
    "text": ["Intro.", "Use it.\n\n```py\nx\n```"],
    "source": ["docs/a.md", "docs/a.md"],
    "url": ["https://h.org/a/", "https://h.org/a/#use"],
    "source_section": [None, "#use"],
    "file_type": [".md", ".md"],
    "id": ["0_0", "0_1"],
}


def chunks(*inputs: Path | str, **columns: str) -> tuple[list[Chunk], list[Diagnostic]]:
    notices: list[Diagnostic] = []
    return list(read([str(item) for item in inputs], columns, notices)), notices


def refusal(*inputs: Path | str, **columns: str) -> str:
    with pytest.raises(ReadError) as caught:
        chunks(*inputs, **columns)
    message = str(caught.value)
    assert "\n" not in message
    return message


def parquet(path: Path, rows: object = ROWS, **options: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(rows), path, **options)
    return path


def one(text: object = "T", source: object = "a.md") -> dict[str, object]:
    return (
        ROWS
        | {name: [column[0]] for name, column in ROWS.items()}
        | {"text": text if isinstance(text, pa.Array) else [text], "source": [source]}
    )
