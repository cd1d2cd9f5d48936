"""Stage ``read``: where the first cells show that another column is what one of ours shall be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from sitegen.read.cells.paths import are_encoded, begin_with_paths
from sitegen.read.columns.names import NAMES, ORIGINALS, WEAK

if TYPE_CHECKING:
    from sitegen.read.columns.mapping import Column

Cells = Callable[["Column"], Sequence[object]]
"""The first cells of a column, which show what it holds."""

_KEYS = frozenset({"parent_id", "document_id", "doc_id"})
_TITLES = frozenset(NAMES["title"])


def name_by_paths(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take titles or ids that begin with paths, where what names pages is no path itself.

    Keys that are addresses in base64 name them better than names of files.
    """
    named, title, ids = (chosen.get(ours) for ours in ("source", "title", "id"))
    if "source" in configured:
        return
    keys = (each for each in columns if each.word in _KEYS and not each.many)
    key = next((each for each in keys if are_encoded(cells(each))), None)
    if key and not (named and any("/" in str(cell) for cell in cells(named))):
        chosen["source"] = key
        return
    is_weak = named is None or named.word in WEAK
    is_guessed = title is not None and "title" not in configured and title is not named
    if is_weak and is_guessed and title and begin_with_paths(cells(title)):
        chosen["source"] = chosen.pop("title")
    elif (named is None or named.word in _TITLES) and ids and begin_with_paths(cells(ids)):
        chosen["source"] = ids
        if named and "title" not in configured:
            chosen.setdefault("title", named)


def _holds(added: str, own: str) -> bool:
    """Whether something was added to a text; an empty one is none that was there."""
    return own in added and bool(own.strip()) == bool(added.strip())


def with_additions(chosen: Mapping[str, Column], columns: Sequence[Column]) -> Column | None:
    """The column of texts with what was added to them, for rows that lack them as they were."""
    if chosen["text"].word not in ORIGINALS:
        return None
    named = (each for name in NAMES["text"] for each in columns if each.word == name)
    return next((each for each in named if each.readable and not each.many), None)


def take_as_it_was(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take the column of texts before anything was added to them, if there is such a one."""
    text = chosen.get("text")
    if text is None or "text" in configured or text.many:
        return
    for column in (each for name in ORIGINALS for each in columns if each.word == name):
        if column.readable and not column.many:
            pairs = zip(cells(column), cells(text), strict=True)
            if all(isinstance(a, str) and isinstance(b, str) and _holds(b, a) for a, b in pairs):
                chosen["text"] = column
                return
