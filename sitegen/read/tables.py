"""Stage ``read``: a dataset file -> an open table, by the reader of its suffix, within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import BinaryIO, cast

from msgspec.structs import replace

from sitegen.errors import Location, ReadError, did_you_mean
from sitegen.read.bounds import Bounds
from sitegen.read.columns.lists import out_of_lists
from sitegen.read.columns.mapping import Column
from sitegen.read.elsewhere import way_out
from sitegen.read.files import PAGES, READERS, InputFile
from sitegen.read.opening import open_regular
from sitegen.read.rows import Batch, Batches, PartBatches, Table

DAMAGE = (OSError, EOFError, zlib.error)
"""What a disk and what unpacks raise."""

_ROWS, _CHARACTERS = 1024, 1 << 18
"""Rows and texts that are read in one step; a batch may have more of both."""


@contextmanager
def open_here(file: InputFile) -> Iterator[Table]:
    """Open the table of a file in this process, where a fault of a library may end it.

    Raises:
        ReadError: no reader knows its suffix, the reader refuses it, or it takes too much.
    """
    with open_regular(file) as stream:
        bounds = Bounds(file)
        with damage_named(file):
            table = bounds.step(lambda: out_of_lists(_open(stream, file)))

        def within(
            batches: Batches | PartBatches, columns: Sequence[Column], *asked: Sequence[int] | None
        ) -> Iterator[Batch]:
            with damage_named(file):
                yield from bounds.each(_joined(batches(columns, *asked)))

        def inside(columns: Sequence[Column]) -> Sequence[Column]:
            with damage_named(file):
                return bounds.step(lambda: table.inside(columns))

        def mark(part: int, columns: Sequence[Column]) -> str:
            with damage_named(file):
                return bounds.step(lambda: table.mark(part, columns))

        def distinct(part: int, column: Column) -> Sequence[str]:
            batches = within(table.parts[part], [column])
            cells = chain.from_iterable(batch[0] for batch in batches)
            return list(dict.fromkeys(map(str, filter(None, cells))))

        yield replace(
            table,
            batches=partial(within, table.batches),
            inside=inside,
            parts=[partial(within, part) for part in table.parts],
            position=partial(_position, stream, file),
            mark=mark,
            distinct=distinct,
        )


def _position(stream: BinaryIO, file: InputFile) -> int:
    """How many bytes are read; what unpacks closes the file at its end."""
    return file.size if stream.closed else stream.tell()


def _open(stream: BinaryIO, file: InputFile) -> Table:
    reader = READERS.get(file.suffix)
    if reader is None:
        known = (*READERS, *PAGES)
        raise ReadError(
            f"no reader for {file.suffix or 'a file without a suffix'}",
            location=Location(file=file.name),
            help=way_out(file.name) or did_you_mean(file.suffix, known),
        )
    is_text_inside = file.suffix != file.packing  # else what is packed is the reader's own affair
    table: Table = reader.open_table(_unpacked(stream, file) if is_text_inside else stream, file)
    return table


def _unpacked(stream: BinaryIO, file: InputFile) -> BinaryIO:
    if file.packing == ".gz":
        import gzip  # noqa: PLC0415 - few files are packed

        return cast("BinaryIO", gzip.open(stream))
    if file.packing == ".zst":
        from sitegen.read.formats.arrow import unpacked  # noqa: PLC0415 - loads pyarrow

        return unpacked(stream)
    return stream


def _joined(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Put small batches together; a fault comes after the rows before it."""
    some: list[list[object]] = []
    size = 0
    try:
        for batch in batches:
            if len(batch[0]) >= _ROWS and not some:
                yield batch
                continue
            some = some or [[] for _ in batch]
            for cells, more in zip(some, batch, strict=True):
                cells.extend(more)
                size += _length(more)
            if len(some[0]) >= _ROWS or size >= _CHARACTERS:
                yield some
                some, size = [], 0
    except (ReadError, *DAMAGE):
        if some:
            yield some
        raise
    if some:
        yield some


def _length(cells: Sequence[object]) -> int:
    """The characters of the texts of a column."""
    try:
        return sum(map(len, cast("Sequence[str]", cells)))
    except TypeError:  # not all are texts
        return sum(len(cell) for cell in cells if isinstance(cell, str))


@contextmanager
def damage_named(file: InputFile) -> Iterator[None]:
    """Say which file a disk, or what unpacks, failed at.

    Raises:
        ReadError: it did.
    """
    try:
        yield
    except DAMAGE as error:
        packed = f"; the {file.packing} file may be cut short" if file.packing else ""
        reason = getattr(error, "strerror", None) or error
        raise ReadError(
            f"cannot be read: {reason}",
            location=Location(file=file.name),
            help=f"check the disk that it is on{packed}",
        ) from error
