"""Stage ``read``: some rows of the inputs, in a second or so at any size, and their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.read.aside import open_table
from sitegen.read.cells.paths import page_and_section
from sitegen.read.chunks import chunks
from sitegen.read.columns.mapping import Chooser, Column
from sitegen.read.files import PAGES, READERS, InputFile, find_files
from sitegen.read.folders.pages import read_page
from sitegen.read.opening import open_regular
from sitegen.read.rows import Batch, Table

T = TypeVar("T")
Batches = Callable[[Sequence[Column]], Iterator[Batch]]
_FILES = 3  # of many: the first, one from the middle, the last
_PARTS = 3
_TEXTS = 9_000  # rows that are read whole
_TEXTS_AFAR, _SOURCES_AFAR = 2_000, 30_000  # where they have to travel
_SOURCES = 150_000  # rows of which only the source is read
_CELLS = 200  # rows that show what is in a column that is not read
_BATCHES = 4_000  # of each; those of a large row group have a row each
_APART = 1.5  # runs of rows for each source; 1 is a page after the other
_APART_IN_PARTS = 1.02  # where most rows were not seen, of a page in two places one is


class Excerpt(Struct):
    """What some rows show. ``rows`` and ``pages`` are those of all inputs: exact if ``is_whole``.

    ``cells`` are some of each column that nothing is read from, each beside its row's source.
    ``lie_apart``: the rows of a page are not one after the other; ``pages`` are those seen then.
    """

    files: int
    kind: str = "markdown"
    columns: Sequence[Column] = ()
    chosen: Mapping[str, Column] = field(default_factory=dict)
    cells: dict[Column, list[tuple[object, object]]] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    rows: int = 0
    pages: int = 0
    is_whole: bool = True
    lie_apart: bool = False
    notices: list[Diagnostic] = field(default_factory=list)


def take_excerpt(
    inputs: Sequence[str],
    columns: Mapping[str, str],
    config_name: str = "",
    exclude: Sequence[str] = (),
) -> Excerpt:
    """Look into some rows of some files.

    Raises:
        ReadError: as `sitegen.read.read`, for what is looked at.
    """
    notices: list[Diagnostic] = []
    files = find_files(inputs, notices, config_name, exclude)
    excerpt = Excerpt(len(files), notices=notices)
    some = _spread(files, _FILES)
    chooser = Chooser(columns, notices)
    sources: list[str] = []
    bytes_seen = 0.0
    for file in files if all(file.suffix in PAGES for file in files) else some:
        if file.suffix in PAGES:
            if len(excerpt.chunks) < _TEXTS:
                with open_regular(file) as stream:
                    excerpt.chunks += read_page(stream, file, notices)
            sources.append(file.source)
            bytes_seen += file.size
        else:
            reader = READERS.get(file.suffix)
            excerpt.kind = reader.format if reader else file.suffix.removeprefix(".")
            part = _look_into(file, chooser, excerpt, sources, len(some))  # it opens the file
            bytes_seen += part * file.size
    total = sum(file.size for file in files)
    pages = len(set(sources))
    runs = sum(a != b for a, b in zip(sources, chain([None], sources), strict=False))
    excerpt.is_whole = bytes_seen >= total
    excerpt.lie_apart = runs > (_APART if excerpt.is_whole else _APART_IN_PARTS) * pages
    more = 1.0 if excerpt.is_whole or not bytes_seen else total / bytes_seen
    excerpt.rows = round(len(sources) * more)
    excerpt.pages = pages if excerpt.lie_apart else round(pages * more)
    return excerpt


def _look_into(
    file: InputFile, chooser: Chooser, excerpt: Excerpt, sources: list[str], files: int
) -> float:
    """Add what some rows of a file show; which share of the file's rows has told its source."""
    with open_table(file) as table:
        excerpt.columns = table.all_columns()
        excerpt.chosen = chooser.choose(excerpt.columns, file.name, table.first_cells)
        _peek(table, excerpt)
        texts = _TEXTS_AFAR if file.remote else _TEXTS
        parts = _spread(table.parts, _PARTS) if (table.rows or 0) * files > texts else ()
        most = texts // files // max(1, len(parts))
        before = len(excerpt.chunks)
        seen = 0
        for batches in parts or (table.batches,):
            counted = _Counted(batches, most, _BATCHES // files // len(parts) if parts else most)
            some = replace(table, batches=counted)
            excerpt.chunks += chunks(some, excerpt.chosen, file, excerpt.notices)
            seen += counted.rows
        if not parts:
            sources += [chunk.source for chunk in excerpt.chunks[before:]]
            is_all = seen < most or seen == table.rows
            return 1.0 if is_all else min(0.99, table.position() / file.size)
        told = len(sources)
        most = _SOURCES_AFAR if file.remote else _SOURCES
        sources += _sources(table, excerpt.chosen, most // files)
        return min(1.0, (len(sources) - told) / max(1, table.rows or 0))


def _peek(table: Table, excerpt: Excerpt) -> None:
    """Keep some cells of the columns that are not read."""
    used = {column.keys for column in excerpt.chosen.values()}
    others = [c for c in excerpt.columns if c.readable and c.keys not in used and not c.many]
    columns = [excerpt.chosen["source"], *others]
    for batch in _first(table.batches(columns), _CELLS):
        for column, cells in zip(others, batch[1:], strict=True):
            excerpt.cells.setdefault(column, []).extend(zip(batch[0], cells, strict=True))


def _sources(table: Table, chosen: Mapping[str, Column], most: int) -> Iterator[str]:
    """The sources of so many rows, in parts from all over the file."""
    column = chosen["source"]
    is_url, is_id = column == chosen.get("url"), column == chosen.get("id")
    count = min(len(table.parts), max(1, len(table.parts) * most // max(1, table.rows or 1)))
    for batches in _spread(table.parts, count):
        for batch in islice(_first(batches([column]), most), _BATCHES // count):
            for cell in batch[0]:
                yield page_and_section(str(cell), by_url=is_url, by_id=is_id).page


class _Counted:
    """The first batches of a table, to so many rows or batches; how many rows they had."""

    def __init__(self, batches: Batches, most: int, most_batches: int) -> None:
        self.batches, self.most, self.rows = batches, most, 0
        self.most_batches = most_batches

    def __call__(self, columns: Sequence[Column]) -> Iterator[Batch]:
        self.rows = 0
        for batch in islice(_first(self.batches(columns), self.most), self.most_batches):
            self.rows += len(batch[0])
            yield batch


def _first(batches: Iterable[Batch], most: int) -> Iterator[Batch]:
    for batch in batches:
        yield [cells[:most] for cells in batch]
        most -= len(batch[0])
        if most <= 0:
            return


def _spread(items: Sequence[T], count: int) -> Sequence[T]:
    """So many of some items, evenly from the first to the last."""
    if len(items) <= count:
        return items
    step = (len(items) - 1) / max(1, count - 1)
    return [items[round(index * step)] for index in range(count)]
