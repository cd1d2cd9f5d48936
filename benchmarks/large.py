"""Measure builds of a dataset once, ten and forty times over: memory, and time for each page.

Each copy stands below a folder of its own and spells one long word in twelve in a way of its own,
texts and anchors alike, so that what a build learns of words grows with the data.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from cold_build import CHECKOUT, sitegen_of

SIZES = (1, 10, 40)
_WORD = re.compile(r"(?<![\w/.#-])[A-Za-z]{8,}(?![\w/])")
_IN_ANCHOR = re.compile(r"[a-z]{8,}")
_ONE_IN = 12


def copies(rows: list[dict[str, str]], number: int) -> Iterator[list[dict[str, str]]]:
    """Yield the rows of each copy of a dataset."""
    for copy in range(number):
        spell = _spelling(copy)
        yield [_copied(row, copy, spell) for row in rows]


def _spelling(copy: int) -> Callable[[re.Match[str]], str]:
    """What writes a word as one copy alone does, if it is one of those."""
    ending = chr(97 + copy % 26) + chr(97 + copy // 26 % 26) + "o"

    def spell(word: re.Match[str]) -> str:
        is_own = zlib.crc32(word[0].lower().encode()) % _ONE_IN == copy % _ONE_IN
        return word[0] + ending if is_own else word[0]

    return spell


def _copied(
    row: Mapping[str, str], copy: int, spell: Callable[[re.Match[str]], str]
) -> dict[str, str]:
    folder, _, name = row["source"].rpartition("/")
    anchor = _IN_ANCHOR.sub(spell, row.get("source_section") or "")
    return {
        "text": _WORD.sub(spell, row["text"]),
        "source": f"docs/part{copy:04d}/{folder.replace('../', '')}/{name}",
        "source_section": anchor,
        "id": f"{copy}-{row['id']}",
    }


def write(rows: list[dict[str, str]], number: int, file: Path) -> None:
    """Write copies of a dataset; no more than one is in memory."""
    schema = pa.schema([(name, pa.string()) for name in ("text", "source", "source_section", "id")])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for copy in copies(rows, number):
            writer.write_table(pa.Table.from_pylist(copy, schema=schema))


def main() -> None:
    """Measure a dataset with the columns ``text``, ``source``, ``source_section`` and ``id``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="copies [1 10 40]")
    parser.add_argument("--search", default="headings", help="headings, or full [headings]")
    arguments = parser.parse_args()
    rows = pq.read_table(arguments.dataset).to_pylist()
    pages = len({row["source"] for row in rows})
    subject = sitegen_of("sitegen", CHECKOUT)
    subject.environ["SITEGEN_SEARCH"] = arguments.search
    print("   pages     chunks   wall s    cpu s   cpu ms/page   peak MB of the largest process")
    with tempfile.TemporaryDirectory(prefix="sitegen-benchmark-") as scratch:
        for number in arguments.sizes:
            file = Path(scratch, f"copies-{number}.parquet")
            write(rows, number, file)
            sample = subject.run(file, Path(scratch, f"site-{number}"))
            each = 1000 * sample.cpu / (number * pages)
            print(
                f"{number * pages:8,} {number * len(rows):10,} {sample.wall:8.1f} {sample.cpu:8.1f}"
                f" {each:13.2f} {sample.peak / 1e6:12.0f}"
            )


if __name__ == "__main__":
    main()
