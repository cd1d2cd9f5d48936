"""Stage ``read``: names and types of columns -> which is most likely one of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sitegen.read.columns.names import (
    HTML,
    LEVELS,
    NAMES,
    OWNERS,
    SPANS,
    TEXTS,
    WEAK,
    is_ours,
    level_of,
)

if TYPE_CHECKING:
    from sitegen.read.columns.mapping import Column

_REQUIRED = ("text", "source")
_LISTS = frozenset({"heading", "parents"})


def fits(ours: str, column: Column) -> bool:
    """Whether the cells of a column can be what ours are."""
    may_be_list = (
        ours in _LISTS
        or (ours == "source" and column.word in OWNERS)
        or ours in LEVELS
        or (ours == "start" and column.word in SPANS)
        or (ours == "text" and column.word in TEXTS)
    )
    return column.readable or (column.is_list and may_be_list)


def guess(ours: str, columns: Sequence[Column], chosen: Mapping[str, Column]) -> Column | None:
    """Find the column that most likely is one of ours; one of the standard name always is.

    What is inside of a list is read only where the text is. A url names a page better than a
    number or a title does.
    """
    in_lists = "text" in chosen and chosen["text"].many
    taken = {column.keys for column in chosen.values()}
    candidates = [
        (standing, number)
        for number, column in enumerate(columns)
        if (standing := _standing(ours, column)) is not None
        and column.keys not in taken
        and (ours == "text" or in_lists or not column.many)
        and (ours != "text" or column.name == ours or not column.is_number)
    ]
    best = min(candidates, default=None)
    if ours == "source" and "url" in chosen and (best is None or best[0][0]):
        return chosen["url"]
    return columns[best[1]] if best else None


def _standing(ours: str, column: Column) -> tuple[int, ...] | None:
    """How well the name and place of a column suit one of ours, smaller is better."""
    name, depth = column.word, column.depth
    names = NAMES.get(ours, ())
    if not is_ours(column.keys) or not (fits(ours, column) or column.name == ours in _REQUIRED):
        return None
    if level_of(name) and ours == f"heading{level_of(name)}":
        return (0, depth)
    if ours == "text" and column.is_list and not column.many and name in TEXTS:
        return (2, depth)
    if name not in names and name not in (WEAK if ours == "source" else ()):
        return None
    if ours == "text":
        return (int(column.many), int(name in HTML), depth, names.index(name))
    weak = ours == "source" and name not in names
    # Beside an address of HTML the url is that of an interface for programs.
    rank = -1 if name == "html_url" else (WEAK if weak else names).index(name)
    return (int(weak), rank, depth)
