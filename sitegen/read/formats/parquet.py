"""Stage ``read``: Parquet files -> rows, in batches whose size in memory is bounded."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from sitegen.errors import Location, ReadError
from sitegen.read.cells.nested import in_cells
from sitegen.read.columns.mapping import Column
from sitegen.read.files import InputFile
from sitegen.read.formats.arrow import FAULTS, SLICE_ROWS, broken, cells, columns, nameless
from sitegen.read.rows import Batch, PartBatches, Table, text_limit, too_much_text

BATCH_BYTES = 128 << 20
BATCH_ROWS = 64
_CELLS = 4096  # of one column alone: an index is made of them
_BUFFER = 1 << 20  # bytes of a column that are read at once: else all of its row group is
MARKED_BYTES = 64 << 20  # of a row group whose rows are kept to be recalled as a whole
_HEAD = 32  # bytes that hold the first three numbers of the head of a page
_NEXT_I32, _DICTIONARY_PAGE = 0x15, 2
_SIGNATURE = 28  # bytes: a nonce of 12 and a tag of 16


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    """Open a Parquet file; only the columns that are asked for are read.

    Raises:
        ReadError: it is no Parquet file, or broken, or encrypted.
    """
    parquet, found = _opened(stream, file)

    groups = range(parquet.num_row_groups)

    def batches(
        wanted: Sequence[Column], asked: Sequence[int] | None = None, groups: Sequence[int] = groups
    ) -> Iterator[Batch]:
        names = list(dict.fromkeys(column.keys[0] for column in wanted))
        first = 0
        for group in groups:
            try:
                # A fault of the metadata is an exception to who reads, but ends the process of who
                # only asks; so a row is read first.
                one = parquet.iter_batches(1, row_groups=[group], columns=names, use_threads=False)
                next(one, None)
                declared = _declared_bytes(parquet, group, names)
                # Refused unread: to read a row is to unfold the page that it is on.
                if declared > text_limit(file):
                    raise too_much_text(file, first)
                shared = declared if file.remote else _shared_bytes(stream, parquet, group, names)
                most = BATCH_ROWS if len(names) > 1 else _CELLS
                rows = parquet.iter_batches(
                    batch_size=min(most, max(1, BATCH_BYTES // max(1, shared))),
                    row_groups=[group],
                    columns=names,
                    use_threads=False,
                )
                for batch in rows:
                    some = batch if asked is None else _only(batch, first, asked)
                    if some.num_rows:
                        yield [cells(some.column(column.keys[0]), column) for column in wanted]
                    first += batch.num_rows
            except FAULTS as error:
                raise broken(file, f"row group {group} cannot be read", error) from error

    parts: list[PartBatches] = [partial(batches, groups=(group,)) for group in groups]
    rows = parquet.metadata.num_rows
    mark = partial(_mark, stream, parquet)
    return Table(found, batches, partial(_inside, parquet), parts, rows, mark=mark)


def _only(batch: Any, first: int, asked: Sequence[int]) -> Any:
    """The rows of a batch that are asked for, by their numbers in order; it begins at the first."""
    some = asked[bisect_left(asked, first) : bisect_left(asked, first + batch.num_rows)]
    return batch.take([number - first for number in some]) if some else batch.slice(0, 0)


def _inside(parquet: pq.ParquetFile, wanted: Sequence[Column]) -> Sequence[Column]:
    """The columns inside of others, as the first rows show them."""
    try:
        names = [column.name for column in wanted]
        rows = parquet.iter_batches(SLICE_ROWS, columns=names, use_threads=False)
        some = next(rows, None)
        return [] if some is None else in_cells(some.to_pylist())
    except FAULTS:
        return []  # reading the rows says it better


def _opened(stream: BinaryIO, file: InputFile) -> tuple[pq.ParquetFile, list[Column]]:
    """A file of which nothing but the footer has been read, and its columns."""
    try:
        # Never memory-mapped: a file that is cut while it is read would end the process (SIGBUS).
        # Threads and read-ahead cost more than they give on local files of a few megabytes.
        parquet = pq.ParquetFile(
            stream,
            memory_map=False,
            pre_buffer=False,
            buffer_size=_BUFFER,
            page_checksum_verification=True,
        )
        _refuse_encrypted(stream, parquet.metadata, file)
        return parquet, columns(parquet.schema_arrow)
    except UnicodeDecodeError as error:
        raise nameless(file, error) from error
    except FAULTS as error:
        raise broken(file, "not a Parquet file that can be read", error) from error


def _refuse_encrypted(stream: BinaryIO, metadata: Any, file: InputFile) -> None:
    """Refuse what must not even be asked about: to look at an encrypted column ends the process.

    Where columns are encrypted but the footer is not, the footer is signed: these bytes follow it
    (Parquet Modular Encryption, 5.2).
    """
    stream.seek(-8, os.SEEK_END)
    length = int.from_bytes(stream.read(4), "little")
    if length - metadata.serialized_size == _SIGNATURE:
        raise ReadError(
            "columns of the file are encrypted",
            location=Location(file=file.name),
            help="write it again without encryption",
        )


def _mark(stream: BinaryIO, parquet: Any, group: int, wanted: Sequence[Column]) -> str:
    """Digest what columns of a row group are read from: their bytes, and what says what these are.

    Where they lie does not matter: a row more moves all that follow. What is large is not marked.
    """
    names = [column.keys[0] for column in wanted]
    try:
        is_large = _declared_bytes(parquet, group, names) > MARKED_BYTES
        return "" if is_large else _digest(stream, parquet, group, names)
    except FAULTS:
        return ""  # reading the rows says it better


def _digest(stream: BinaryIO, parquet: Any, group: int, names: Sequence[str]) -> str:
    rows = parquet.metadata.row_group(group).num_rows
    state = hashlib.sha256(parquet.schema_arrow.serialize())
    state.update(repr((rows, names)).encode("utf-8", "replace"))
    for column in _columns_of(parquet, group, names):
        length = column.total_compressed_size
        kind = (column.physical_type, column.compression, column.encodings, column.num_values)
        state.update(repr((*kind, length, column.total_uncompressed_size)).encode())
        stream.seek(_start(column))
        state.update(stream.read(min(max(length, 0), MARKED_BYTES)))
    return state.hexdigest()


def _shared_bytes(stream: BinaryIO, parquet: Any, group: int, names: Sequence[str]) -> int:
    """The most that one row can take in memory of what the file holds once for many.

    That is a value of a dictionary, or one that repeats the beginning of the value before it.
    """
    return sum(
        column.total_uncompressed_size
        if "DELTA_BYTE_ARRAY" in column.encodings
        else _dictionary_bytes(stream, column)
        for column in _columns_of(parquet, group, names)
    )


def _dictionary_bytes(stream: BinaryIO, column: Any) -> int:
    """The size of the dictionary that a column begins with, unpacked, as the head of its page says.

    The heads are in Thrift's compact protocol: type, size unpacked and packed come first, each a
    field of the next number, in zigzag. Who writes them otherwise is believed to share all.
    """
    stream.seek(_start(column))
    head, values = iter(stream.read(_HEAD)), list[int]()
    while len(values) < 3 and next(head, 0) == _NEXT_I32:
        value = shift = 0
        for byte in head:
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                values.append(value >> 1)
                break
    if len(values) < 3:
        return int(column.total_uncompressed_size)
    kind, *sizes = values
    return max(sizes) if kind == _DICTIONARY_PAGE else 0


def _start(column: Any) -> int:
    start = int(column.data_page_offset)
    if column.has_dictionary_page and column.dictionary_page_offset:
        start = min(start, int(column.dictionary_page_offset))
    return start


def _columns_of(parquet: Any, group: int, names: Sequence[str]) -> Iterator[Any]:
    """What the footer says of columns of a row group; of others it is not asked.

    Those may be encrypted or broken.
    """
    schema, metadata = parquet.schema, parquet.metadata.row_group(group)
    for at in range(metadata.num_columns):
        if schema.column(at).path.partition(".")[0] in names:
            yield metadata.column(at)


def _declared_bytes(parquet: Any, group: int, names: Sequence[str]) -> int:
    """Add up what the footer says the columns of a row group take when unpacked."""
    return sum(int(each.total_uncompressed_size) for each in _columns_of(parquet, group, names))
