"""Doors: every kind of thing that can be added, and the table of the stage that looks it up.

What is built in enters the same tables: `BUILT_IN` is what they hold of sitegen's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from msgspec import Struct

from sitegen.data import VERSION
from sitegen.extension.guards import Note, open_table, safe_feed, safe_publisher, safe_rule
from sitegen.extension.nouns import Check, Extension
from sitegen.model.table import OWN, Table

Parts = Mapping[str, Any]


class Door(Struct, frozen=True):
    """A kind of thing that an extension adds, by the name of its field there.

    ``table`` is where the stage looks its parts up; it is loaded when the first one comes.
    ``guarded`` are the parts of an extension as they enter, which name it when they fail; what is
    wrong with it all the same is noted. ``listed`` are parts of a table as an extension lists them.
    ``changed`` is told that parts have come or gone.
    """

    table: str
    guarded: Callable[[Extension, Note], Parts]
    listed: Callable[[Parts], object]
    changed: str = ""

    def open(self) -> Table[Any]:
        """The table itself."""
        table: Table[Any] = _at(self.table)
        return table

    def tell(self) -> None:
        """Say that parts have come or gone."""
        if self.changed:
            _at(self.changed)()


def _at(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def _components(extension: Extension, _: Note) -> Parts:
    from sitegen.render.extended import safe_component  # noqa: PLC0415 - loads what renders

    return {each.name: safe_component(each, extension.name) for each in extension.components}


def _rules(extension: Extension, note: Note) -> Parts:
    from sitegen.render.extended import safe_rules  # noqa: PLC0415 - loads what renders

    return safe_rules(extension.rules, extension.name, note)


def _readers(extension: Extension, _: Note) -> Parts:
    from sitegen.read.files import Reader  # noqa: PLC0415 - few extensions bring one

    name = extension.name
    return {
        suffix: Reader(name, partial(open_table, opener, name))
        for suffix, opener in extension.readers.items()
    }


def _checks(extension: Extension, _: Note) -> Parts:
    from sitegen.check.catalogue import Known  # noqa: PLC0415 - few extensions bring one

    return {
        each.code: Known(each.title, each.help, each.find and safe_rule(each.find, extension.name))
        for each in extension.checks
    }


def _feeds(extension: Extension, note: Note) -> Parts:
    return {each.name: safe_feed(each, extension.name, note) for each in extension.feeds}


def _publishers(extension: Extension, _: Note) -> Parts:
    openers = extension.publishers.items()
    return {scheme: safe_publisher(opener, extension.name) for scheme, opener in openers}


def _values(parts: Parts) -> object:
    return tuple(parts.values())


DOORS: Mapping[str, Door] = {
    "components": Door(
        "sitegen.render.components:COMPONENTS",
        _components,
        _values,
        changed="sitegen.render.extended:forget",
    ),
    "rules": Door(
        "sitegen.render.parser:RULES", _rules, _values, changed="sitegen.render.extended:forget"
    ),
    "readers": Door(
        "sitegen.read.files:READERS",
        _readers,
        lambda parts: {suffix: reader.open_table for suffix, reader in parts.items()},
    ),
    "checks": Door(
        "sitegen.check.catalogue:CHECKS",
        _checks,
        lambda parts: tuple(Check(code, *known) for code, known in parts.items()),
    ),
    "feeds": Door("sitegen.feeds:FEEDS", _feeds, _values),
    "publishers": Door("sitegen.extension.publishers:PUBLISHERS", _publishers, dict),
}
"""By the fields of an extension; in this order parts of an extension enter."""


def __getattr__(name: str) -> Extension:
    """``BUILT_IN``: what sitegen itself brings. All stages are loaded to list it."""
    if name == "BUILT_IN":
        own = {kind: door.listed(door.open().of(OWN)) for kind, door in DOORS.items()}
        return Extension(OWN, VERSION, **own)  # type: ignore[arg-type] # fields by their names
    raise AttributeError(name)
