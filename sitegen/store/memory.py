"""Memory: what stages made of parts that have not changed, for builds that follow each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """Holds, by stage and key, what was last made and what it was made of; forgets the unused.

    What it gives back is the very object of the build before, so that equal parts are found by
    identity further on.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._old: dict[tuple[str, Hashable], tuple[Any, Any]] = {}
        self._new: dict[tuple[str, Hashable], tuple[Any, Any]] = {}

    def recall(self, stage: str, key: Hashable, given: object, make: Callable[[], T]) -> T:
        """Give what was made under ``key`` of an equal ``given``, else make it now."""
        place = (stage, key)
        known = self._old.get(place)
        made: T = make() if known is None or known[0] != given else known[1]
        self._new[place] = (given, made)
        return made

    def used(self, stage: str) -> dict[Any, tuple[Any, Any]]:
        """Give what a stage was given and made since the last turn, by key."""
        return {key: known for (of, key), known in self._new.items() if of == stage}

    def load(self, stage: str, known: Mapping[Any, tuple[Any, Any]]) -> None:
        """Take in what a stage of an earlier build was given and made, as ``used`` gave it."""
        self._old |= {(stage, key): each for key, each in known.items()}

    def turn(self) -> None:
        """End a build: what it did not ask for is forgotten."""
        self._old, self._new = self._new, {}
