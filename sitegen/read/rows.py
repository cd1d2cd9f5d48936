"""Stage ``read``, last step: the rows of one dataset file -> chunks, within stated limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.model import Chunk
from sitegen.read.columns import Column
from sitegen.read.files import InputFile
from sitegen.read.text import Repairs, Tally, clean, valid

Batch = Sequence[Sequence[str | None]]
"""Some rows, column by column. Bytes that are no UTF-8 are lone surrogates (surrogateescape)."""

_MIB = 1 << 20
LEAST_TEXT = 64 * _MIB
MOST_TEXT = 8192 * _MIB
EXPANSION = 100
"""Text that one file may give, in bytes: this many times its size, but between the two bounds.

Texts of documentation compress about 4 times; what gives more than 100 times its size is a bomb.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """An open dataset file: its columns, and its rows in batches of a few megabytes.

    ``batches`` takes names of columns and gives the cells of just these, in that order.
    """

    columns: Sequence[Column]
    batches: Callable[[Sequence[str]], Iterator[Batch]]


def chunks(
    table: Table, chosen: Mapping[str, str], file: InputFile, notices: list[Diagnostic]
) -> Iterator[Chunk]:
    """Yield a chunk per row; rows without a text are counted and left out.

    Raises:
        ReadError: a row has no source, no row has a text, or there is too much text.
    """
    repairs, nulls = Repairs(file.name), Tally()
    limit = text_limit(file)
    total = 0
    sources: dict[str, str] = {}
    read = None
    for row, (text, source, url, section, id_, heading) in enumerate(_rows(table, chosen)):
        if text is None:
            nulls.add(row)
            continue
        if not source:
            raise ReadError(
                f"the source is {'empty' if source == '' else 'null'}",
                location=Location(file.name, row, id_ or ""),
                help="every row must name the file that it comes from",
            )
        read, size = clean(text, row, repairs)
        total += size
        if total > limit:
            raise too_much_text(file, row)
        address = valid(url, row, repairs) if url else ""
        anchor = section if "section" in chosen else unquote(address.partition("#")[2])
        yield Chunk(
            # The same path in a million rows is kept once.
            source=sources.get(source) or sources.setdefault(source, valid(source, row, repairs)),
            text=read,
            file=file.name,
            row=row,
            anchor=valid(anchor.removeprefix("#"), row, repairs) if anchor else "",
            url=address,
            id=valid(id_, row, repairs) if id_ else "",
            heading=valid(heading, row, repairs) if heading else "",
        )
    notices += repairs.notices()
    if nulls.count:
        notices.append(_null_texts(nulls, file.name, some=read is not None))


def text_limit(file: InputFile) -> int:
    """Give how many bytes of text may come from a file."""
    return min(MOST_TEXT, max(LEAST_TEXT, EXPANSION * file.path.stat().st_size))


def too_much_text(file: InputFile, row: int) -> ReadError:
    """Say at which row the limit is passed, and what the limit is."""
    return ReadError(
        f"more than {text_limit(file) // _MIB} MiB of text come from this file",
        location=Location(file.name, row),
        help=f"a file may give {LEAST_TEXT // _MIB} MiB or {EXPANSION} times its size, "
        f"at most {MOST_TEXT // _MIB} MiB: split it",
    )


def _rows(table: Table, chosen: Mapping[str, str]) -> Iterator[tuple[str | None, ...]]:
    """Yield the cells of each row in the order of a chunk; a column that is missing is null."""
    wanted = ("text", "source", "url", "section", "id", "heading")
    present = [name for name in wanted if name in chosen]
    for batch in table.batches([chosen[name] for name in present]):
        cells = dict(zip(present, batch, strict=True))
        nothing = [None] * len(cells["text"])
        yield from zip(*(cells.get(name, nothing) for name in wanted), strict=True)


def _null_texts(nulls: Tally, file: str, *, some: bool) -> Diagnostic:
    place = Location(file=file, row=nulls.first)
    if not some:
        raise ReadError(
            "every text is null", location=place, help="check which column holds the text"
        )
    return Diagnostic(
        "null-text",
        Severity.WARNING,
        f"rows left out because their text is null: {nulls.count}",
        place,
        "give the rows a text or take them out of the dataset",
    )
