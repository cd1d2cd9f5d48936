"""A Nextra site: the ``_meta`` files of its folders; no line of them is run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sitegen.cli.start.generators.literals import links_of, literal
from sitegen.cli.start.generators.programs import SUFFIXES, settings_of
from sitegen.cli.start.generators.taken import Taken, folder_there, read_source, without_empty
from sitegen.model import TocEntry
from sitegen.plan.folders import folder_title
from sitegen.read.files import PAGES
from sitegen.render.components.js_literal import Value, parse_literal
from sitegen.urls import natural_key

_FOLDERS = ("content", "pages", "src/content", "src/pages")
_METAS = tuple(f"_meta.{suffix}" for suffix in ("json", *SUFFIXES, "jsx", "tsx"))
_THEMES = tuple(f"theme.config.{suffix}" for suffix in (*SUFFIXES, "jsx", "tsx"))


def _take(folder: str, file: Path) -> Taken:
    """Take over the navigation, the repository and the folder of pages."""
    pages = file.parent
    project = next(above for above in pages.parents if above / folder == pages)
    left: list[str] = []
    theme = next((project / name for name in _THEMES if (project / name).is_file()), None)
    text = read_source(theme) if theme else ""
    base, code = literal(text, "docsRepositoryBase"), literal(text, "project")
    edit = f"{base.rstrip('/')}/{folder}/{{source}}" if isinstance(base, str) else ""
    link = code.get("link") if isinstance(code, dict) else None
    return Taken(
        input=folder,
        settings=without_empty({"files": folder_there(project, "public"), "theme.edit_url": edit}),
        links=links_of({"Code": link}),
        navigation=tuple(_entries(pages, "", left)),
        left=(*([theme.name] if theme else []), *left),
    )


def _entries(folder: Path, at: str, left: list[str]) -> Iterator[TocEntry]:
    """What a folder shows: what its ``_meta`` names, in that order, then the rest of it."""
    names = {
        each.stem if each.is_file() else each.name
        for each in folder.iterdir()
        if (each.is_dir() or each.suffix in PAGES)
        and not (each.name.startswith(("_", ".")) or each.is_symlink())
    }
    told = _meta(folder, left)
    for name in (*told, *sorted(names - told.keys(), key=natural_key)):
        node = told.get(name)
        said = node if isinstance(node, dict) else {"title": node}
        title, link = str(said.get("title") or ""), said.get("href")
        if isinstance(link, str) and "://" in link:
            yield TocEntry(title or link, url=link)
        elif name in names and said.get("display") == "hidden":
            left.append(f"{at}{name} is hidden: write `hidden: true` in its front matter")
        elif name in names:
            inside = folder / name
            below = tuple(_entries(inside, f"{at}{name}/", left)) if inside.is_dir() else ()
            is_page = any((folder / f"{name}{suffix}").is_file() for suffix in PAGES)
            if is_page or below:
                title = title or ("" if is_page else folder_title(name))
                yield TocEntry(title, f"{at}{name}" if is_page else "", below)


def _meta(folder: Path, left: list[str]) -> dict[str, Value]:
    """What a folder says of what is in it, by name."""
    file = next((folder / name for name in _METAS if (folder / name).is_file()), None)
    if file is None:
        return {}
    is_data = file.suffix == ".json"
    try:
        told = parse_literal(read_source(file)) if is_data else settings_of(file, folder)
    except ValueError as error:
        left.append(f"{file.name} of {folder.name}: {error}")
        return {}
    if not isinstance(told, dict):
        left.append(f"{file.name} of {folder.name}: a program makes it")
    return told if isinstance(told, dict) else {}


TAKERS = {f"{folder}/{name}": partial(_take, folder) for folder in _FOLDERS for name in _METAS}
"""What reads the ``_meta`` of each folder of pages."""
