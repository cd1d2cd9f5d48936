"""Inventory: ``objects.inv``, by which other sites link to this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from heapq import merge
from urllib.parse import quote

from sitegen.model import OutputFile, Site
from sitegen.model.inventory import object_role, write_inventory
from sitegen.model.objects import LABEL, Documented
from sitegen.plan.references import Index
from sitegen.urls import permalink


def objects_inventory(site: Site, index: Index) -> OutputFile:
    """Write ``objects.inv`` (Sphinx version 2), so that other sites can link to this one."""
    address = cache(lambda page: quote(permalink(page)))  # of the many objects of a page

    def named(entries: Iterable[Documented]) -> Iterator[tuple[str, str, str, str]]:
        for entry in _best(entries):
            place = f"{address(entry.page)}#{entry.anchor}"
            yield entry.name, object_role(entry.kind), place, entry.title

    pages = (
        (page.document.id, "std:doc", quote(page.permalink), page.title)
        for page in sorted(site.pages, key=lambda page: page.document.id)
    )
    # Merged as they are made: a large site has a million.
    objects = named(each for each in index.every() if each.kind != LABEL)
    entries = merge(pages, objects, named(index.labels))
    return OutputFile("objects.inv", write_inventory(site.title, entries))


def _best(named: Iterable[Documented]) -> Iterable[Documented]:
    """Of those of one name that which is preferred, in the order of the names."""
    best: dict[str, Documented] = {}
    for each in named:
        if best.setdefault(each.name, each).place > each.place:
            best[each.name] = each
    return (best[name] for name in sorted(best))
