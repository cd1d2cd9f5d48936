"""Pages of a Docusaurus project: ids, addresses, and sidebars made of folders."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from sitegen.errors import ConfigError, Location
from sitegen.model import TocEntry
from sitegen.urls import natural_key, permalink

_SUFFIXES = frozenset({".md", ".mdx"})
_CATEGORIES = tuple(f"_category_.{suffix}" for suffix in ("json", "yml", "yaml"))
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n---", re.DOTALL)
_NAMED = re.compile(r"^(id|slug|sidebar_position):[ \t]*+([^\n#]*[^\s#])", re.MULTILINE)
_NUMBER = re.compile(r"^(?![0-9]+[-_.][0-9])([0-9]+)\s*[-_.]+\s*(?=[^-_.\s])")
"""The number that orders a file or folder; a day or a version is a part of the name."""


class PageOf(Struct, frozen=True):
    """A page's path below the folder, without suffix, its address there, and its place."""

    path: str
    address: str
    position: float


class _Folder(Struct):
    """What is in a folder: pages and folders by name, and what is said of it."""

    said: Mapping[str, Any]
    pages: dict[str, PageOf] = field(default_factory=dict)
    folders: dict[str, _Folder] = field(default_factory=dict)


def pages_of(folder: Path) -> dict[str, PageOf]:
    """Pages by the ids that sidebars name: numbers in front go, front matter has its own."""
    files = [each for each in folder.rglob("*") if each.suffix in _SUFFIXES and each.is_file()]
    found = {}
    for file in sorted(files):
        path = file.relative_to(folder).with_suffix("").as_posix()
        if any(part.startswith("_") for part in path.split("/")):
            continue
        match = _FRONT.match(file.read_text("utf-8", "replace"))
        own = {key: value.strip("\"'") for key, value in _NAMED.findall(match[1] if match else "")}
        *folders, name = (_NUMBER.sub("", each) for each in path.split("/"))
        id = "/".join((*folders, own.get("id", name)))
        is_index = "id" not in own and _is_index(name, folders[-1] if folders else "")
        address = "/".join(folders) if is_index else id
        if "slug" in own:
            address = posixpath.normpath(posixpath.join("/", *folders, own["slug"]))
        position = _position(own.get("sidebar_position"), path.rpartition("/")[2])
        found[id] = PageOf(path, address.strip("/"), position)
    return found


def moved(pages: Mapping[str, PageOf]) -> dict[str, str]:
    """The pages that have another address here, by the one they had."""
    ours = {permalink(page.path).strip("/") for page in pages.values()}
    found = {page.address: page.path for page in pages.values()}
    return {old: path for old, path in found.items() if old and old not in ours}


def has_categories(folder: Path) -> bool:
    """Whether folders below say how they are called or where they stand."""
    return any(each.name in _CATEGORIES for each in folder.rglob("_category_.*"))


def generated(folder: Path, at: str, pages: Mapping[str, PageOf]) -> tuple[TocEntry, ...]:
    """What a sidebar made of a folder shows: its pages and folders by their places.

    Raises:
        ConfigError: what a folder says of itself cannot be read.
    """
    top = _Folder({})
    for page in pages.values():
        here, path = top, ""
        *folders, name = page.path.split("/")
        for each in folders:
            path = f"{path}{each}/"
            if each not in here.folders:
                here.folders[each] = _Folder(_category(folder / path))
            here = here.folders[each]
        here.pages[name] = page
    for each in filter(None, at.split("/")):
        top = top.folders.get(each, _Folder({}))
    return _entries(top)


def _entries(folder: _Folder) -> tuple[TocEntry, ...]:
    ranked = [
        ((page.position, natural_key(name)), TocEntry("", page.path))
        for name, page in folder.pages.items()
    ]
    for name, inner in folder.folders.items():
        bare = _NUMBER.sub("", name)
        index = next((each for each in inner.pages if _is_index(_NUMBER.sub("", each), bare)), None)
        local = inner.pages.pop(index).path if index else ""
        entry = TocEntry(str(inner.said.get("label") or bare), local, _entries(inner))
        place = _position(inner.said.get("position"), name)
        ranked.append(((place, natural_key(name)), entry))
    return tuple(entry for _, entry in sorted(ranked, key=lambda each: each[0]))


def _category(folder: Path) -> Mapping[str, Any]:
    import yaml  # noqa: PLC0415 - few commands read YAML

    file = next((folder / name for name in _CATEGORIES if (folder / name).is_file()), None)
    if file is None:
        return {}
    try:
        said = yaml.safe_load(file.read_text("utf-8"))  # JSON is YAML, too
    except (yaml.YAMLError, OSError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"cannot be read: {error}", location=Location(file=str(file))) from error
    return said if isinstance(said, dict) else {}


def _is_index(name: str, folder: str) -> bool:
    return name.lower() in {"index", "readme", folder.lower()}


def _position(said: object, name: str) -> float:
    """A place that is said, else the number in front of a name; behind all others without."""
    number = _NUMBER.match(name)
    try:
        return float(str(said)) if said is not None else float(number[1] if number else "inf")
    except ValueError:
        return float("inf")
