"""A Starlight project: literals of Astro's configuration; no line of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitegen.cli.start.generators.languages import there
from sitegen.cli.start.generators.literals import (
    Said,
    address,
    gaps,
    linked,
    links_of,
    page_of,
    unread,
)
from sitegen.cli.start.generators.programs import SUFFIXES
from sitegen.cli.start.generators.taken import (
    Taken,
    folder_there,
    picture_there,
    without_empty,
)
from sitegen.model import TocEntry
from sitegen.render.components.js_literal import Value

NAMES = tuple(f"astro.config.{suffix}" for suffix in SUFFIXES)
_FOLDER = "src/content/docs"
_NOT_TAKEN = ("components", "customCss", "expressiveCode", "head", "plugins")


def take(file: Path) -> Taken:
    """Take over title, address, languages, the sidebar, links and redirects."""
    said = Said.by(file)
    title, locales = said("title"), said("locales")
    title = next(iter(title.values()), "") if isinstance(title, dict) else title
    first = said("defaultLocale")
    told = locales.get(str(first)) if isinstance(locales, dict) else None
    edit = said("editLink")
    base = edit.get("baseUrl") if isinstance(edit, dict) else ""
    left = [key for key in _NOT_TAKEN if re.search(rf"^[ \t]*{key}\s*:", said.text, re.MULTILINE)]
    left += said.computed("title", "site", "sidebar", "redirects")
    left += gaps(said("sidebar"))
    left += unread(file, left, title, said("sidebar"), said("site"))
    redirects = dict(_redirects(said("redirects")))
    return Taken(
        input=_FOLDER if (file.parent / _FOLDER).is_dir() else "",
        settings=without_empty(
            {
                "title": title,
                "files": folder_there(file.parent, "public"),
                "theme.logo": picture_there(file.parent, (".",), said("logo")),
                "base_url": address(said("site"), said("base")),
                "language": told.get("lang") if isinstance(told, dict) else first,
                "theme.edit_url": base and f"{str(base).rstrip('/')}/{_FOLDER}/{{source}}",
            }
        ),
        links=links_of(said("social")),
        navigation=tuple(_navigation(file.parent / _FOLDER, said("sidebar"), locales)),
        redirects=redirects,
        left=tuple(left),
    )


def _redirects(moved: Value) -> Iterator[tuple[str, str]]:
    """Old and new addresses, as texts or tables of a status and a destination."""
    for old, new in moved.items() if isinstance(moved, dict) else ():
        goal = new.get("destination") if isinstance(new, dict) else new
        if isinstance(goal, str):
            page, sign, anchor = goal.partition("#")
            yield page_of(old), f"{page_of(page)}{sign}{anchor}" if goal.startswith("/") else goal


def _navigation(pages: Path, sidebar: Value, locales: Value) -> Iterator[TocEntry]:
    """The sidebar, for each language that has a folder of pages those of it that are there."""
    told = locales if isinstance(locales, dict) else {}
    folders = [name for name in told if (pages / name).is_dir()]
    if "root" in told or not folders:
        yield from linked(sidebar)
    for folder in folders:
        of_folder = told[folder]
        named = of_folder.get("lang") if isinstance(of_folder, dict) else None
        yield from there(linked(sidebar, folder, str(named or folder)), pages)
