"""Stage ``read``: JSON Lines, one JSON array of objects, or one object with a table -> rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BufferedReader
from itertools import chain, islice
from typing import BinaryIO, TypeGuard, cast

from sitegen.errors import Location, ReadError
from sitegen.read.cells.docling import with_document
from sitegen.read.cells.nested import as_cell, inner_columns, lookup, rare_beside, type_name
from sitegen.read.cells.trees import without_tree
from sitegen.read.columns.mapping import Column
from sitegen.read.files import InputFile
from sitegen.read.formats.dumps import is_header, rows_of, with_header
from sitegen.read.rows import Batch, Table, again

_HEAD = 1024  # bytes
_BETWEEN = re.compile(r"[^\s,]")
_ACTIONS = ("index", "create")
_ABOUT = frozenset({"_index", "_id", "_type", "routing", "pipeline", "require_alias"})
_NUMBERS = Column("\0row", "integer", readable=False)  # no key of an object is read by it
SAMPLE_ROWS = 1000
"""Rows that are looked at to learn which columns there are."""

LINE_LIMIT = 128 << 20
"""The longest line, and the longest JSON array, in bytes."""


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    """Open a file of JSON objects, one a line or all in an array.

    Raises:
        ReadError: a row is no JSON object, or a line or the array is too long.
    """
    rows = _rows(stream, file)
    first = list(islice(rows, SAMPLE_ROWS))
    sample = [row for _, row in first]
    types: dict[str, str] = {}
    for row in sample:
        for name, value in row.items():
            if types.get(name, "null") == "null":
                types[name] = type_name(value)
    if not types:
        raise ReadError(
            "the file has no row with anything in it",
            location=Location(file=file.name),
            help="write or download it again",
        )
    columns = [Column(name, kind, kind not in {"object", "list"}) for name, kind in types.items()]
    columns += inner_columns(sample)
    columns += rare_beside(columns)

    def batches(wanted: Sequence[Column]) -> Iterator[Batch]:
        for row, values in again(first, rows):
            yield [
                [row if column.name == _NUMBERS.name else _cell(values, column, row, file)]
                for column in wanted
            ]

    return Table(columns, batches, numbers=_NUMBERS)


def _rows(stream: BinaryIO, file: InputFile) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield each row, and its number; that of a line counts all lines of the file."""
    rows: Iterator[tuple[int, object]]
    folder = file.source.rpartition("/")[0]
    # Looked at without taking it: a packed file cannot go back.
    head = cast("BufferedReader", stream).peek(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"["):
        values = _all_of(_limited(stream.read(LINE_LIMIT + 1), 0, file), file)
        only = values[0] if len(values) == 1 else values
        found = only if isinstance(only, list) else [only]
        has_header = bool(found) and is_header(found[0])
        inner = with_header(found) if has_header else chain.from_iterable(map(_inside, found))
        rows = enumerate(inner)
    else:
        rows = _of_lines(stream, file)
    for row, value in _below_actions(rows):
        if not isinstance(value, dict):
            raise ReadError(
                f"the row is of type {type_name(value)}, wanted is an object",
                location=Location(file=file.name, row=row),
                help='write each row as {"text": "...", "source": "..."}',
            )
        yield row, without_tree(with_document(value, folder))


def _below_actions(rows: Iterable[tuple[int, object]]) -> Iterator[tuple[int, object]]:
    """The rows, those of a bulk request (Elasticsearch, OpenSearch) with the id on the line above.

    That line says what is to be done with the row, and is none.
    """
    told: dict[str, object] = {}
    for row, value in rows:
        action = next((value[n] for n in _ACTIONS if n in value), None) if _is_one(value) else None
        if isinstance(action, dict) and action.keys() <= _ABOUT:
            told = {name: action[name] for name in action if name == "_id"}
        elif told and isinstance(value, dict):
            yield row, told | value
            told = {}
        else:
            yield row, value


def _is_one(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict) and len(value) == 1


def _inside(value: object) -> Iterable[object]:
    """The objects of a list in the place of a row, as of the chunks of a file; else the row."""
    rows = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    return rows or [value]


def _of_lines(stream: BinaryIO, file: InputFile) -> Iterator[tuple[int, object]]:
    """Yield the value of each line; one object alone, on however many lines, may be a table."""
    lines = enumerate(iter(lambda: stream.readline(LINE_LIMIT + 1), b""))
    filled = ((row, line) for row, line in lines if not line.isspace())
    above, first = next(filled, (0, b""))
    below, second = (0, b"") if _goes_on(first) else next(filled, (0, b""))
    if first and not second:
        rest = stream.read(LINE_LIMIT + 1 - len(first)) if _goes_on(first) else b""
        values = _all_of(_limited(first + rest, 0, file), file)
        is_one = len(values) == 1 and isinstance(values[0], dict)
        yield from enumerate(rows_of(cast("dict[str, object]", values[0])) if is_one else values)
        return
    for row, line in chain(((above, first), (below, second)), filled) if first else ():
        yield row, _parsed(_limited(line, row, file), row, file)


def _goes_on(line: bytes) -> bool:
    """Whether a line opens an object that the next one goes on."""
    return line.strip().endswith((b"{", b"[", b",")) and len(line) <= LINE_LIMIT


def _limited(data: bytes, row: int, file: InputFile) -> str:
    if len(data) > LINE_LIMIT:
        raise ReadError(
            f"longer than {LINE_LIMIT >> 20} MiB",
            location=Location(file=file.name, row=row),
            help="write one JSON object a line",
        )
    return data.decode("utf-8-sig", errors="surrogateescape")


def _constant(name: str) -> float | None:
    """Read what is no JSON, but written by Python: NaN is how pandas writes what is missing."""
    return None if name == "NaN" else float(name)


def _parsed(text: str, row: int, file: InputFile) -> object:
    try:
        value: object = json.loads(text, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        why = str(error)
        if isinstance(error, json.JSONDecodeError):  # the row tells the line
            why = f"{error.msg} at column {error.pos + 1}"
        raise ReadError(
            f"not valid JSON: {why}",
            location=Location(file=file.name, row=row),
            help="write one JSON object a line",
        ) from error
    return value


def _all_of(text: str, file: InputFile) -> list[object]:
    """The values that stand one behind another, on lines of their own or with commas between."""
    decoder = json.JSONDecoder(parse_constant=_constant)
    values: list[object] = []
    at = _after_signs(text, 0)
    while at < len(text) or not values:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            why = str(error)
            if isinstance(error, json.JSONDecodeError):
                why = f"{error.msg} in line {error.lineno}, column {error.colno}"
            raise ReadError(
                f"not valid JSON: {why}",
                location=Location(file=file.name, row=len(values)),
                help="write one JSON object a line",
            ) from error
        values.append(value)
        at = _after_signs(text, at)
    return values


def _after_signs(text: str, at: int) -> int:
    found = _BETWEEN.search(text, at)
    return found.start() if found else len(text)


def _cell(values: Mapping[str, object], column: Column, row: int, file: InputFile) -> object:
    name, *keys = column.keys
    value = lookup(values.get(name), keys) if keys else values.get(name)
    if value is None or isinstance(value, str):
        return value
    may_be_list = column.has_lists or column.type == "null"  # no row has shown what it is
    if isinstance(value, dict) or (isinstance(value, list) and not may_be_list):
        raise ReadError(
            f"{column.name!r} is of type {type_name(value)}, wanted is a string",
            location=Location(file=file.name, row=row),
            help="write it as a string",
        )
    return as_cell(value)
