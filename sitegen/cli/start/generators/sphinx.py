"""A Sphinx project or a Jupyter Book whose pages are Markdown: toctrees, and literal settings."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from sitegen.cli.start.generators.taken import (
    Taken,
    picture_there,
    read_source,
    read_table,
    without_empty,
)
from sitegen.model import TocEntry
from sitegen.plan.toctree import local_page
from sitegen.read.files import PAGES
from sitegen.read.folders.authored import walk
from sitegen.urls import natural_key

_FOLDERS = ("docs", "docs/source", "doc", "doc/source", "source", ".")
_TOCTREE = re.compile(
    r"^[ ]*(?P<fence>`{3,}|:{3,})\{toctree\}[^\n]*\n(?P<marked>.*?)(?:^[ ]*(?P=fence)[ ]*$|\Z)"
    r"|^\.\. toctree::[^\n]*\n(?P<indented>(?:[ \t][^\n]*\n|\n)*)",
    re.MULTILINE | re.DOTALL,
)
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
_TITLED = re.compile(r"(?P<title>.*)<(?P<goal>[^<>]+)>")
_MOVING = frozenset(("sphinx_reredirects", "sphinxext.rediraffe"))
_BELOW = ("parts", "chapters", "sections", "entries", "subtrees")


def _take(folder: str, file: Path) -> Taken:
    """Take over title, address, language, logo and the toctrees of pages."""
    told, project = _literals(read_source(file)), file.parents[len(Path(folder).parts)]
    root = str(told.get("root_doc") or told.get("master_doc") or "index")
    names = [f"{root}{suffix}" for suffix in PAGES]
    if "project" not in told or not any((file.parent / name).is_file() for name in names):
        return Taken()  # another program's conf.py
    pages = _Pages(file.parent)
    moved = _redirects(told)
    return Taken(
        input=folder,
        exclude=tuple(_texts(told.get("exclude_patterns"))),
        settings=without_empty(
            {
                "title": told.get("html_title") or told.get("project"),
                "base_url": told.get("html_baseurl"),
                "language": told.get("language"),
                "theme.logo": picture_there(project, (folder,), told.get("html_logo")),
            }
        ),
        navigation=tuple(pages.below(root)),
        redirects=moved,
        left=tuple(
            f"extension {name}"
            for name in _texts(told.get("extensions"))
            if not (name.startswith("myst_") or (moved and name in _MOVING))
        ),
    )


def take_book(file: Path) -> Taken:
    """Take over title, logo, repository and the contents of a Jupyter Book.

    Raises:
        ConfigError: a file is no mapping in YAML.
    """
    contents, settings = read_table(file), file.with_name("_config.yml")
    told = read_table(settings) if settings.is_file() else {}
    repository = told.get("repository")
    code = repository.get("url") if isinstance(repository, dict) else None
    home = [TocEntry("", local_page(str(contents["root"])))] if contents.get("root") else []
    return Taken(
        input=".",
        settings=without_empty(
            {
                "title": told.get("title"),
                "theme.logo": picture_there(file.parent, (".",), told.get("logo")),
            }
        ),
        links=without_empty({"Code": code}),
        navigation=(*home, *_chapters(contents)),
    )


def _chapters(node: Mapping[str, Any]) -> Iterator[TocEntry]:
    for key in _BELOW:
        for each in node[key] if isinstance(node.get(key), list) else ():
            if not isinstance(each, dict):
                continue
            title, below = str(each.get("title") or each.get("caption") or ""), _chapters(each)
            if each.get("url"):
                yield TocEntry(title or str(each["url"]), url=str(each["url"]))
            elif each.get("file") or title:
                page = local_page(str(each.get("file") or each.get("root") or ""))
                yield TocEntry(title, page, tuple(below))
            else:
                yield from below


class _Pages(Struct, frozen=True):
    """The pages of a folder by their names, and the toctrees that stand in them."""

    folder: Path
    files: dict[str, Path] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for file in walk(self.folder, []):
            if file.suffix in PAGES:
                name = file.relative_to(self.folder).with_suffix("").as_posix()
                self.files[name] = file

    def below(self, page: str) -> Iterator[TocEntry]:
        """Yield what the toctrees of a page lead to, each page once; captions are groups."""
        self.seen.add(page)
        file = self.files.get(page)
        for match in _TOCTREE.finditer(read_source(file) + "\n") if file else ():
            options: dict[str, str] = {}
            entries: list[TocEntry] = []
            for line in (match["marked"] or match["indented"] or "").splitlines():
                if option := _OPTION.fullmatch(line.strip()):
                    options[option[1]] = option[2]
                elif line.strip():
                    entries += self._named(line.strip(), posixpath.dirname(page))
            caption = options.get("caption")
            yield from (TocEntry(caption, "", tuple(entries)),) if caption else entries

    def _named(self, line: str, at: str) -> Iterator[TocEntry]:
        titled = _TITLED.fullmatch(line)
        title, goal = (titled["title"].strip(), titled["goal"]) if titled else ("", line)
        if "://" in goal:
            yield TocEntry(title or goal, url=goal)
        elif goal != "self":
            joined = posixpath.normpath(posixpath.join("/", at, goal)).strip("/")
            path = local_page(joined if not goal.startswith("/") else goal)
            found = [each for each in self.files if fnmatchcase(each, path)] or [path]
            for each in sorted(found, key=natural_key):
                if each not in self.seen:
                    below = tuple(self.below(each))
                    yield TocEntry(title, each, below)


def _literals(text: str) -> dict[str, Any]:
    """The values of a program's settings that are written there as they are."""
    found: dict[str, Any] = {}
    try:
        lines = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # all of the parser
        return found
    for line in lines:
        if isinstance(line, ast.Assign) and isinstance(name := line.targets[0], ast.Name):
            try:
                found[name.id] = ast.literal_eval(line.value)
            except (ValueError, TypeError, RecursionError):
                found.pop(name.id, None)
    return found


def _texts(nodes: object) -> list[str]:
    """The texts of a list."""
    return [each for each in nodes if isinstance(each, str)] if isinstance(nodes, list) else []


def _redirects(told: Mapping[str, Any]) -> dict[str, str]:
    """What moved, as sphinx_reredirects says it from the old page's folder, or rediraffe."""
    found: dict[str, str] = {}
    for key, is_beside in (("rediraffe_redirects", False), ("redirects", True)):
        moved = told.get(key)
        for old, new in moved.items() if isinstance(moved, dict) else ():
            above = posixpath.dirname(str(old)) if is_beside else ""
            path, sign, anchor = str(new).partition("#")
            page = posixpath.normpath(posixpath.join("/", above, path))
            found[str(old)] = str(new) if "://" in str(new) else f"{local_page(page)}{sign}{anchor}"
    return found


TAKERS = {
    ("" if folder == "." else f"{folder}/") + "conf.py": partial(_take, folder)
    for folder in _FOLDERS
} | {"_toc.yml": take_book}
"""What reads the settings of each folder of pages."""
