"""Asked: the rows of the pages that are asked for, out of inputs of which no more need be read.

An index tells which parts of a file hold rows of which sources: one scan of one column, of which
that of each part is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial
from itertools import chain, islice

from msgspec.structs import replace

from sitegen.model import Chunk
from sitegen.read.aside import open_table
from sitegen.read.cells.paths import decoded
from sitegen.read.chunks import chunks
from sitegen.read.columns.mapping import Chooser, Column
from sitegen.read.columns.partitions import in_folder, partitions, with_partitions
from sitegen.read.files import PAGES, InputFile
from sitegen.read.inputs import read_file
from sitegen.read.rows import Batch, PartBatches, Table

FURTHEST = 200_000
"""Chunks that are looked through where no index can be had: a second or so."""

Sources = list[str]
"""The sources of the rows of a part of a file."""
Index = Callable[[object, Callable[[], Sources]], Sources]
"""Gives the sources of a part by all that they are read from; made by a call if need be."""


def rows_asked_for(
    file: InputFile, chooser: Chooser, is_asked: Callable[[str], bool], index: Index
) -> Iterator[Chunk]:
    """Yield the chunks of a file whose sources are asked for.

    Raises:
        ReadError: as `read_file`.
    """
    if file.suffix in PAGES:
        yield from read_file(file, chooser) if is_asked(file.source) else ()
        return
    with open_table(file) as opened:
        table = with_partitions(opened, file, set(chooser.configured.values()))
        chosen = chooser.choose(table.all_columns(), file.name, table.first_cells)
        if len(opened.parts) > 1 and table is opened and "folder" not in chosen:
            column = chosen["source"]
            names = list(_index(file, table, column, index))
            found = [_asked(some, file, is_asked) for some in names]
            parts = [part for part, asked in zip(table.parts, found, strict=True) if asked]
            if not parts:
                return
            asked = frozenset[str]().union(*found)
            table = replace(table, batches=partial(_rows_of, asked, column, parts))
        read = in_folder(chunks(table, chosen, file, chooser.notices), file)
        yield from (chunk for chunk in islice(read, FURTHEST) if is_asked(chunk.source))


def _rows_of(
    asked: Set[str], column: Column, parts: Sequence[PartBatches], wanted: Sequence[Column]
) -> Iterator[Batch]:
    """The cells of some columns, of the rows whose sources are asked for."""
    for part in parts:
        sources = chain.from_iterable(batch[0] for batch in part([column]))
        yield from part(wanted, [row for row, source in enumerate(sources) if source in asked])


def _index(file: InputFile, table: Table, column: Column, index: Index) -> Iterable[Sources]:
    """The sources of the rows of each part; those of a part that is as it was are not read again.

    Nor is any other column: of one edited text they are known.
    """
    stat = (str(file.path), file.stat())
    for number in range(len(table.parts)):
        read_from = table.mark(number, [column]) or (stat, number)
        yield index((column.keys, read_from), partial(_sources, table, number, column))


def _sources(table: Table, number: int, column: Column) -> Sources:
    """The sources of the rows of a part.

    Who reads tells each once: to hand over all cells takes longer than to read them, most of all
    while other threads read the rest.
    """
    return list(table.distinct(number, column))


def _asked(names: Sources, file: InputFile, is_asked: Callable[[str], bool]) -> Set[str]:
    """Those of the sources that are asked for."""
    paths = _in_folder(names, file)
    return {name for name, path in zip(names, paths, strict=True) if is_asked(path)}


def _in_folder(names: Sequence[str], file: InputFile) -> Iterator[str]:
    """Sources as chunks have them: without the fragment of a url, in the folder of a language."""
    plain = (decoded(name).partition("#")[0] for name in names)
    if not partitions(file):
        return plain
    return (each.source for each in in_folder((Chunk(name, "", "", 0) for name in plain), file))
