"""Restore: sections that document objects of an API, told by their ``[[autodoc]]`` lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.urls import slug

AUTODOC = re.compile(r"\n[ \t]*\[\[autodoc\]\][ \t]+([\w.]+)")


def documented(text: str) -> list[str]:
    """List the paths of the objects that a text documents."""
    return AUTODOC.findall(f"\n{text}") if "[[autodoc" in text else []


def object_name(anchor: str, paths: Iterable[str]) -> str:
    """Find the documented object that a section is named after; empty when there is none.

    The heading may show the last part of a dotted path or more of it.
    """
    for path in paths:
        name = path.rpartition(".")[2]
        if slug(name) == anchor:
            return name
        if "." in path and slug(path).endswith(anchor):
            parts = path.split(".")
            tails = (".".join(parts[start:]) for start in range(len(parts) - 2, -1, -1))
            if found := next((tail for tail in tails if slug(tail) == anchor), ""):
                return found
    return ""
