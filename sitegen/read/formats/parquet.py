"""Stage ``read``: Parquet files -> rows, in batches whose size in memory is bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from sitegen.read.columns import Column
from sitegen.read.files import InputFile
from sitegen.read.formats.arrow import FAULTS, SLICE_ROWS, broken, cells, columns
from sitegen.read.nested import inner_columns
from sitegen.read.rows import Batch, Table, text_limit, too_much_text

BATCH_BYTES = 128 << 20
BATCH_ROWS = 64


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    """Open a Parquet file; only the columns that are asked for are read.

    Raises:
        ReadError: it is no Parquet file, or broken, or encrypted.
    """
    try:
        # Never memory-mapped: a file that is cut while it is read would end the process (SIGBUS).
        # Threads and read-ahead cost more than they give on local files of a few megabytes.
        parquet = pq.ParquetFile(
            stream, memory_map=False, pre_buffer=False, page_checksum_verification=True
        )
        schema = parquet.schema_arrow
    except FAULTS as error:
        raise broken(file, "not a Parquet file that can be read", error) from error

    def inside(wanted: Sequence[Column]) -> Sequence[Column]:
        try:
            names = [column.name for column in wanted]
            some = next(parquet.iter_batches(SLICE_ROWS, columns=names, use_threads=False), None)
            return [] if some is None else inner_columns(some.to_pylist())
        except FAULTS:
            return []  # reading the rows says it better

    def batches(wanted: Sequence[Column]) -> Iterator[Batch]:
        names = list(dict.fromkeys(column.keys[0] for column in wanted))
        first = 0
        for group in range(parquet.num_row_groups):
            try:
                declared = _declared_bytes(parquet.metadata.row_group(group), names)
                # Refused unread: to read a row is to unfold the page that it is on.
                if declared > text_limit(file):
                    raise too_much_text(file, first)
                # A dictionary holds a value once, however many rows share it, so that a row may
                # be as large as all that the footer declares for its column.
                for batch in parquet.iter_batches(
                    batch_size=min(BATCH_ROWS, max(1, BATCH_BYTES // max(1, declared))),
                    row_groups=[group],
                    columns=names,
                    use_threads=False,
                ):
                    yield [cells(batch.column(column.keys[0]), column) for column in wanted]
                    first += batch.num_rows
            except FAULTS as error:
                raise broken(file, f"row group {group} cannot be read", error) from error

    return Table(columns(schema), batches, inside)


def _declared_bytes(group: Any, names: Sequence[str]) -> int:
    """Add up what the footer says the columns of a row group take when unpacked."""
    parts = (group.column(index) for index in range(group.num_columns))
    wanted = (part for part in parts if part.path_in_schema.partition(".")[0] in names)
    return int(sum(part.total_uncompressed_size for part in wanted))
