"""Stage ``read``: what cells say of their row: its number and edition, and that it is gone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from sitegen.languages import is_language
from sitegen.model import Edition
from sitegen.read.columns.names import KEPT

_COUNT = re.compile(r"(\d{1,18})(?:\.0+| ?(?:/|of) ?\d+)?", re.ASCII)
_NO = frozenset({"", "0", "0.0", "f", "false", "n", "no", "none", "null"})
_LONGEST = 80  # characters of a version


def edition_of(cells: Mapping[str, object]) -> Edition:
    """The language and the version that cells tell; what is no tag of a language is none."""
    language, version = cells["language"], cells["version"]
    return (
        language if isinstance(language, str) and is_language(language) else "",
        version.strip().replace("/", "-")[:_LONGEST] if isinstance(version, str) else "",
    )


def is_deleted(cell: object, word: str) -> bool:
    """Whether a cell of a column, which is called by a plain word, says that its row is deleted.

    A day on which that was done says so too; a row of which nothing is said is not.
    """
    if not isinstance(cell, str) or not cell.strip():
        return False
    return (cell.strip().lower() in _NO) == (word in KEPT)


def has_deleted(cells: Sequence[object], word: str) -> bool:
    """Whether the first cells leave any row; a column that leaves none says something else."""
    return not cells or not all(is_deleted(cell, word) for cell in cells)


def number_of(cell: object) -> int | None:
    """Read a count, or the first of two that say from where to where; others count nothing.

    One may be told among how many it is: `3/7`.
    """
    if isinstance(cell, list) and cell:
        cell = json.dumps(cell[0]) if isinstance(cell[0], int | float) else cell[0]
    match = _COUNT.fullmatch(cell if isinstance(cell, str) else "")
    return int(match[1]) if match else None
