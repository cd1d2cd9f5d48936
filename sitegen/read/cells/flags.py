"""Stage ``read``: what cells say of their row: its number and edition, and that it is gone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from sitegen.languages import is_language
from sitegen.model import Edition
from sitegen.read.columns.names import KEPT

_COUNT = re.compile(r"(\d{1,18})(?:\.0+| ?(?:/|of) ?\d+)?", re.ASCII)
_NO = frozenset({"0", "0.0", "f", "false", "n", "no"})
_YES = frozenset({"1", "1.0", "t", "true", "y", "yes"})
_NOTHING = frozenset({"", "-", "n/a", "na", "nan", "nat", "none", "null", "unknown"})
_DAY = re.compile(r"[12]\d{3}([-/.]?)\d\d?\1\d\d?(?!\d)|[12]\d{9,18}(?:\.\d+)?$", re.ASCII)
"""A day, as people and databases write it, or seconds since 1970 or parts of these."""
_NEVER = ("0001-01-01", "1970-01-01")  # days that programs write where there is none
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
    said = _said(cell)
    return said in _NO if word in KEPT else said in _YES or _is_day(said)


def has_deleted(cells: Sequence[object], word: str) -> bool:
    """Whether the first cells say that of rows, and leave any.

    A column of anything but yes, no and days says something else, and so does one that leaves none.
    """
    said = set(map(_said, cells)) - _NOTHING
    may_be_day = word not in KEPT
    if not all(each in _NO or each in _YES or (may_be_day and _is_day(each)) for each in said):
        return False
    return not cells or not all(is_deleted(cell, word) for cell in cells)


def _said(cell: object) -> str:
    said = cell.strip().lower() if isinstance(cell, str) else ""
    return "" if said.startswith(_NEVER) else said


def _is_day(said: str) -> bool:
    return _DAY.match(said) is not None


def number_of(cell: object) -> int | None:
    """Read a count, or the first of two that say from where to where; others count nothing.

    One may be told among how many it is: `3/7`.
    """
    if cell is None:  # most columns are not there
        return None
    if isinstance(cell, list) and cell:
        cell = json.dumps(cell[0]) if isinstance(cell[0], int | float) else cell[0]
    match = _COUNT.fullmatch(cell if isinstance(cell, str) else "")
    return int(match[1]) if match else None
