"""Documents and toctrees that are planned into a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sitegen.errors import Diagnostic
from sitegen.model import Document, NavItem, Section, Site, TocEntry
from sitegen.plan.nav import plan
from sitegen.plan.object_index import index_of, scan_document
from sitegen.plan.references import References


def documents(*ids: str) -> list[Document]:
    return [
        Document(id, f"{id}.md", "x\n", (Section(0, "", "", f"{id}.md", None),), title=id.upper())
        for id in ids
    ]


def references_of(documents: Iterable[Document], package: str) -> References:
    """What documents of a package may refer to in each other."""
    scanned = ((each, scan_document(each, package)) for each in documents)
    return References(index_of(scanned, package))


def site(
    *ids: str, toctree: Sequence[TocEntry] = (), title: str = ""
) -> tuple[Site, list[Diagnostic]]:
    notices: list[Diagnostic] = []
    heads = [each.head() for each in documents(*ids)]
    return plan(heads, toctree, title=title, language="", notices=notices), notices


def outline(items: Sequence[NavItem]) -> list[object]:
    """Write navigation as title, address and, when there is some, what is below."""
    return [
        (item.title, item.permalink, *([outline(item.items)] if item.items else []))
        for item in items
    ]


def titles(built: Any) -> list[str]:
    """The navigation as `llms.txt` lists it: single pages, then groups."""
    return re.findall(r"^(?:- \[|## )(.*?)(?:\].*)?$", built.read("llms.txt"), re.MULTILINE)


PLACED = {
    "index.md": "---\norder: 0\n---\n# Home\n",
    "zoo.md": "---\norder: 1\nnav_title: Animals\n---\n# All our animals\n",
    "guide/index.md": "---\nsidebar_position: 1.5\n---\n# Guide\n",
    "guide/b.md": "---\norder: 1\n---\n# Second letter\n",
    "guide/a.md": "# First letter\n",
    "guide/c.md": "---\norder: -1\nsidebar_label: See\n---\n# Third letter\n",
    "about.md": "# About\n",
    "secret.md": "---\nhidden: true\n---\n# Secret\n\n[Home](index.md)\n",
}
