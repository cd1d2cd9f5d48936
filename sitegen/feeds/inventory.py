"""Inventory: ``objects.inv``, by which other sites link to this one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from sitegen.model import OutputFile, Site
from sitegen.model.inventory import object_role, write_inventory
from sitegen.model.objects import Documented
from sitegen.urls import permalink


def objects_inventory(site: Site, objects: Iterable[Documented]) -> OutputFile:
    """Write ``objects.inv`` (Sphinx version 2), so that other sites can link to this one."""
    entries = [(p.document.id, "std:doc", quote(p.permalink), p.title) for p in site.pages]
    best: dict[str, Documented] = {}
    for each in objects:
        if best.setdefault(each.name, each).place > each.place:
            best[each.name] = each
    address = cache(lambda page: quote(permalink(page)))  # of the many objects of a page
    entries += [
        (entry.name, object_role(entry.kind), f"{address(entry.page)}#{entry.anchor}", "")
        for entry in best.values()
    ]
    return OutputFile("objects.inv", write_inventory(site.title, entries))
