"""Stage ``read``: what lies inside the objects, lists and JSON texts of a row."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from sitegen.read.cells.elements import TOLD
from sitegen.read.columns.mapping import Column
from sitegen.read.columns.names import is_closed, level_of

_DEEPEST = 5
_MOST = 400  # columns; objects with more keys are tables of their own
_LONGEST_JSON = 1 << 20
_LONGEST_LITERAL = 1 << 14
_OF_ELEMENTS = ("filetype", *TOLD)  # what tells that an object is the metadata of an element
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
_TYPES |= {bytes: "string", type(None): "null"}


def inner_columns(rows: Iterable[Mapping[str, object]]) -> list[Column]:
    """Describe what lies inside the cells of some rows, in order of appearance."""
    found: dict[tuple[str, ...], Column] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str | bytes) and is_closed(name):
                continue  # a text of ours that happens to be JSON
            for column in _inside(value, Column(name, path=(name,))):
                known = found.get(column.path)
                if (known is None and len(found) < _MOST) or (known and known.type == "null"):
                    found[column.path] = column
    return list(found.values())


def in_cells(rows: Iterable[Mapping[str, object]]) -> list[Column]:
    """The same of cells whose types are known but for what is inside of JSON texts."""
    columns = inner_columns(rows)
    return columns + rare_beside([column for column in columns if column.in_text])


def rare_beside(columns: Sequence[Column]) -> list[Column]:
    """Columns that rows further down may have, beside those that the first rows show.

    Few rows have a heading of the lowest level, or an element that is a table: whether they are
    among the first must not matter. Lists may be in their cells as well as texts.
    """
    known = {column.keys for column in columns}
    found: dict[tuple[str, ...], Column] = {}
    for column in columns:
        *outer, key = column.keys
        for name, kind in _rare(key):
            path = (*outer, name)
            if path not in known:
                found[path] = replace(
                    column, name=".".join(path), type=kind, readable=kind != "list", path=path
                )
    return list(found.values())


def _rare(key: str) -> Iterable[tuple[str, str]]:
    """The keys that are rare beside one, with their types; ``null`` is one that nobody has seen."""
    if level_of(key) and key[-1].isdecimal():
        return [(f"{key[:-1]}{level}", "null") for level in range(1, 7)]
    return [(name, "list") for name in TOLD] if key in _OF_ELEMENTS else ()


def _inside(value: object, at: Column) -> Iterator[Column]:
    """Yield the columns that a value of a column holds."""
    if len(at.path) >= _DEEPEST:
        return
    in_text = at.in_text
    if isinstance(value, bytes) and value.startswith((b"{", b"[{")):
        value = value.decode(errors="surrogateescape")
    if isinstance(value, str):
        value, in_text = parsed(value), True
    value, many = paired(value), at.many
    if isinstance(value, list) and not many:
        value, many = next((item for item in value if isinstance(item, dict)), None), True
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        path = (*at.path, str(key))
        kind = type_name(inner)
        column = Column(
            ".".join(path),
            kind,
            kind not in {"list", "object"},
            path=path,
            in_text=in_text,
            many=many,
        )
        yield column
        yield from _inside(inner, column)


def lookup(value: object, keys: Sequence[str]) -> object:
    """Give what a value holds under some keys, one inside the other; lists give a list."""
    for index, key in enumerate(keys):
        if isinstance(value, str):
            value = parsed(value)
        value = paired(value)
        if isinstance(value, list):
            return [lookup(item, keys[index:]) for item in value]
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def paired(value: object) -> object:
    """A list of names and values, as tables of such write an object, as that; others as they are.

    Maps of Arrow come as pairs.
    """
    if not isinstance(value, list) or not value:
        return value
    named: dict[str, object] = {}
    for item in value:
        match item:
            case {"key": str(name), "value": inner, **rest} if not rest:
                pass
            case {"name": str(name), "value": inner, **rest} if not rest:
                pass
            case (str(name), inner):
                pass
            case _:
                return value
        if name in named:
            return value
        named[name] = inner
    return named


def type_name(value: object) -> str:
    """Name the type of a value as JSON does."""
    return _TYPES.get(type(value), "list" if isinstance(value, list) else "object")


def as_cell(value: object) -> object:
    """Give a value as the cell of a row: a text, nothing, or a list or object as it is."""
    if value is None or isinstance(value, str | list | dict):
        return value
    return json.dumps(value)


def listed(text: str) -> list[object] | None:
    """The list that a text is, as JSON or Python write it; none if it is no such."""
    if not (text.startswith("[") and text.endswith("]")) or len(text) > _LONGEST_JSON:
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        value = literal(text)
    return value if isinstance(value, list) else None


def are_listed(cells: Iterable[object]) -> bool:
    """Whether all cells that are not empty are texts that are lists of plain values."""
    lists = [listed(cell) if isinstance(cell, str) else None for cell in cells if cell]
    return bool(lists) and all(
        each is not None and not any(isinstance(item, list | dict) for item in each)
        for each in lists
    )


@lru_cache(maxsize=64)  # some rows are asked for each of their columns
def parsed(text: str) -> object:
    """Parse a text that looks like an object or list of objects, as JSON or Python write it.

    Else give nothing.
    """
    if not text.startswith(("{", "[{")) or len(text) > _LONGEST_JSON:
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return literal(text) if text.startswith(("{'", "[{'")) else None
    return value


def literal(text: str) -> object:
    """The value that Python writes so; nothing if it is none, or very long.

    What Python would say of escapes is for programs alone.
    """
    if len(text) > _LONGEST_LITERAL:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value: object = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return value
