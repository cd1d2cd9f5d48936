"""Measure builds of a site that is there: with nothing changed, and with one row changed.

Every build is a process of its own, timed by the clock from its start to its end.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

CHECKOUT = Path(__file__).resolve().parents[1]


def build(dataset: Path, folder: Path) -> float:
    """Build once and give the seconds that it took; a build that fails ends the benchmark."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "sitegen",
        "build",
        dataset,
        "-o",
        folder / "site",
        "-q",
    ]
    environ = os.environ | {"PYTHONPATH": str(CHECKOUT), "SITEGEN_SEARCH": "false"}
    environ["PYTHONDONTWRITEBYTECODE"] = ""  # compiled by the first build, as where it is installed
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environ, check=True)
    return time.perf_counter() - start


def with_edit(table: pa.Table, column: str, row: int, number: int) -> pa.Table:
    """Add a sentence to the text of one row."""
    texts = table.column(column).to_pylist()
    texts[row] = f"{texts[row]}\n\nEdit number {number}."
    field = table.schema.field(column)
    at = table.schema.get_field_index(column)
    return table.set_column(at, field, pa.array(texts, field.type))


def main() -> None:
    """Parse the arguments and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dataset", type=Path, help="a Parquet file")
    parser.add_argument("--column", default="text", help="the column of the texts [text]")
    parser.add_argument("--runs", type=int, default=9, help="builds of each kind [9]")
    arguments = parser.parse_args()
    table = pq.read_table(arguments.dataset)
    with tempfile.TemporaryDirectory(prefix="sitegen-benchmark-") as name:
        folder = Path(name)
        dataset = folder / "edited.parquet"
        pq.write_table(table, dataset)
        build(dataset, folder)
        same = [build(dataset, folder) for _ in range(arguments.runs)]
        edited = []
        for number in range(arguments.runs):
            row = (2 * number + 1) * table.num_rows // (2 * arguments.runs)
            pq.write_table(with_edit(table, arguments.column, row, number), dataset)
            edited.append(build(dataset, folder))
    for kind, seconds in (("nothing changed", same), ("one row changed", edited)):
        print(f"{kind}: {median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")


if __name__ == "__main__":
    main()
