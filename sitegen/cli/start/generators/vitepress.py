"""A VitePress project: what its configuration says as it is; no line of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from sitegen.cli.start.generators.literals import computed, gaps, linked, links_of, literal, unread
from sitegen.cli.start.generators.programs import SUFFIXES, settings_of
from sitegen.cli.start.generators.taken import (
    Taken,
    folder_there,
    picture_there,
    read_source,
    without_empty,
)
from sitegen.model import TocEntry
from sitegen.render.components.js_literal import Value

_FOLDERS = (".", "docs", "doc")
_NOT_TAKEN = ("base", "rewrites", "head", "markdown", "nav", "footer")


def _take(folder: str, file: Path) -> Taken:
    """Take over title, language, sidebars and links; ``folder`` is that of the pages."""
    home = next(above.parent for above in file.parents if above.name == ".vitepress")
    project = home if folder == "." else home.parent
    text = read_source(file)
    told = _table(settings_of(file, project))
    locales = _table(told.get("locales"))
    first = _table(locales.get("root"))
    themes = [_table(each.get("themeConfig")) for each in (told, first)]

    def said(key: str) -> Value:
        found = (each[key] for each in (told, first, *themes) if each.get(key) is not None)
        return next(found, None if locales else literal(text, key))

    pages = Path(folder, source if isinstance(source := said("srcDir"), str) else "")
    public, edit = (pages / "public").as_posix(), said("editLink")
    pattern = edit.get("pattern") if isinstance(edit, dict) else ""
    navigation = tuple(_sidebar(said("sidebar")))
    taken = {"title": said("title"), "sidebar": navigation}
    left = computed(text, *(key for key, found in taken.items() if not found))
    left += gaps(said("sidebar")) or unread(file, left, told, *taken.values())
    for name, locale in locales.items():
        if name == "root":
            continue
        sidebar = _table(_table(locale).get("themeConfig")).get("sidebar")
        navigation += (below := tuple(_sidebar(sidebar)))
        left += gaps(sidebar)
        if not below and (project / pages / name).is_dir():
            left.append(
                f"sidebar of {name}: a program makes it; its pages stand by folders, "
                "list them in _toctree.yml for another order"
            )
    left += re.findall(rf"^[ \t]*({'|'.join(_NOT_TAKEN)})\s*:", text, re.MULTILINE)
    excluded = said("srcExclude")
    return Taken(
        input=pages.as_posix(),
        exclude=tuple(map(str, excluded)) if isinstance(excluded, list) else (),
        settings=without_empty(
            {
                "title": said("title"),
                "files": folder_there(project, public),
                "theme.logo": picture_there(project, (public,), said("logo")),
                "language": said("lang"),
                "theme.edit_url": pattern and str(pattern).replace(":path", "{source}"),
            }
        ),
        links=links_of(said("socialLinks")),
        navigation=navigation,
        left=tuple(dict.fromkeys(left)),
    )


def _table(value: Value) -> Mapping[str, Value]:
    return value if isinstance(value, dict) else {}


def _sidebar(sidebar: Value) -> Iterator[TocEntry]:
    """The entries of a sidebar, or of those of some folders."""
    yield from linked(sidebar)
    for path, nodes in _table(sidebar).items():
        told = nodes if isinstance(nodes, dict) else {"items": nodes}
        below = tuple(linked(told.get("items"), str(told.get("base") or "")))
        is_group = len(below) == 1 and below[0].sections and not below[0].local
        yield from below if is_group else (TocEntry(path.strip("/") or "Start", "", below),)


TAKERS = {
    f"{'' if folder == '.' else f'{folder}/'}.vitepress/{name}.{suffix}": partial(_take, folder)
    for folder in _FOLDERS
    for name in ("config", "config/index")
    for suffix in SUFFIXES
}
"""What reads the configuration of each folder of pages."""
