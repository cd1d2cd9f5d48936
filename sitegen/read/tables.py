"""Stage ``read``: a dataset file -> an open table, by the reader of its suffix."""

from __future__ import annotations

import gzip
from importlib import import_module
from typing import BinaryIO, cast

from sitegen.errors import Location, ReadError, did_you_mean
from sitegen.read.files import OPENERS, PAGES, READERS, InputFile, open_regular
from sitegen.read.rows import Table


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    """Open the table of a file.

    Raises:
        ReadError: no reader knows its suffix, or the reader refuses it.
    """
    if file.suffix not in READERS:
        known = (*READERS, *PAGES)
        raise ReadError(
            f"no reader for {file.suffix or 'a file without a suffix'}",
            location=Location(file=file.name),
            help=did_you_mean(file.suffix, known),
        )
    if opener := OPENERS.get(file.suffix):
        added: Table = opener(stream, file)
        return added
    # Imported here: pyarrow takes longer to import than most datasets to read.
    reader = import_module(f"sitegen.read.formats.{READERS[file.suffix]}")
    table: Table = reader.open_table(_unpacked(stream, file), file)
    return table


def _unpacked(stream: BinaryIO, file: InputFile) -> BinaryIO:
    if file.packing == ".gz":
        return cast("BinaryIO", gzip.open(stream))
    if file.packing == ".zst":
        from sitegen.read.formats.arrow import unpacked  # noqa: PLC0415 - loads pyarrow

        return unpacked(stream)
    return stream


def columns_of(file: InputFile) -> list[str] | None:
    """The names of the columns of a file; none if it cannot be opened."""
    try:
        with open_regular(file) as stream:
            return [column.name for column in open_table(stream, file).columns]
    except (ReadError, OSError):
        return None
