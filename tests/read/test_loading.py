"""What reading loads: no more than the data at hand needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_READ = """
import sys
from sitegen.read.inputs import read
list(read([sys.argv[1]], {}, []))
sys.exit("pyarrow.compute" in sys.modules)
"""


def test_plain_columns_are_read_without_what_computes_over_columns(tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"text": ["# A"], "source": ["a.md"]}), file)
    assert subprocess.run([sys.executable, "-c", _READ, str(file)], check=False).returncode == 0
