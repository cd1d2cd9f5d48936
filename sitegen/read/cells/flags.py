"""Stage ``read``: what cells say of their row: its language and version, and that it is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen.languages import is_language
from sitegen.model import Edition
from sitegen.read.columns.names import KEPT

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
