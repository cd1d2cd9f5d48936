"""Literals of a configuration that is a program: values by their keys; no line of it is run."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Self

from msgspec import Struct

from sitegen.cli.start.generators.programs import settings_of
from sitegen.cli.start.generators.taken import read_source
from sitegen.model import TocEntry
from sitegen.plan.toctree import local_page
from sitegen.render.components.js_literal import Value, parse_beginning

_TRIED = 100  # keys of one name whose values are no literals


def literal(text: str, key: str) -> Value:
    """The value of the first key of that name that has a literal one.

    Each may be read to the end of the text for nothing, so that not all of any number are tried.
    """
    found = re.finditer(rf"(?<![\w.$])[\"']?{key}[\"']?\s*:\s*", text)
    for match in islice(found, _TRIED):
        try:
            return parse_beginning(text[match.end() :])
        except ValueError:
            continue
    return None


class Said(Struct, frozen=True):
    """What a configuration says: what it exports, as far as it is read, and its text."""

    exported: Value
    text: str

    @classmethod
    def by(cls, file: Path) -> Self:
        """Read a configuration, which stands on top of its project."""
        return cls(settings_of(file, file.parent), read_source(file))

    def __call__(self, key: str) -> Value:
        """The value of a key, of several the one that is the least deep."""
        waiting = deque([self.exported])
        while waiting:
            node = waiting.popleft()
            if isinstance(node, dict):
                if node.get(key) is not None:
                    return node[key]
                waiting += node.values()
            elif isinstance(node, list):
                waiting += node
        return literal(self.text, key)

    def computed(self, *keys: str) -> list[str]:
        """What to say of the keys that are there and whose values only a program would tell."""
        return computed(self.text, *(key for key in keys if self(key) is None))


def computed(text: str, *keys: str) -> list[str]:
    """What to say of the keys that are there and whose values only a program would tell."""
    found = (key for key in keys if re.search(rf"(?<![\w.$-]){key}[\"']?\s*[:,}}]", text))
    return [f"{key}: a program makes it" for key in found if literal(text, key) is None]


def unread(file: Path, *found: object) -> list[str]:
    """What to say of a program of which nothing was found: other code makes what it exports."""
    return [] if any(found) else [f"{file.name}: a program makes all of it"]


def gaps(sidebar: Value) -> list[str]:
    """What to say of a sidebar in whose lists entries stand that only a program would tell."""
    waiting = [sidebar]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list) and None in node:
            return ["sidebar: a program makes some entries"]
        waiting += node if isinstance(node, list) else []
        waiting += node.values() if isinstance(node, dict) else []
    return []


def address(host: Value, base: Value) -> str:
    """The address of a site by its host and its place there, if the host is known."""
    if not isinstance(host, str) or not host:
        return ""
    return re.sub(r"(?<!:)/{2,}", "/", f"{host.rstrip('/')}/{str(base or '/').strip('/')}/")


def page_of(link: str) -> str:
    """The id of the page that a link from the host's root leads to."""
    path = re.sub("/{2,}", "/", link.partition("#")[0].removesuffix(".html")).strip("/")
    return local_page(path) or "index"


def linked(nodes: Value, base: str = "", language: str = "") -> Iterator[TocEntry]:
    """Read a sidebar of Starlight or VitePress: pages, links, groups, whole folders.

    ``base`` is the folder that links count from; titles are in a ``language`` if they can be.
    """
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, str):
            yield TocEntry("", page_of(f"{base}/{node}"))
        if not isinstance(node, dict):
            continue
        told = node.get("translations")
        translated = told.get(language) if isinstance(told, dict) else None
        title = str(translated or node.get("label") or node.get("text") or "")
        below = str(node.get("base") or base)
        sections = tuple(linked(node.get("items"), below, language))
        link = node.get("slug") or node.get("link")
        folder = node.get("autogenerate")
        if isinstance(folder, dict) and not sections:
            path = page_of(f"{base}/{folder.get('directory', '')}")
            yield TocEntry(title, f"{path}/")
        elif isinstance(link, str) and "://" in link:
            yield TocEntry(title, url=link)
        elif isinstance(link, str) or sections:
            page = page_of(f"{below}/{link}") if isinstance(link, str) else ""
            yield TocEntry(title, page, sections)


def links_of(nodes: Value) -> dict[str, str]:
    """Titles and addresses of links elsewhere, as lists of tables or a table have them.

    One that has an icon alone is called by its host, and a second one there by its address.
    """
    table = nodes if isinstance(nodes, dict) else {}
    found = {str(name): url for name, url in table.items() if isinstance(url, str)}
    for node in nodes if isinstance(nodes, list) else ():
        told = node if isinstance(node, dict) else {}
        url = told.get("href") or told.get("link") or told.get("url")
        if isinstance(url, str):
            address = url.removeprefix("https://").removeprefix("www.")
            host = address.partition("/")[0]
            title = told.get("label") or told.get("name") or told.get("ariaLabel")
            found[str(title or (address if host in found else host))] = url
    return {title: url for title, url in found.items() if url.startswith("https://")}
