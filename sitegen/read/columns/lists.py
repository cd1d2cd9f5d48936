"""Stage ``read``: columns of lists of one value each, as some stores write all they hold.

And of texts that are lists, as databases and what pandas writes have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sitegen.errors import ReadError
from sitegen.read.cells.elements import TOLD
from sitegen.read.cells.nested import are_listed, as_cell, listed
from sitegen.read.columns.mapping import Column
from sitegen.read.columns.names import TEXTS, is_known, is_list
from sitegen.read.rows import Batch, Batches, PartBatches, Table


def out_of_lists(table: Table) -> Table:
    """A table with the values in place of the lists, where the first cells have one each."""

    def seen(columns: Sequence[Column]) -> list[Column]:
        return [_seen(table, column) for column in columns]

    return replace(
        table,
        columns=seen(table.columns),
        inside=lambda wanted: seen(table.inside(wanted)),
        batches=_values(table.batches),
        parts=[_values(part) for part in table.parts],
    )


def _seen(table: Table, column: Column) -> Column:
    may_be_text = column.readable and column.word in TEXTS and not column.many
    if may_be_text and are_listed(_first_cells(table, column)):
        return replace(column, type="list", readable=False, in_text=True)
    return replace(column, of_one=True, readable=True) if _is_of_one(table, column) else column


def _is_of_one(table: Table, column: Column) -> bool:
    """Whether cells are such; vectors and what is a list by its name are not read for that."""
    if not column.is_list or column.many or is_list(column.name) or column.word in TOLD:
        return False
    is_at_hand = column.type == "list" and len(column.keys) == 1  # of a file of whole rows
    if not is_known(column.name) and not is_at_hand:
        return False
    cells = [cell for cell in _first_cells(table, column) if cell]
    return bool(cells) and all(map(_has_one, cells))


def _first_cells(table: Table, column: Column) -> Sequence[object]:
    try:
        return table.first_cells(column)
    except ReadError:
        return ()  # reading the rows says it, if they are wanted


def _has_one(cell: object) -> bool:
    return isinstance(cell, list) and len(cell) == 1 and not isinstance(cell[0], list | dict)


def _values(batches: Batches | PartBatches) -> PartBatches:
    def values(wanted: Sequence[Column], *asked: Sequence[int] | None) -> Iterator[Batch]:
        for batch in batches(wanted, *asked):
            yield [
                [_value(cell, column) for cell in cells] if column.has_lists else cells
                for column, cells in zip(wanted, batch, strict=True)
            ]

    return values


def _value(cell: object, column: Column) -> object:
    """The value in a list; no value in an empty one, and several as they are."""
    if isinstance(cell, str) and column.in_text and not column.many:
        return listed(cell) or cell
    if not column.of_one or not isinstance(cell, list) or len(cell) > 1:
        return cell
    return as_cell(cell[0]) if cell else None
