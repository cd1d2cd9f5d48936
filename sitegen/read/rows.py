"""Stage ``read``: the rows of an open dataset file, and how much text may come from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Protocol, TypeVar
from zlib import crc32

from msgspec import Struct, field

from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.model import Chunk
from sitegen.model.runs import PartOfFile, Run
from sitegen.read.columns.mapping import Column
from sitegen.read.files import InputFile
from sitegen.read.text import Repairs, Tally
from sitegen.store.packing import pack, unpack
from sitegen.store.shelf import digest_of

Batch = Sequence[Sequence[object]]
"""Some rows, column by column: texts and nulls, and lists of them where a column holds lists.

Bytes that are no UTF-8 are lone surrogates (surrogateescape)."""
Batches = Callable[[Sequence[Column]], Iterator[Batch]]
"""Gives the cells of columns, batch by batch."""


class PartBatches(Protocol):
    """Gives the same of a part of a file: of all its rows, or of those with some numbers in it."""

    def __call__(
        self, columns: Sequence[Column], asked: Sequence[int] | None = None, /
    ) -> Iterator[Batch]:
        """The cells of columns, batch by batch."""
        ...


_MIB = 1 << 20
LEAST_TEXT = 64 * _MIB
MOST_TEXT = 8192 * _MIB
EXPANSION = 100
"""Text that one file may give, in bytes: this many times its size, but between the two bounds.

