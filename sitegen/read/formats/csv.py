"""Stage ``read``: CSV and TSV with a header line -> rows; cells may hold line ends in quotes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import BinaryIO

from sitegen.errors import Location, ReadError
from sitegen.read.cells.nested import are_listed, as_cell, in_cells, listed, lookup
from sitegen.read.columns.mapping import Column
from sitegen.read.columns.names import NAMES, bare, is_known
from sitegen.read.files import InputFile
from sitegen.read.rows import Batch, Table, again
from sitegen.read.text import TEXT_LIMIT

_DELIMITERS = ",;|\t"
# What is somewhat too long is cut later; what is far too long is a quote that nobody closed.
_CELL_LIMIT = 2 * TEXT_LIMIT
_LINE_LIMIT = 4 * TEXT_LIMIT
_SAMPLE_ROWS = 200
_LONGEST_NAME = 120  # characters
_SHOWN = 40  # characters of a text, in an error


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    """Open a CSV file; what separates cells is what occurs most in the header line.

    Raises:
        ReadError: the header or a row is not as CSV must be.
    """
    header = stream.readline(_CELL_LIMIT).decode("utf-8-sig", errors="surrogateescape")
    rest = iter(lambda: stream.readline(_LINE_LIMIT), b"")
    lines = chain([header], (line.decode(errors="surrogateescape") for line in rest))
    delimiter = "\t" if file.suffix == ".tsv" else max(_DELIMITERS, key=header.count)
    # The only way to read long cells; the limit is one for the whole process.
    csv.field_size_limit(_CELL_LIMIT)
    records = _records(csv.reader(lines, delimiter=delimiter, strict=True), file)
    names = [name.strip() for name in next(records, [])]
    _refuse_row(names, file)
    sample = list(islice(records, _SAMPLE_ROWS))

    lists = _lists(names, sample)

    def inside(columns: Sequence[Column]) -> Sequence[Column]:
        places = {column.name: names.index(column.name) for column in columns}
        return in_cells(
            {name: record[place] for name, place in places.items() if place < len(record)}
            for record in sample
        )

    def batches(wanted: Sequence[Column]) -> Iterator[Batch]:
        places = [(names.index(column.keys[0]), column.keys[1:]) for column in wanted]
        for row, record in enumerate(again(sample, records)):
            if len(record) != len(names):
                raise ReadError(
                    f"{len(record)} cells, but the header names {len(names)}",
                    location=Location(file=file.name, row=row),
                    help="put cells that hold the separator or line ends in double quotes",
                )
            yield [
                [as_cell(lookup(record[place], keys)) if keys else cell(record, place)]
                for place, keys in places
            ]

    def cell(record: list[str], place: int) -> object:
        return (listed(record[place]) if place in lists else None) or record[place]

    columns = [
        Column(name, "list", readable=False) if place in lists else Column(name)
        for place, name in enumerate(names)
    ]
    return Table(columns, batches, inside)


def _lists(names: Sequence[str], sample: Sequence[Sequence[str]]) -> set[int]:
    """The places of columns of lists; a text that looks like one of several values is a text."""
    return {
        place
        for place, (name, cells) in enumerate(zip(names, zip_longest(*sample), strict=False))
        if are_listed(cells)
        and (bare(name) not in NAMES["text"] or all(len(listed(c) or ()) == 1 for c in cells if c))
    }


def _refuse_row(names: Sequence[str], file: InputFile) -> None:
    """Refuse a file whose first line is a row, as tables are dumped without a header."""
    texts = (n for n in names if "\n" in n or n.startswith("{") or len(n) > _LONGEST_NAME)
    text = next(texts, None)
    # `start.md` is no `md` of an object.
    if text is not None and not any(is_known(name.replace(".", "_")) for name in names):
        raise ReadError(
            f"the first line names no columns but is a row, with {text[:_SHOWN]!r}",
            location=Location(file=file.name),
            help=f"put a line above it that names the {len(names)} columns, such as "
            f"{_header(len(names))}, or dump the table with a header",
        )


def _header(count: int) -> str:
    """A line that names so many columns; a table of two has no ids."""
    known = ("text", "source") if count == 2 else ("id", "text", "source")
    return ",".join((*known, *(f"column{n}" for n in range(4, count + 1)))[:count])


def _records(reader: Iterator[list[str]], file: InputFile) -> Iterator[list[str]]:
    row = -1  # the header comes before row 0
    try:
        for record in filter(None, reader):
            yield record
            row += 1
    except csv.Error as error:
        raise ReadError(
            f"not valid CSV: {error}",
            location=Location(file=file.name, row=max(row, 0)),
            help="put cells that hold quotes or line ends in double quotes, and double the quotes",
        ) from error
