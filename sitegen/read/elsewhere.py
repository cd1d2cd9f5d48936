"""Stage ``read``: what no reader knows -> how its rows get into a form that one does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from sitegen.errors import ReadError

_DOCUMENTS = (
    "write its rows as CSV, JSON Lines or Parquet, or documents as JSON: import json; "
    'with open("chunks.json", "w") as file: '
    "json.dump([vars(each) for each in documents], file, default=str)"
)
_ADVICE = {
    "chroma.sqlite3": "write what the collection holds as JSON: import json; "
    'with open("chunks.json", "w") as file: json.dump(collection.get(), file, default=str)',
    ".lance": "write the table as Parquet: import pyarrow.parquet; "
    'pyarrow.parquet.write_table(table.to_arrow(), "chunks.parquet")',
    ".faiss": f"it holds no texts; where it was made, {_DOCUMENTS}",
    **dict.fromkeys(
        (".pkl", ".pickle"),
        f"a pickle may hold a program, so that none is opened; where it was made, {_DOCUMENTS}",
    ),
    **dict.fromkeys(
        (".sqlite", ".sqlite3", ".db", ".duckdb"),
        "export its table of texts as CSV, JSON Lines or Parquet",
    ),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save its sheet as CSV"),
    **dict.fromkeys(
        (".npy", ".npz", ".xml", ".yaml", ".yml"), "write its rows as CSV, JSON Lines or Parquet"
    ),
}
"""By the name of a file, or by its suffix."""

_OF_STORES = ("chroma.sqlite3", ".lance", ".faiss", ".pkl", ".sqlite3", ".sqlite", ".duckdb", ".db")
"""What tells what a folder without data is, first what tells it best."""


def way_out(name: str) -> str:
    """What to do with a file, by its name; empty if that is not known."""
    path = PurePath(name)
    return _ADVICE.get(path.name) or _ADVICE.get(path.suffix.lower(), "")


def no_data(folder: str, names: Iterable[str], known: Iterable[str]) -> ReadError:
    """Say that a folder of such files holds nothing to read, and what to do with what it holds."""
    by_sign: dict[str, str] = {}
    for name in sorted(names, reverse=True):  # the first by name stays
        by_sign[PurePath(name).suffix.lower()] = by_sign[name] = name
    advice = (f"of {by_sign[sign]}: {_ADVICE[sign]}" for sign in _OF_STORES if sign in by_sign)
    return ReadError(
        f"the folder {folder} holds neither Markdown nor dataset files",
        help=next(advice, f"known: {', '.join(known)}"),
    )