Texts of documentation compress about 4 times; what gives more than 100 times its size is a bomb.
"""

_SEEN = 200  # rows that show what a column holds
_KEPT = 2048  # rows; more than are read, in steps, to see as many
_PACKED = 1_000  # rows that are objects at once
_SOURCES = 64  # whose rows are recalled together, more or less
_BATCHES = 32  # at most; each has some 256 thousand characters, or one row that has more
T = TypeVar("T")


class Table(Struct, frozen=True):
    """An open dataset file: its columns, and its rows in batches of a few megabytes.

    ``batches`` takes columns and gives the cells of just these, in that order. ``inside`` looks
    into some cells of given columns and tells which columns are inside of them. ``parts`` give
    the batches of parts of the file that can be read alone; ``rows`` is how many it has. Both are
    only there where the file tells them without being read. ``position`` is how many bytes of the
    file the batches have come from. ``mark`` digests all that given columns of a part, by its
    number, are read from; it is empty where that is not to be had, or the part is large.
    ``numbers`` is a column, none of the others, that says where in the file each row stands: there
    may be lines between them that are none. ``distinct`` are the texts of a column of a part, by
    its number, each once.
    """

    columns: Sequence[Column]
    batches: Batches
    inside: Callable[[Sequence[Column]], Sequence[Column]] = lambda _: ()
    parts: Sequence[PartBatches] = ()
    rows: int | None = None
    position: Callable[[], int] = lambda: 0
    mark: Callable[[int, Sequence[Column]], str] = lambda *_: ""
    numbers: Column | None = None
    distinct: Callable[[int, Column], Sequence[str]] = lambda *_: ()

    def all_columns(self) -> Sequence[Column]:
        """The columns of the file, and those inside of the ones whose names say nothing."""
        closed = [column for column in self.columns if column.may_hold_more()]
        known = {column.keys for column in self.columns}
        found = self.inside(closed) if closed else ()
        return (*self.columns, *(column for column in found if column.keys not in known))

    def first_cells(self, column: Column) -> Sequence[object]:
        """Cells that show what a column holds."""
        cells = chain.from_iterable(batch[0] for batch in self.batches([column]))
        return list(islice(cells, _SEEN))


def again(first: list[T], rest: Iterator[T]) -> Iterator[T]:
    """Yield the first rows of a file and the rest, which can be read but once.

    Who stops soon, having seen what columns hold, takes none from the next: they are kept.
    """
    yield from first
    for row in rest:
        if len(first) < _KEPT:
            first.append(row)
        yield row


def together(batches: Iterable[Batch], source: int) -> Iterator[Batch]:
    """Put the rows of batches together that are recalled together: some hundreds, of whole sources.

    ``source`` is the number of the column that says what rows belong to. Where is cut depends on
    nothing but its cells near there, so that rows stay together in whatever batches they come, and
    whatever is written before them.
    """
    some: list[list[object]] = []
    seen, count = 1, 0
    for batch in batches:
        some = some or [[] for _ in batch]
        for cells, more in zip(some, batch, strict=True):
            cells.extend(more)
        count += 1
        sources = some[source]
        while (end := _cut(sources, seen)) or count > _BATCHES:
            end = end or len(sources)
            yield [cells[:end] for cells in some]
            some, seen, count = [cells[end:] for cells in some], 1, 0
            sources = some[source]
        seen = max(len(sources), 1)
    if some and some[0]:
        yield some


def _cut(sources: Sequence[object], start: int) -> int:
    """Where the first source begins, from a row on, that is one of those to cut at; else 0."""
    for at in range(start, len(sources)):
        if sources[at] != sources[at - 1] and not crc32(repr(sources[at]).encode()) % _SOURCES:
            return at
    return 0


class Rows(Struct):
    """What rows of a file that follow each other give: ``count`` rows, ``size`` bytes of text.

    Of rows that need not be remembered the chunks are not there; else they are packed beside the
    ``runs``: as objects they take several times as much memory.
    """

    repairs: Repairs
    nulls: Tally = field(default_factory=Tally)
    generated: Tally = field(default_factory=Tally)
    deleted: Tally = field(default_factory=Tally)
    count: int = 0
    size: int = 0
    has_text: bool = False
    runs: list[Run] = field(default_factory=list)

    def pack(self, chunks: Iterator[Chunk]) -> list[bytes]:
        """Take the chunks of these rows, and give those of each run packed."""
        packed: list[bytes] = []
        for source, together in groupby(chunks, attrgetter("source")):
            while some := list(islice(together, _PACKED)):
                packed.append(pack(some))
                self.runs.append(_run(source, some, packed[-1]))
        return packed

    def add(self, other: Rows) -> None:
        """Count the rows that follow these."""
        self.repairs.add(other.repairs)
        self.nulls.add_all(other.nulls)
        self.generated.add_all(other.generated)
        self.deleted.add_all(other.deleted)
        self.count += other.count
        self.size += other.size
        self.has_text = self.has_text or other.has_text

    def notices(self) -> Iterator[Diagnostic]:
        """Yield what has to be said of all rows of a file.

        Raises:
            ReadError: no row has a text.
        """
        yield from self.repairs.notices()
        yield from _null_texts(self.nulls, self.repairs.file, some=self.has_text)
        file, why = self.repairs.file, "they are summaries of texts, or questions"
        yield from _left_out("generated-row", self.generated, file, why=why, key="element")
        why = "the dataset says that they are deleted"
        yield from _left_out("deleted-row", self.deleted, file, why=why, key="deleted")


Packed = tuple[Rows, Sequence[Sequence[bytes]]]
"""Rows, and a list of the packed chunks of each of their runs."""


def unpacked(rows: Iterable[Chunk | PartOfFile]) -> Iterator[Chunk]:
    """Yield the chunks of rows, also of those that are packed."""
    for each in rows:
        if isinstance(each, PartOfFile):
            for data in each.packed.load():
                yield from unpack(data, list[Chunk])
        else:
            yield each


def _run(source: str, chunks: list[Chunk], packed: bytes) -> Run:
    pages = dict.fromkeys(filter(None, (chunk.page for chunk in chunks)))
    editions = dict.fromkeys(chunk.edition for chunk in chunks if any(chunk.edition))
    size = sum(len(chunk.text) for chunk in chunks)
    known_by, count = digest_of(packed), len(chunks)
    return Run(source, len(packed), known_by, count, size, tuple(pages), tuple(editions))


def text_limit(file: InputFile) -> int:
    """Give how many bytes of text may come from a file."""
    return min(MOST_TEXT, max(LEAST_TEXT, EXPANSION * file.size))


def too_much_text(file: InputFile, row: int) -> ReadError:
    """Say at which row the limit is passed, and what the limit is."""
    return ReadError(
        f"more than {text_limit(file) // _MIB} MiB of text come from this file",
        location=Location(file.name, row),
        help=f"a file may give {LEAST_TEXT // _MIB} MiB or {EXPANSION} times its size, "
        f"at most {MOST_TEXT // _MIB} MiB: split it",
    )


def _null_texts(nulls: Tally, file: str, *, some: bool) -> Iterator[Diagnostic]:
    if not nulls.count:
        return
    place = Location(file=file, row=nulls.first)
    if not some:
        raise ReadError(
            "every text is null", location=place, help="check which column holds the text"
        )
    yield Diagnostic(
        "null-text",
        Severity.WARNING,
        f"rows left out because their text is null: {nulls.count}",
        place,
        "give the rows a text or take them out of the dataset",
    )


def _left_out(code: str, rows: Tally, file: str, *, why: str, key: str) -> Iterator[Diagnostic]:
    if rows.count:
        yield Diagnostic(
            code,
            Severity.INFO,
            f"rows left out because {why}: {rows.count}",
            Location(file=file, row=rows.first),
            f"to show them all the same: columns = {{ {key} = false }}",
        )
