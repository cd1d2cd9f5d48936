"""The order that ``.pages`` and ``.nav.yml`` say of MkDocs' folders, for awesome-pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from sitegen.cli.start.generators.taken import read_table
from sitegen.limits.files import real
from sitegen.model import TocEntry
from sitegen.plan.folders import folder_title
from sitegen.plan.toctree import local_page
from sitegen.read.files import PAGES
from sitegen.urls import natural_key

PLUGINS = frozenset(("awesome-pages", "awesome-nav"))
_NAMES = (".pages", ".nav.yml", ".nav.yaml")
_REST = "..."
_FIRST = frozenset(("index", "README"))


def says_order(pages: Path) -> bool:
    """Whether a folder or one below it says something."""
    return any(file.name in _NAMES for file in pages.rglob(".*"))


def entries(folder: Path, left: list[str], at: str = "") -> tuple[TocEntry, ...]:
    """What a folder shows: what its file names, in that order, and the rest where that says.

    Raises:
        ConfigError: a file is no mapping in YAML.
    """
    said, names = _said(folder), _names(folder)
    if said.get("order") == "desc" or _table(said.get("sort")).get("direction") == "desc":
        names.reverse()
    listed = said.get("nav") or said.get("arrange")
    nodes = listed if isinstance(listed, list) else [_REST]
    if "arrange" in said and _REST not in nodes:
        nodes = [*nodes, _REST]
    rest = [name for name in names if name not in set(_named(nodes))]
    return tuple(_shown(nodes, folder, left, at, rest))


def _shown(
    nodes: Iterable[Any], folder: Path, left: list[str], at: str, rest: list[str]
) -> Iterator[TocEntry]:
    """The entries of a list of names, titles and patterns; what shows the ``rest`` empties it."""
    for node in nodes:
        pairs = node.items() if isinstance(node, dict) else [("", node)]
        for title, value in pairs:
            if isinstance(value, list):
                yield TocEntry(title, sections=tuple(_shown(value, folder, left, at, rest)))
            elif "://" in str(value):
                yield TocEntry(title or str(value), url=str(value))
            elif (pattern := _pattern(str(value))) is not None:
                fitting = [name for name in rest if fnmatchcase(name, pattern)]
                rest[:] = [name for name in rest if name not in fitting]
                for name in fitting:
                    yield from _one(folder, name, "", left, at)
            else:
                yield from _one(folder, str(value).strip("/"), title, left, at)


def _one(folder: Path, name: str, title: str, left: list[str], at: str) -> Iterator[TocEntry]:
    """The entry of a page or a folder of a folder."""
    inside = folder / name
    if real(folder) not in real(inside).parents:
        left.append(f"nav: {at}{name} leads out of its folder")
        return
    if not inside.is_dir():
        yield TocEntry(title, local_page(f"{at}{name}"))
        return
    said = _said(inside)
    if said.get("hide") == "true":
        left.append(f"{at}{name}/ is hidden: write `hidden: true` in the front matter of its pages")
        return
    title = title or str(said.get("title") or folder_title(inside.name))
    yield TocEntry(title, "", entries(inside, left, f"{at}{name}/"))


def _pattern(value: str) -> str | None:
    """The pattern of the rest that an entry stands for; none if it is a name."""
    head, _, told = value.partition("|")
    if head.strip() == _REST:
        return told.strip().removeprefix("glob=") or "*"
    return value.strip("/") if "*" in value else None


def _named(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        for value in node.values() if isinstance(node, dict) else [node]:
            if isinstance(value, list):
                yield from _named(value)
            else:
                yield str(value).strip("/")


def _names(folder: Path) -> list[str]:
    """The pages and folders of pages of a folder, its start page first."""
    found = [
        each.name
        for each in folder.iterdir()
        if each.suffix in PAGES
        or (each.is_dir() and any(file.suffix in PAGES for file in each.rglob("*")))
    ]
    return sorted(found, key=lambda name: (Path(name).stem not in _FIRST, natural_key(name)))


def _said(folder: Path) -> Mapping[str, Any]:
    file = next((folder / name for name in _NAMES if (folder / name).is_file()), None)
    return read_table(file) if file else {}


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
