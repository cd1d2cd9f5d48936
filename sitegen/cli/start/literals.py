"""Literals of a configuration that is a program: values by their keys; no line of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.model import TocEntry
from sitegen.plan.toctree import local_page
from sitegen.render.components.js_literal import Value, parse_beginning

SUFFIXES = ("js", "ts", "mjs", "cjs", "mts")


def literal(text: str, key: str) -> Value:
    """The value of the first key of that name that has a literal one."""
    for match in re.finditer(rf"(?<![\w.$])[\"']?{key}[\"']?\s*:\s*", text):
        try:
            return parse_beginning(text[match.end() :])
        except ValueError:
            continue
    return None


def computed(text: str, *keys: str) -> list[str]:
    """What to say of the keys that are there and whose values only a program would tell."""
    found = (key for key in keys if re.search(rf"(?<![\w.$-]){key}[\"']?\s*[:,}}]", text))
    return [f"{key}: a program makes it" for key in found if literal(text, key) is None]


def address(host: Value, base: Value) -> str:
    """The address of a site by its host and its place there, if the host is known."""
    if not isinstance(host, str) or not host:
        return ""
    return re.sub(r"(?<!:)/{2,}", "/", f"{host.rstrip('/')}/{str(base or '/').strip('/')}/")


def page_of(link: str) -> str:
    """The id of the page that a link from the host's root leads to."""
    path = re.sub("/{2,}", "/", link.partition("#")[0].removesuffix(".html")).strip("/")
    return local_page(path) or "index"


def linked(nodes: Value, base: str = "") -> Iterator[TocEntry]:
    """Read a sidebar of Starlight or VitePress: pages, links, groups, whole folders.

    ``base`` is the folder that links count from.
    """
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, str):
            yield TocEntry("", page_of(node))
        if not isinstance(node, dict):
            continue
        title = str(node.get("label") or node.get("text") or "")
        below = str(node.get("base") or base)
        sections = tuple(linked(node.get("items"), below))
        link = node.get("slug") or node.get("link")
        folder = node.get("autogenerate")
        if isinstance(folder, dict) and not sections:
            yield TocEntry(title, f"{str(folder.get('directory', '')).strip('/')}/")
        elif isinstance(link, str) and "://" in link:
            yield TocEntry(title, url=link)
        elif isinstance(link, str) or sections:
            page = page_of(f"{below}/{link}") if isinstance(link, str) else ""
            yield TocEntry(title, page, sections)


def links_of(nodes: Value) -> dict[str, str]:
    """Titles and addresses of links elsewhere, as lists of tables or a table have them."""
    table = nodes if isinstance(nodes, dict) else {}
    found = {str(name): url for name, url in table.items() if isinstance(url, str)}
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, dict) and isinstance(url := node.get("href") or node.get("link"), str):
            title = node.get("label") or node.get("icon") or url
            found[str(title)] = url
    return {title: url for title, url in found.items() if url.startswith("https://")}
