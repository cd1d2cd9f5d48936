"""A Mintlify project: ``docs.json``, or ``mint.json`` of before, which are data alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.cli.start.generators.literals import links_of, page_of
from sitegen.cli.start.generators.taken import Taken, picture_there, read_table, without_empty
from sitegen.model import TocEntry

_NAMES = ("docs.json", "mint.json")
_FOLDERS = (".", "docs")
_GROUPS = ("group", "tab", "anchor", "dropdown", "product", "version", "item")
_BELOW = (
    *("languages", "versions", "products", "tabs", "dropdowns", "anchors"),
    *("menu", "groups", "pages"),
)
_TAKEN = {
    *("$schema", "name", "logo", "navigation", "redirects", "navbar", "footer", "footerSocials"),
    *("topbarLinks", "anchors"),
}
_NO_PAGES = ("/README.md", "/snippets/")


def _take(folder: str, file: Path) -> Taken:
    """Take over title, logo, navigation, links and redirects.

    Raises:
        ConfigError: the file is no mapping in JSON.
    """
    table = read_table(file)
    if "navigation" not in table:  # another program's
        return Taken()
    left: list[str] = [key for key in table if key not in _TAKEN]
    project = file.parents[len(Path(folder).parts)]
    named = {
        "title": table.get("name"),
        "theme.logo": picture_there(project, (folder,), table.get("logo")),
    }
    return Taken(
        input=folder,
        exclude=_NO_PAGES,
        settings=without_empty(named),
        links=links_of(table.get("topbarLinks"))
        | links_of(table.get("anchors"))
        | links_of(_inside(table.get("navbar"), "links"))
        | links_of(_inside(table.get("footer"), "socials") or table.get("footerSocials")),
        navigation=tuple(_entries(table["navigation"], left)),
        redirects=dict(_redirects(table.get("redirects"), left)),
        left=tuple(left),
    )


def _entries(nodes: Any, left: list[str]) -> Iterator[TocEntry]:
    """Read pages, groups of them, and what divides a site: tabs, versions, languages."""
    for node in nodes if isinstance(nodes, list) else [nodes]:
        if isinstance(node, str):
            if " " in node:  # an operation of a description: GET /users
                left.append(f"navigation: {node}")
            else:
                yield TocEntry("", page_of(node))
        elif isinstance(node, dict):
            yield from _group(node, left)


def _group(node: dict[str, Any], left: list[str]) -> Iterator[TocEntry]:
    title = next((str(node[key]) for key in _GROUPS if node.get(key)), "")
    below = tuple(
        entry
        for key in _BELOW
        if isinstance(node.get(key), list)
        for entry in _entries(node[key], left)
    )
    if isinstance(node.get("global"), dict):
        below += tuple(_entries(node["global"], left))
    if "openapi" in node:
        left.append(f"navigation: {title or 'openapi'} (openapi)")
    if not title:  # the whole, or a language: its pages stand in a folder of their own
        yield from below
    elif "://" in str(node.get("href")):
        yield TocEntry(title, url=str(node["href"]))
    elif below or node.get("root"):
        yield TocEntry(title, page_of(str(node["root"])) if node.get("root") else "", below)


def _redirects(rules: Any, left: list[str]) -> Iterator[tuple[str, str]]:
    for rule in _listed(rules):
        old, new = str(rule.get("source", "")), str(rule.get("destination", ""))
        if ":" in old or "*" in old:
            left.append(f"redirect {old}: it is a pattern")
        elif old and new:
            yield old.strip("/"), new if "://" in new else page_of(new)


def _inside(node: Any, key: str) -> Any:
    return node.get(key) if isinstance(node, dict) else None


def _listed(nodes: Any) -> list[dict[str, Any]]:
    return [each for each in nodes if isinstance(each, dict)] if isinstance(nodes, list) else []


TAKERS = {
    f"{'' if folder == '.' else f'{folder}/'}{name}": partial(_take, folder)
    for folder in _FOLDERS
    for name in _NAMES
}
"""What reads the settings of each folder of pages."""
