"""Tables of tests, written as the suffix of their file says."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table; the test is skipped where this pyarrow cannot write its types."""
    try:
        if path.suffix == ".parquet":
            pq.write_table(table, path)
            return
        with pa.ipc.new_file(path, table.schema) as writer:
            writer.write_table(table)
    except pa.ArrowNotImplementedError as error:
        pytest.skip(str(error))
