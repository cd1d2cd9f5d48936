"""Inventory: ``objects.inv``, by which other sites link to this one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from urllib.parse import quote

from sitegen.model import OutputFile, Site
from sitegen.model.inventory import object_role, write_inventory
from sitegen.model.objects import LABEL, Documented
from sitegen.plan.references import Index
from sitegen.urls import permalink


def objects_inventory(site: Site, index: Index) -> OutputFile:
    """Write ``objects.inv`` (Sphinx version 2), so that other sites can link to this one."""
    pages = ((p.document.id, "std:doc", quote(p.permalink), p.title) for p in site.pages)
    best = chain(_best(e for e in index.every() if e.kind != LABEL), _best(index.labels))
    address = cache(lambda page: quote(permalink(page)))  # of the many objects of a page
    objects = (
        (entry.name, object_role(entry.kind), f"{address(entry.page)}#{entry.anchor}", entry.title)
        for entry in best
    )
    return OutputFile("objects.inv", write_inventory(site.title, chain(pages, objects)))


def _best(named: Iterable[Documented]) -> Iterable[Documented]:
    """Of those of one name that which is preferred."""
    best: dict[str, Documented] = {}
    for each in named:
        if best.setdefault(each.name, each).place > each.place:
            best[each.name] = each
    return best.values()
