"""Stage ``read``: Arrow IPC files and streams (Feather 2 is one) -> rows; Arrow columns -> text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, cast

import pyarrow as pa

from sitegen.errors import Location, ReadError
from sitegen.read.cells.nested import as_cell, in_cells, lookup
from sitegen.read.columns.mapping import Column
from sitegen.read.files import InputFile
from sitegen.read.rows import Batch, Table
from sitegen.read.text import TEXT_LIMIT

FAULTS = (OSError, pa.ArrowException, MemoryError, OverflowError, ValueError, IndexError)
"""What pyarrow raises on broken files. ``ValueError`` includes ``UnicodeDecodeError``."""

SLICE_ROWS = 64
_CASTABLE = (
    pa.types.is_null,
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_temporal,
)
# Each kind of string is looked at as the kind of binary that has the same layout.
_BINARY = {
    pa.string(): pa.binary(),
    pa.large_string(): pa.large_binary(),
    pa.string_view(): pa.binary_view(),
}
_VIEWS = (pa.string_view(), pa.binary_view())
_BYTES = frozenset(_BINARY.values())


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    """Open an Arrow IPC file or stream.

    Raises:
        ReadError: it is neither, or broken.
    """
    is_file = _is_file(stream, file)
    try:
        schema = pa.ipc.open_file(stream).schema if is_file else pa.ipc.open_stream(stream).schema
        found = columns(schema)
    except UnicodeDecodeError as error:
        raise nameless(file, error) from error
    except FAULTS as error:
        raise broken(file, "not an Arrow IPC file or stream", error) from error

    def inside(wanted: Sequence[Column]) -> Sequence[Column]:
        stream.seek(0)
        fields = sorted(schema.get_field_index(column.name) for column in wanted)
        options = pa.ipc.IpcReadOptions(included_fields=fields, use_threads=False)
        try:
            some = next(_record_batches(stream, options, is_file=is_file), None)
            return [] if some is None else in_cells(some[:SLICE_ROWS].to_pylist())
        except FAULTS:
            return []  # reading the rows says it better

    def batches(wanted: Sequence[Column]) -> Iterator[Batch]:
        stream.seek(0)
        # Fields that are not needed are not even looked at.
        names = list(dict.fromkeys(column.keys[0] for column in wanted))
        fields = [schema.get_field_index(name) for name in names]
        options = pa.ipc.IpcReadOptions(included_fields=sorted(fields), use_threads=False)
        number = 0
        try:
            for batch in _record_batches(stream, options, is_file=is_file):
                checked = {name: _checked(batch.column(name)) for name in names}
                for start in range(0, batch.num_rows, SLICE_ROWS):
                    stop = start + SLICE_ROWS
                    yield [cells(checked[c.keys[0]][start:stop], c) for c in wanted]
                number += 1
        except FAULTS as error:
            raise broken(file, f"record batch {number} cannot be read", error) from error

    return Table(found, batches, inside)


def _is_file(stream: BinaryIO, file: InputFile) -> bool:
    """Whether what is there is an IPC file; a stream begins without a mark."""
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(b"FEA1"):
        raise ReadError(
            "Feather version 1 is not read",
            location=Location(file=file.name),
            help="write the file again with a newer pyarrow or as Parquet",
        )
    return head.startswith(b"ARROW1")


def unpacked(stream: BinaryIO) -> BinaryIO:
    """Give what a file of Zstandard holds."""
    return cast("BinaryIO", io.BufferedReader(pa.CompressedInputStream(stream, "zstd")))


def _record_batches(stream: BinaryIO, options: Any, *, is_file: bool) -> Iterator[Any]:
    if is_file:
        reader = pa.ipc.open_file(stream, options=options)
        yield from (reader.get_batch(number) for number in range(reader.num_record_batches))
    else:
        yield from pa.ipc.open_stream(stream, options=options)


def columns(schema: Any) -> list[Column]:
    """Describe the columns of an Arrow schema."""
    return [Column(field.name, str(field.type), _is_readable(field.type)) for field in schema]


def _is_readable(kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_readable(kind.value_type)
    return (
        kind in _BINARY
        or kind in _BYTES
        or pa.types.is_fixed_size_binary(kind)
        or any(is_kind(kind) for is_kind in _CASTABLE)
    )


def cells(array: Any, column: Column) -> Sequence[object]:
    """Give the cells of a column of an array: texts, or what lies inside of its values."""
    keys = list(column.keys[1:])
    if isinstance(array, list):
        return [as_cell(lookup(value, keys)) for value in array] if keys else array
    if keys and not column.in_text:
        import pyarrow.compute as pc  # noqa: PLC0415 - takes long to load, and few need it

        while keys and pa.types.is_struct(array.type):
            array = pc.struct_field(array, keys.pop(0))
    if keys:
        return [as_cell(lookup(value, keys)) for value in _values(array)]
    return _values(array)


def _values(array: Any) -> Sequence[object]:
    """Give the cells of an array: texts, or lists and objects with texts in them."""
    if _is_readable(array.type):
        return texts(array)
    values: list[object] = array.to_pylist()
    return [_with_texts(value) for value in values] if "binary" in str(array.type) else values


def _with_texts(value: object) -> object:
    """Give a value with texts in place of bytes, which some write for texts."""
    match value:
        case bytes():
            return value.decode(errors="surrogateescape")
        case list() | tuple():
            return type(value)(map(_with_texts, value))
        case dict():
            return {key: _with_texts(inner) for key, inner in value.items()}
    return value


def texts(array: Any) -> list[str | None]:
    """Give the cells of an array as text; bytes that are no UTF-8 become lone surrogates.

    A cell far above the limit is cut here already, so that its copy is not held as well.
    """
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pa.types.is_floating(kind):  # NaN is how pandas writes what is missing
        import pyarrow.compute as pc  # noqa: PLC0415 - takes long to load, and few need it

        array = pc.if_else(pc.is_nan(array), pa.scalar(None, kind), array)
    if kind not in _BINARY and any(is_kind(kind) for is_kind in _CASTABLE):
        return list(array.cast(pa.string()).to_pylist())
    # `nbytes` knows no views before pyarrow 24.
    if (array.get_total_buffer_size() if kind in _VIEWS else array.nbytes) > TEXT_LIMIT:
        cells = (cell.as_buffer() if cell.is_valid else None for cell in array)
        return _decoded(cell and cell[: 2 * TEXT_LIMIT].to_pybytes() for cell in cells)
    if kind not in _BINARY:
        return _decoded(array.to_pylist())
    try:
        return list(array.to_pylist())
    except UnicodeDecodeError:
        return _decoded(array.view(_BINARY[kind]).to_pylist())


def _decoded(cells: Iterable[bytes | None]) -> list[str | None]:
    return [None if cell is None else cell.decode(errors="surrogateescape") for cell in cells]


def _checked(array: Any) -> Any:
    """Verify offsets and indices before use; a dictionary is given as list of shared texts.

    Slices of a dictionary array each hold all of its values: there they would be read again.
    """
    if not pa.types.is_dictionary(array.type):
        # Validated as bytes, because text that is not UTF-8 can be repaired.
        (array.view(_BINARY[array.type]) if array.type in _BINARY else array).validate(full=True)
        return array
    values = texts(_checked(array.dictionary))
    indices = array.indices
    indices.validate(full=True)
    places = indices.to_pylist()
    if any(place is not None and place < 0 for place in places):
        raise IndexError("negative dictionary index")
    return [None if place is None else values[place] for place in places]


def nameless(file: InputFile, error: UnicodeDecodeError) -> ReadError:
    """Say which column is called by what is no text."""
    return ReadError(
        f"the name of a column is no UTF-8: {error.object[:60]!r}",
        location=Location(file=file.name),
        help="rename the column",
    )


def broken(file: InputFile, what: str, error: Exception) -> ReadError:
    """Say in one line what pyarrow says in many."""
    if isinstance(error, MemoryError):
        return ReadError(
            f"{what}: it takes more memory than there is, or than a file of its size may take",
            location=Location(file=file.name),
            help="split the file, or end other programs",
        )
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
    return ReadError(
        f"{what}: {reason}",
        location=Location(file=file.name),
        help="the file is damaged or of another format: write or download it again",
    )
