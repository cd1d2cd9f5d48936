"""Stage ``read``, last step for large files: what is made of rows is remembered, run by run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.model.runs import PartOfFile
from sitegen.read.chunks import LOOK_BACK, chunks, made, reading_of
from sitegen.read.columns.mapping import Column
from sitegen.read.files import InputFile
from sitegen.read.rows import Batch, Packed, Rows, Table, text_limit, together
from sitegen.read.text import Repairs
from sitegen.store.digest import digest
from sitegen.store.later import recall_with_bulks
from sitegen.store.recall import Store

_Some = tuple[str, Callable[[], Batch]]
"""Rows that are recalled together: what they are known by, and what gives them."""


def runs(
    table: Table,
    chosen: Mapping[str, Column],
    file: InputFile,
    notices: list[Diagnostic],
    store: Store,
) -> Iterator[Chunk | PartOfFile]:
    """Yield what `chunks` does in runs of neighbouring rows, of which those as before are recalled.

    A part of the file whose bytes are as they were is not read. Of rows that say the same as before
    nothing is made again, however the file is written now.

    Raises:
        ReadError: as `chunks`.
    """
    if not chosen.keys().isdisjoint(LOOK_BACK):
        yield from chunks(table, chosen, file, notices)
        return
    whole = Rows(Repairs(file.name))
    reading, limit = reading_of(table, chosen, file, whole.repairs), text_limit(file)
    columns = [*reading.chosen.values(), *reading.extra.values()]
    how = (sorted(reading.chosen.items()), reading.as_headings, reading.is_packed, reading.deleted)

    def make(batch: Callable[[], Batch]) -> Packed:
        rows = Rows(Repairs(file.name), count=whole.count, size=whole.size)
        packed = rows.pack(made(reading, rows, lambda _: iter([batch()])))
        rows.count -= whole.count
        rows.size -= whole.size
        return rows, [packed]

    def has_room(rows: Rows) -> bool:
        return whole.size + rows.size <= limit

    for known_by, batch in _in_parts(table, columns, columns.index(chosen["source"]), store):
        key = store.key("rows", (file.name, whole.count, known_by, how))
        rows, (packed,) = recall_with_bulks(store, key, partial(make, batch), Rows, has_room)
        if rows.runs:
            yield PartOfFile(rows.runs, packed)
        whole.add(rows)
    notices += whole.notices()


def _in_parts(
    table: Table, columns: Sequence[Column], source: int, store: Store
) -> Iterator[_Some]:
    """Yield the rows of a table that are recalled together; a part that is known is not read."""
    for number, part in enumerate(table.parts or [table.batches]):
        mark = table.mark(number, columns)
        key = store.key("part of file", (mark, columns, source)) if mark else ""
        known = store.find([key], list[str]).get(key) if key else None
        if known is None:
            found: list[str] = []
            for batch in together(part(columns), source):
                found.append(digest("rows", batch))
                yield found[-1], partial(_same, batch)
            if key:
                store.keep({key: found})
        else:
            read = enumerate(together(part(columns), source))
            for at, known_by in enumerate(known):
                yield known_by, partial(_numbered, read, at)


def _numbered(batches: Iterator[tuple[int, Batch]], number: int) -> Batch:
    """The batch of a number; those before it are not asked for any more."""
    return next(batch for at, batch in batches if at == number)


def _same(batch: Batch) -> Batch:
    return batch
