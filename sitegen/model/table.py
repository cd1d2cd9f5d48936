"""Table: parts of one kind by name, and who brought each; the door to a stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import Struct

from sitegen.errors import ConfigError

V = TypeVar("V")
OWN = "sitegen"
"""Who brings what is built in."""


class Table(dict[str, V]):
    """What a stage looks up. Sitegen's own parts enter as those of any extension do."""

    def __init__(
        self,
        what: str,
        own: Mapping[str, V] = MappingProxyType({}),
        gives_way: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Begin with sitegen's own parts; ``what`` says what one is, before its name.

        Those that ``gives_way`` names are left to an extension that brings one of the name: what
        sitegen learns later breaks no extension that was there before.
        """
        super().__init__()
        self._what, self._gives_way = what, gives_way
        self._brought: dict[str, str] = {}
        self._waiting: dict[str, V] = {}
        self.enter(OWN, own)

    def enter(self, extension: str, parts: Mapping[str, V]) -> None:
        """Take the parts that an extension brings, all of them or none.

        Raises:
            ConfigError: one has the name of another.
        """
        for name in parts:
            source = self.source(name)
            if source and not (source == OWN != extension and self._gives_way(name)):
                taken = f"{self._what} {name!r}, which {source!r} has already"
                raise ConfigError(f"the extension {extension!r} brings {taken}")
        self._waiting |= {name: self[name] for name in parts if name in self}
        self.update(parts)
        self._brought |= dict.fromkeys(parts, extension)

    def leave(self, extension: str) -> None:
        """Let go of all that an extension brought; what gave way to it is there again."""
        for name in self.of(extension):
            del self[name], self._brought[name]
            if name in self._waiting:
                self[name], self._brought[name] = self._waiting.pop(name), OWN

    def own(self, name: str) -> V | None:
        """Sitegen's own part of a name, also where an extension has brought another."""
        return self._waiting.get(name) or (self.get(name) if self.source(name) == OWN else None)

    def source(self, name: str) -> str:
        """Who has brought a part; empty where there is none of the name."""
        return self._brought.get(name, "")

    def of(self, extension: str) -> dict[str, V]:
        """What an extension has brought."""
        return {name: self[name] for name, who in self._brought.items() if who == extension}


class Later(Struct, frozen=True):
    """What stands at ``module:name``, which is not loaded before it is called."""

    place: str

    def __call__(self, *given: Any) -> Any:
        """Call it."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(module), name)(*given)
