"""A VitePress project: literals of its configuration; no line of it is run."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from sitegen.cli.start.generators.literals import SUFFIXES, computed, linked, links_of, literal
from sitegen.cli.start.generators.taken import (
    Taken,
    folder_there,
    picture_there,
    read_source,
    without_empty,
)
from sitegen.model import TocEntry

_FOLDERS = (".", "docs", "doc")
_NOT_TAKEN = (
    *("base", "srcDir", "srcExclude", "rewrites", "locales"),
    *("head", "markdown", "nav", "footer"),
)


def _take(folder: str, file: Path) -> Taken:
    """Take over title, language, sidebars and links; ``folder`` is that of the pages."""
    text, public = read_source(file), f"{folder}/public".removeprefix("./")
    project = file.parents[1 if folder == "." else 2]
    edit, sidebar = literal(text, "editLink"), literal(text, "sidebar")
    pattern = edit.get("pattern") if isinstance(edit, dict) else ""
    navigation: tuple[TocEntry, ...] = tuple(linked(sidebar))
    if isinstance(sidebar, dict):  # one for each folder
        for path, nodes in sidebar.items():
            told = nodes if isinstance(nodes, dict) else {"items": nodes}
            base = str(told.get("base") or "")
            below = tuple(linked(told.get("items"), base))
            is_group = len(below) == 1 and below[0].sections and not below[0].local
            navigation += below if is_group else (TocEntry(path.strip("/") or "Start", "", below),)
    return Taken(
        input=folder,
        settings=without_empty(
            {
                "title": literal(text, "title"),
                "files": folder_there(project, public),
                "theme.logo": picture_there(project, (public,), literal(text, "logo")),
                "language": literal(text, "lang"),
                "theme.edit_url": pattern and str(pattern).replace(":path", "{source}"),
            }
        ),
        links=links_of(literal(text, "socialLinks")),
        navigation=navigation,
        left=(
            *computed(text, "title", "sidebar"),
            *(key for key in _NOT_TAKEN if re.search(rf"^\s*{key}\s*:", text, re.MULTILINE)),
        ),
    )


TAKERS = {
    f"{'' if folder == '.' else f'{folder}/'}.vitepress/config.{suffix}": partial(_take, folder)
    for folder in _FOLDERS
    for suffix in SUFFIXES
}
"""What reads the configuration of each folder of pages."""
