"""Stage ``read``, last step: the rows of one dataset file -> chunks, within stated limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from urllib.parse import unquote

from msgspec import Struct

from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.model import Chunk
from sitegen.read.columns import Column
from sitegen.read.elements import ELEMENTS, GENERATED, TOLD, Elements
from sitegen.read.files import InputFile
from sitegen.read.headings import is_of_titles, told_by
from sitegen.read.names import LEVELS, NAMES, PATHS, plain
from sitegen.read.paths import page_and_section
from sitegen.read.text import Repairs, Tally, clean, day, valid

Batch = Sequence[Sequence[object]]
"""Some rows, column by column: texts and nulls, and lists of them where a column holds lists.

Bytes that are no UTF-8 are lone surrogates (surrogateescape)."""

_MIB = 1 << 20
LEAST_TEXT = 64 * _MIB
MOST_TEXT = 8192 * _MIB
EXPANSION = 100
"""Text that one file may give, in bytes: this many times its size, but between the two bounds.

Texts of documentation compress about 4 times; what gives more than 100 times its size is a bomb.
"""

_ROW = 200  # bytes that a row takes beside its text

LONGEST_SOURCE = 16_384  # characters; no system has longer paths, and a text is no path


class Table(Struct, frozen=True):
    """An open dataset file: its columns, and its rows in batches of a few megabytes.

    ``batches`` takes columns and gives the cells of just these, in that order. ``inside`` looks
    into some cells of given columns and tells which columns are inside of them. ``parts`` give
    the batches of parts of the file that can be read alone; ``rows`` is how many it has. Both are
    only there where the file tells them without being read. ``position`` is how many bytes of the
    file the batches have come from.
    """

    columns: Sequence[Column]
    batches: Callable[[Sequence[Column]], Iterator[Batch]]
    inside: Callable[[Sequence[Column]], Sequence[Column]] = lambda _: ()
    parts: Sequence[Callable[[Sequence[Column]], Iterator[Batch]]] = ()
    rows: int | None = None
    position: Callable[[], int] = lambda: 0

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


_CELLS = (
    *("text", "source", "url", "section", "id", "heading", "level", "parents", "title", "order"),
    *("start", "end", "last_changed", "element", "folder"),
)
_NOTHING: dict[str, object] = dict.fromkeys(_CELLS)
_DIGITS = 19  # of the largest numbers that count something
_SHOWN = 80  # characters of an id, in an error
_SEEN = 200  # rows that show what a column holds


def chunks(
    table: Table, chosen: Mapping[str, Column], file: InputFile, notices: list[Diagnostic]
) -> Iterator[Chunk]:
    """Yield a chunk per row; rows without a text are counted and left out.

    Raises:
        ReadError: a row has no source, no row has a text, or there is too much text.
    """
    repairs, nulls, generated, read = Repairs(file.name), Tally(), Tally(), None
    limit, total = text_limit(file), 0
    sources, folders, elements = dict[str, str](), dict[str, str](), Elements(repairs.packed)
    by_url, by_id = (chosen["source"] == chosen.get(role) for role in ("url", "id"))
    is_path = "heading" in chosen and chosen["heading"].word in PATHS
    as_headings = "section" in chosen and _names_sections(table, chosen["section"])
    for row, cells, levels in _rows(table, chosen):
        if not isinstance(text := cells["text"], str) or cells["element"] in GENERATED:
            (generated if isinstance(text, str) else nulls).add(row)
            continue
        if not isinstance(source := cells["source"], str) or not 0 < len(source) <= LONGEST_SOURCE:
            raise _no_source(source, Location(file.name, row, _text(cells["id"])[:_SHOWN]))
        read, size = clean(_of_element(cells, text, elements, row), row, repairs)
        total += size + _ROW
        if total + elements.unpacked > limit:
            raise too_much_text(file, row)
        page, named = page_and_section(source, by_url=by_url, by_id=by_id)
        source = page if by_url else _in_folder(page, cells, folders)
        address = valid(_text(cells["url"]), row, repairs)
        section = _text(cells["section"])
        if as_headings:
            cells["heading"], section = cells["heading"] or section, ""
        anchor = section if section or "section" in chosen else _fragment(address) or named
        yield Chunk(
            # The same path in a million rows is kept once.
            source=sources.get(source) or sources.setdefault(source, valid(source, row, repairs)),
            text=read,
            file=file.name,
            row=row,
            anchor=valid(anchor.removeprefix("#"), row, repairs) if anchor else "",
            url=address,
            id=valid(_text(cells["id"]), row, repairs),
            headings=_valid_headings(told_by(cells, levels, is_path=is_path), row, repairs),
            title=valid(" ".join(s.split()), row, repairs) if (s := _text(cells["title"])) else "",
            order=_number(cells["order"]),
            start=_number(cells["start"]),
            end=_number(cells["end"]),
            changed=day(cells["last_changed"], row, repairs) if "last_changed" in chosen else "",
        )
    left_out = (*_null_texts(nulls, file.name, some=read is not None), *_generated(generated, file))
    notices += (*repairs.notices(), *left_out)


def _valid_headings(
    told: Iterable[tuple[str, int]], row: int, repairs: Repairs
) -> tuple[tuple[str, int], ...]:
    return tuple((valid(words, row, repairs), level) for words, level in told)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _of_element(cells: Mapping[str, object], text: str, elements: Elements, row: int) -> str:
    """A text as the kind of its element says, in Markdown."""
    kind = cells["element"]
    if not isinstance(kind, str) or kind not in ELEMENTS:
        return text
    return elements.markdown(kind, text, cells, row)


def _no_source(source: object, place: Location) -> ReadError:
    """Say why what a row at a place has can be no source."""
    if not source or not isinstance(source, str):
        return ReadError(
            f"the source is {'empty' if source == '' else 'null'}",
            location=place,
            help="every row must name the file that it comes from",
        )
    return ReadError(
        f"the source is longer than {LONGEST_SOURCE:,} characters",
        location=place,
        help="check which column names the file that a row comes from",
    )


def _number(cell: object) -> int | None:
    """Read a count; what is no whole number from 0 on counts nothing."""
    if cell is None:
        return None
    text = _text(cell).removesuffix(".0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


def _in_folder(source: str, cells: Mapping[str, object], folders: dict[str, str]) -> str:
    """The path of a source that may be only a file name: its folder stands in one row at least."""
    if "/" in source or not (folder := _text(cells["folder"]) or folders.get(source, "")):
        return source
    folders[source] = folder
    return f"{folder.rstrip('/')}/{source}"


def _fragment(address: str) -> str:
    return unquote(address.partition("#")[2])


def _names_sections(table: Table, section: Column) -> bool:
    """Whether the column of sections holds the words of headings; some rows show it."""
    if plain(section.name) == NAMES["section"][0] and not section.many:
        return False
    return is_of_titles([_text(cell) for cell in table.first_cells(section)])


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


def _rows(
    table: Table, chosen: Mapping[str, Column]
) -> Iterator[tuple[int, dict[str, object], list[object]]]:
    """Yield the number of each row, its cells by our names, and its headings of each level.

    A column that is missing is null. Where texts are in a list, each item is a row.
    """
    extra = {} if "element" not in chosen else _of_elements(table)
    columns = [*chosen.items(), *extra.items()]
    names = [name for name, _ in columns]
    has_levels = any(level in chosen for level in LEVELS)
    row = -1
    for batch in table.batches([column for _, column in columns]):
        for values in zip(*batch, strict=True):
            row += 1
            cells = _NOTHING | dict(zip(names, values, strict=True))
            for each in _items(cells, chosen) if chosen["text"].has_several else (cells,):
                yield row, each, [each.get(level) for level in LEVELS] if has_levels else []


def _items(cells: dict[str, object], chosen: Mapping[str, Column]) -> Iterator[dict[str, object]]:
    """Yield the items of a row whose texts are in a list; one without any has a null for a text."""
    texts = cells["text"]
    if not texts:
        yield cells | {"text": None}
    for index in range(len(texts) if isinstance(texts, list) else 0):
        yield {
            ours: _item(cell, index) if ours in chosen and chosen[ours].has_several else cell
            for ours, cell in cells.items()
        }


def _item(cell: object, index: int) -> object:
    item = cell[index] if isinstance(cell, list) and index < len(cell) else None
    return json.dumps(item) if isinstance(item, int | float) else item


def _of_elements(table: Table) -> dict[str, Column]:
    """The columns that tell more of elements."""
    return {
        column.word: column
        for column in table.all_columns()
        if column.word in TOLD and (column.readable or column.is_list)
    }


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


def _generated(rows: Tally, file: InputFile) -> Iterator[Diagnostic]:
    if rows.count:
        yield Diagnostic(
            "generated-row",
            Severity.INFO,
            f"rows left out because they are summaries of texts, or questions: {rows.count}",
            Location(file=file.name, row=rows.first),
            "to show them all the same: columns = { element = false }",
        )
