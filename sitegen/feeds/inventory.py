"""Inventory: ``objects.inv``, by which other sites link to this one."""

from __future__ import annotations

from functools import cache
from itertools import chain
from urllib.parse import quote

from sitegen.model import OutputFile, Site
from sitegen.model.inventory import object_role, write_inventory
from sitegen.model.objects import LABEL, Documented
from sitegen.plan.references import References
from sitegen.urls import permalink


def objects_inventory(site: Site, references: References) -> OutputFile:
    """Write ``objects.inv`` (Sphinx version 2), so that other sites can link to this one."""
    entries = [(p.document.id, "std:doc", quote(p.permalink), p.title) for p in site.pages]
    best: dict[tuple[str, bool], Documented] = {}
    for each in chain(references.objects, references.labels):
        key = (each.name, each.kind == LABEL)
        if best.setdefault(key, each).place > each.place:
            best[key] = each
    address = cache(lambda page: quote(permalink(page)))  # of the many objects of a page
    entries += [
        (entry.name, object_role(entry.kind), f"{address(entry.page)}#{entry.anchor}", entry.title)
        for entry in best.values()
    ]
    return OutputFile("objects.inv", write_inventory(site.title, entries))
