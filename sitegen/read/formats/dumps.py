"""Stage ``read``: one JSON object that holds a whole table, as stores and services give it -> rows.

The answer of a search, a dump by ids, lists of columns side by side: what is around the rows says
nothing of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeGuard, cast

from sitegen.read.cells.docling import document_of
from sitegen.read.cells.paths import begin_with_paths
from sitegen.read.columns.names import NAMES, TEXTS, untyped

_DEEPEST = 3  # objects that a table is in
_DEEPEST_TEXT = 6  # objects that a text of a row is in
_TEXT = frozenset(NAMES["text"]) | TEXTS
_PAGE = frozenset(name for ours in ("text", "source", "url") for name in NAMES[ours])

Row = Mapping[str, object]


def rows_of(value: dict[str, object]) -> Sequence[dict[str, object]]:
    """The rows that an object holds that is all of a file; itself if it looks like a row."""
    if document_of(value) is not None:
        return [value]
    if any(isinstance(cell, str) and untyped(key) in _PAGE for key, cell in value.items()):
        return [value]
    for rows_in in (_below_header, _by_column, _of_book, _by_path, _of_splits):
        if (rows := rows_in(value)) is not None:
            return rows
    found = _tables(value, _DEEPEST)
    tables = [(sum(sizes), len(sizes), rows) for rows, sizes in found if any(sizes)]
    if not tables:
        return [value]
    _, _, best = max(tables, key=lambda table: table[:2])
    return [{key: _listed(cell, _DEEPEST) for key, cell in row.items()} for row in best]


def _below_header(value: Row) -> list[dict[str, object]] | None:
    """The rows of lists of cells, below or beside a list of the names of their columns."""
    match value:
        case {"columns": [*names], "data": [[*_], *_] as rows}:
            return with_header([names, *rows])
        case {"columns": [*names], "rows": [[*_], *_] as rows}:
            return with_header([names, *rows])
        case {"values": [[*names], [*_], *_] as rows} if any(str(n) in _PAGE for n in names):
            return with_header(rows)
    return None


def _by_column(value: Row) -> list[dict[str, object]] | None:
    """The rows of lists side by side, or of objects that name the cells of each column alike."""
    texts = next((cell for key, cell in value.items() if cell and untyped(key) in _TEXT), None)
    if isinstance(texts, list) and all(isinstance(each, list) for each in texts):
        return _by_column(  # as many answers as questions
            {key: list(chain.from_iterable(c)) for key, c in value.items() if _are_lists(c)}
        )
    if isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values()):
        columns = {name: cells for name, cells in value.items() if isinstance(cells, dict)}
        return [{name: cells.get(key) for name, cells in columns.items()} for key in texts]
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return None
    lists = {n: c for n, c in value.items() if isinstance(c, list) and len(c) == len(texts)}
    if len(lists) == 1:
        return None
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def with_header(rows: Sequence[object]) -> list[dict[str, object]]:
    """The rows of lists of cells, of which the first names the columns."""
    names, *lines = (row for row in rows if isinstance(row, list))
    return [dict(zip(map(str, names), line, strict=False)) for line in lines]


def is_header(row: object) -> bool:
    """Whether a row is a list of names of columns, one of them that of texts."""
    are_names = isinstance(row, list) and all(isinstance(name, str) for name in row)
    return are_names and any(untyped(str(name)) in _TEXT for name in cast("list[object]", row))


def _are_lists(value: object) -> TypeGuard[list[list[object]]]:
    return isinstance(value, list) and all(isinstance(each, list) for each in value)


def _of_book(value: Row) -> list[dict[str, object]] | None:
    """The rows of an index as mdBook writes it, with their addresses in a list beside."""
    match value:
        case {"doc_urls": [*urls], "index": {"documentStore": {"docs": {**docs}}}}:
            texts = (docs.get(str(number)) for number in range(len(urls)))
            pairs = zip(urls, texts, strict=True)
            return [{"url": url, **row} for url, row in pairs if isinstance(row, dict)]
    return None


def _by_path(value: Row) -> list[dict[str, object]] | None:
    """The rows of texts, or of lists of them, that are named by the paths of their pages."""
    if not begin_with_paths(list(value)) and not _are_addresses(value):
        return None
    if all(isinstance(page, dict) for page in value.values()):
        return [{"source": path, **cast("Row", page)} for path, page in value.items()]
    if all(isinstance(text, str) for text in value.values()):
        return [{"source": path, "text": text} for path, text in value.items()]
    if all(isinstance(chunks, list) for chunks in value.values()):
        return [{"source": path, "chunks": chunks} for path, chunks in value.items()]
    return None


def _are_addresses(value: Row) -> bool:
    """Whether keys are addresses of pages without a host, or without a slash before them."""
    has_folder = any("/" in key for key in value)
    are_texts = all(isinstance(text, str) for text in value.values())
    return has_folder and (are_texts or all(key.startswith("/") for key in value))


def _of_splits(value: Row) -> list[dict[str, object]] | None:
    """The rows of all the tables that an object names, if they have the same columns."""
    tables = [table for table in value.values() if isinstance(table, list)]
    firsts = [table[0] for table in tables if table]
    if len(firsts) < 2 or len(tables) < len(value):
        return None
    if not all(isinstance(row, dict) and row.keys() == firsts[0].keys() for row in firsts):
        return None
    return [row for table in tables for row in table]


def _tables(value: Row, depth: int) -> Iterator[tuple[list[dict[str, object]], list[int]]]:
    """Yield what may be the rows in an object, and how much text each of them holds."""
    objects = [(key, inner) for key, inner in value.items() if isinstance(inner, dict)]
    rows: list[dict[str, object]] = [{"id": key, **inner} for key, inner in objects]
    if len(rows) == len(value) > 1:
        sizes = [_size(row) for row in rows]
        if 2 * sum(map(bool, sizes)) > len(rows):  # a section may have no text
            yield rows, sizes
    for inner in value.values() if depth else ():
        if isinstance(inner, dict) and (pages := _by_path(inner)):
            yield pages, [_size(page) for page in pages]
        elif isinstance(inner, dict):
            yield from _tables(inner, depth - 1)
        elif isinstance(inner, list) and all(isinstance(item, dict) for item in inner):
            yield inner, [_size(item) for item in inner]


def _listed(value: object, depth: int) -> object:
    """A cell with lists in the place of objects that hold a text under each of their ids."""
    if not isinstance(value, dict) or not depth:
        return value
    inner = [item for item in value.values() if isinstance(item, dict)]
    if inner and len(inner) == len(value) and all(map(_is_id, value)):
        texts = ((cell for key, cell in item.items() if untyped(key) in _TEXT) for item in inner)
        if all(isinstance(next(each, None), str) for each in texts):
            return [{"id": key, **item} for key, item in value.items()]
    return {key: _listed(cell, depth - 1) for key, cell in value.items()}


def _is_id(key: str) -> bool:
    return any(map(str.isdecimal, key))


def _size(value: object, depth: int = _DEEPEST_TEXT) -> int:
    """How many characters stand in a row under the names of texts."""
    if not depth:
        return 0
    if isinstance(value, list):
        return sum(_size(item, depth - 1) for item in value)
    if not isinstance(value, dict):
        return 0
    own = [cell for key, cell in value.items() if untyped(key) in _TEXT]
    texts = chain.from_iterable(cell if isinstance(cell, list) else [cell] for cell in own)
    size = sum(len(text) for text in texts if isinstance(text, str))
    return size + sum(_size(inner, depth - 1) for inner in value.values())
