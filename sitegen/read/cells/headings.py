"""Stage ``read``: what the columns of a row say of headings -> a path of headings with levels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sitegen.model import Headings
from sitegen.read.cells.above import STEPS, added_above
from sitegen.read.cells.nested import listed
from sitegen.read.columns.names import PATHS, WITH_HEADINGS
from sitegen.scan.patterns import rare
from sitegen.urls import slug

_ATX = rare(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?")
_LEVEL = rare(r"[hH]?([1-6])(?:\.0)?")
_NAMES = ("text", "title", "heading", "name", "header", "content")
_ANY_STEPS = rare(r"\s+(?:[>»›→|/]|->|::)\s+|(?<=\w)>(?=\w)|\n")
_SLASHES = rare(r"/(?:.*/)?")
_SLUGS = rare(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)+")


def of_levels(cells: Sequence[object]) -> Headings:
    """The path that columns of one level each give: the heading of each level, if there is one."""
    return tuple(
        (words, level)
        for level, cell in enumerate(cells, start=1)
        if isinstance(cell, str) and (words := _words(cell)[0])
    )


def of_cell(cell: object, parents: object = None, *, is_path: bool = False) -> Headings:
    """The path that a cell gives: a list, a path with ``>`` or slashes, or one heading alone.

    Where the column is called a path, other signs than ``>`` may stand between its steps. Levels
    of a path are counted; that of one heading is known only where the cell shows it.
    """
    cell, parents = _listed(cell), _listed(parents)
    steps = _ANY_STEPS if is_path else STEPS
    outer, parts = _parts(parents, steps), _parts(cell, steps)
    if not parts:
        return ()
    is_path = bool(outer) or len(parts) > 1 or isinstance(cell, list) or isinstance(parents, list)
    path: list[tuple[str, int]] = []
    for depth, part in enumerate((*outer, *parts), start=1):
        words, level = _words(part)
        path.append((words, level or (depth if is_path else 0)))
    return tuple(path)


def _parts(cell: object, steps: re.Pattern[str]) -> list[str]:
    if isinstance(cell, list):
        return [words for words in map(_item, cell) if words.strip()]
    if not isinstance(cell, str) or not cell.strip():
        return []
    text = cell.strip()
    if _SLASHES.fullmatch(text) or (steps is _ANY_STEPS and _SLUGS.fullmatch(text)):
        return [part for part in text.split("/") if part.strip()]
    return [part for part in steps.split(text) if part.strip()]


def _listed(cell: object) -> object:
    """The list that a text is, as JSON or Python write it; any other cell as it is."""
    value = listed(cell) if isinstance(cell, str) else None
    return cell if value is None or not all(isinstance(v, str | dict) for v in value) else value


def _item(item: object) -> str:
    """An item of a path: words, or an object that names them and may tell their level."""
    if isinstance(item, dict):
        words = next((item[key] for key in _NAMES if isinstance(item.get(key), str)), "")
        level = _LEVEL.fullmatch(str(item.get("level") or item.get("depth") or ""))
        return f"{'#' * int(level[1])} {words}" if level and words.strip() else words
    return item if isinstance(item, str) else ""


def _words(text: str) -> tuple[str, int]:
    """The words of a heading, and its level if it is written as in Markdown."""
    match = _ATX.fullmatch(text.strip())
    words = " ".join((match[2] if match else text).split())
    return words, len(match[1]) if match else 0


def is_of_titles(sections: Sequence[str]) -> bool:
    """Whether the cells of a section column are words of headings, and no anchors."""
    filled = [section.strip() for section in sections if section.strip()]
    if any(section.startswith("#") and " " not in section for section in filled):
        return False
    if any(" " in section for section in filled):
        return True
    return bool(filled) and all(s[:1].isupper() and s.isalpha() for s in filled)


def _is_anchored(heading: str, section: object) -> bool:
    """Whether a section is called after a whole heading, whatever signs of a path are in it."""
    anchor = section.removeprefix("#") if isinstance(section, str) else ""
    return bool(anchor) and slug(_words(heading)[0]) == anchor


def told_by(cells: Mapping[str, object], levels: Sequence[object], *, called: str = "") -> Headings:
    """The path of headings that a row tells in any of these ways, the most exact first.

    ``called`` is the word for the column of headings: that of a path, or of texts below them. A
    column of levels tells the level of the last.
    """
    if not levels and cells["heading"] is None and cells["parents"] is None:
        return ()
    told, heading = _LEVEL.fullmatch(str(cells.get("level") or "")), cells.get("heading")
    if called in WITH_HEADINGS:
        heading = added_above(heading, cells.get("text"))
    if isinstance(heading, str) and _is_anchored(heading, cells.get("section")):
        path: Headings = (_words(heading),)
    else:
        path = of_levels(levels) or of_cell(heading, cells.get("parents"), is_path=called in PATHS)
    if told is None or not path:
        return path
    words, level = path[-1]
    return (*path[:-1], (words, level or int(told[1])))
