"""Stage ``read``, last step: the rows of one dataset file -> chunks, within stated limits."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial

from msgspec import Struct, field

from sitegen.errors import Diagnostic, Location, ReadError
from sitegen.model import Chunk
from sitegen.read.cells.elements import ELEMENTS, GENERATED, TOLD, Elements, has_generated
from sitegen.read.cells.flags import edition_of, has_deleted, is_deleted, number_of
from sitegen.read.cells.headings import is_of_titles, told_by
from sitegen.read.cells.paths import fragment, page_and_section
from sitegen.read.columns.first_cells import text_beside
from sitegen.read.columns.mapping import Column
from sitegen.read.columns.names import LEVELS, NAMES, PACKED, plain
from sitegen.read.files import InputFile
from sitegen.read.rows import Batches, Rows, Table, text_limit, too_much_text
from sitegen.read.text import Repairs, Tally, are_packed, clean, day, text_of, valid

LONGEST_SOURCE = 16_384  # characters; no system has longer paths, and a text is no path

_ROW = 200  # bytes that a row takes beside its text
_CELLS = (
    *("text", "source", "url", "section", "id", "heading", "level", "parents", "title", "order"),
    *("start", "end", "last_changed", "element", "folder", "language", "version", "deleted"),
)
_NOTHING: dict[str, object] = dict.fromkeys(_CELLS)
LOOK_BACK = frozenset({"element", "folder"})  # what a row tells of those below it
_SHOWN = 80  # characters of an id, in an error


def chunks(
    table: Table, chosen: Mapping[str, Column], file: InputFile, notices: list[Diagnostic]
) -> Iterator[Chunk]:
    """Yield a chunk per row; rows without a text are counted and left out.

    Raises:
        ReadError: a row has no source, no row has a text, or there is too much text.
    """
    whole = Rows(Repairs(file.name))
    yield from made(reading_of(table, chosen, file, whole.repairs), whole, table.batches)
    notices += whole.notices()


class Reading(Struct, frozen=True):
    """How the rows of a file are read, and what of the rows before is known."""

    file: InputFile
    chosen: Mapping[str, Column]
    extra: Mapping[str, Column]
    elements: defaultdict[str, Elements]
    as_headings: bool
    is_packed: bool
    generated: Set[str]
    deleted: str
    sources: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)


def reading_of(
    table: Table, chosen: Mapping[str, Column], file: InputFile, repairs: Repairs
) -> Reading:
    """Look at the first cells of a file for how its rows are to be read."""
    extra, generated = {}, frozenset[str]()
    if "element" in chosen:
        extra = _of_elements(table)
        generated = GENERATED if has_generated(table.first_cells(chosen["element"])) else generated
    others = {"beside": text_beside(chosen, table.all_columns()), "row": table.numbers}
    extra |= {name: column for name, column in others.items() if column is not None}
    as_headings = "section" in chosen and _names_sections(table, chosen["section"])
    is_packed = _says_packed(table, chosen["text"]) and are_packed(
        table.first_cells(chosen["text"])
    )
    gone = chosen.get("deleted")
    deleted = gone.word if gone and has_deleted(table.first_cells(gone), gone.word) else ""
    elements = defaultdict[str, Elements](partial(Elements, repairs.packed))
    return Reading(file, chosen, extra, elements, as_headings, is_packed, generated, deleted)


def _says_packed(table: Table, text: Column) -> bool:
    """Whether a column is called one of texts in base64, or all rows say that theirs is."""
    named = next((each for each in table.columns if each.word == "encoding"), None)
    said = set() if named is None or not named.readable else set(table.first_cells(named))
    return text.word == PACKED or said == {"base64"}


def made(reading: Reading, whole: Rows, batches: Batches) -> Iterator[Chunk]:
    """Yield the chunks of the rows that follow those of ``whole``, and count them there."""
    file, chosen = reading.file, reading.chosen
    sources, folders, repairs = reading.sources, reading.folders, whole.repairs
    limit = text_limit(file)
    by_url, by_id = (chosen["source"] == chosen.get(role) for role in ("url", "id"))
    has_editions = "language" in chosen or "version" in chosen
    called = chosen["heading"].word if "heading" in chosen else ""
    for row, cells, levels in _rows(reading, batches, whole):
        if (text := _text_in(cells, is_packed=reading.is_packed)) is None:
            whole.nulls.add(row)
            continue
        if (others := _left_out(reading, cells, whole)) is not None:
            others.add(row)
            continue
        source = cells["source"]
        if isinstance(source, list) and source:
            source = source[0]
        if not isinstance(source, str) or not 0 < len(source) <= LONGEST_SOURCE:
            raise _no_source(source, Location(file.name, row, _text(cells["id"])[:_SHOWN]))
        named = page_and_section(source, by_url=by_url, by_id=by_id)
        source = named.page if by_url else _in_folder(named.page, cells, folders)
        text, unpacked = _of_element(cells, text, reading.elements, source, row)
        read, size = clean(text, row, repairs)
        whole.size += size + unpacked + _ROW
        if whole.size > limit:
            raise too_much_text(file, row)
        whole.has_text = True
        address = valid(_text(cells["url"]), row, repairs)
        section = _text(cells["section"])
        if reading.as_headings:
            cells["heading"], section = cells["heading"] or section, ""
        anchor = section if section or "section" in chosen else fragment(address) or named.section
        yield Chunk(
            # The same path in a million rows is kept once.
            source=sources.get(source) or sources.setdefault(source, valid(source, row, repairs)),
            text=read,
            file=file.name,
            row=row,
            anchor=valid(anchor.removeprefix("#"), row, repairs) if anchor else "",
            url=address,
            id=valid(_text(cells["id"]), row, repairs),
            headings=_valid_headings(told_by(cells, levels, called=called), row, repairs),
            title=valid(" ".join(s.split()), row, repairs) if (s := _text(cells["title"])) else "",
            order=named.number if cells["order"] is None else number_of(cells["order"]),
            start=number_of(cells["start"]),
            end=number_of(cells["end"]),
            edition=edition_of(cells) if has_editions else ("", ""),
            changed=day(cells["last_changed"], row, repairs) if "last_changed" in chosen else "",
        )


def _left_out(reading: Reading, cells: Mapping[str, object], whole: Rows) -> Tally | None:
    """Where a row is counted that is not shown."""
    if cells["element"] in reading.generated:
        return whole.generated
    is_gone = reading.deleted and is_deleted(cells["deleted"], reading.deleted)
    return whole.deleted if is_gone else None


def _text_in(cells: Mapping[str, object], *, is_packed: bool) -> str | None:
    """The text of a row, from the column beside that of texts where it holds none."""
    text = cells["text"]
    if not isinstance(text, str) or not text.strip():
        text = cells.get("beside") or text
    if isinstance(text, list) and all(isinstance(each, str) for each in text):
        text = "\n\n".join(text)  # where others have one in their list
    if not isinstance(text, str):
        return None
    return text_of(text) if is_packed else text


def _valid_headings(
    told: Iterable[tuple[str, int]], row: int, repairs: Repairs
) -> tuple[tuple[str, int], ...]:
    return tuple((valid(words, row, repairs), level) for words, level in told)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _of_element(
    cells: Mapping[str, object], text: str, pages: Mapping[str, Elements], source: str, row: int
) -> tuple[str, int]:
    """A text as the kind of its element says, in Markdown; and how many bytes were unpacked.

    What stands above it is known of its own page: rows of others may lie between.
    """
    kind = cells["element"]
    if not isinstance(kind, str) or kind not in ELEMENTS:
        return text, 0
    elements = pages[source]
    before = elements.unpacked
    return elements.markdown(kind, text, cells, row), elements.unpacked - before


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


def _in_folder(source: str, cells: Mapping[str, object], folders: dict[str, str]) -> str:
    """The path of a source that may be only a file name: its folder stands in one row at least."""
    if "/" in source or not (folder := _text(cells["folder"]) or folders.get(source, "")):
        return source
    folders[source] = folder
    return f"{folder.rstrip('/')}/{source}"


def _names_sections(table: Table, section: Column) -> bool:
    """Whether the column of sections holds the words of headings; some rows show it."""
    if plain(section.name) == NAMES["section"][0] and not section.many:
        return False
    return is_of_titles([_text(cell) for cell in table.first_cells(section)])


def _rows(
    reading: Reading, batches: Batches, whole: Rows
) -> Iterator[tuple[int, dict[str, object], list[object]]]:
    """Yield where each row stands, its cells by our names, and its headings of each level.

    A column that is missing is null. Where texts are in a list, each item is a row. ``whole``
    counts the rows.
    """
    chosen = reading.chosen
    columns = [*chosen.items(), *reading.extra.items()]
    names = [name for name, _ in columns]
    has_levels = any(level in chosen for level in LEVELS)
    for batch in batches([column for _, column in columns]):
        for values in zip(*batch, strict=True):
            cells = _NOTHING | dict(zip(names, values, strict=True))
            row = number if isinstance(number := cells.get("row"), int) else whole.count
            whole.count += 1
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
