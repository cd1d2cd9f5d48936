"""Later: packed values that were made before, and lie in the store until one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from sitegen.model.runs import Bulk
from sitegen.store.lost import LostError
from sitegen.store.recall import Store, always

T = TypeVar("T")


def recall_with_bulks(  # noqa: PLR0913, PLR0917 - as `Store.recall`
    store: Store,
    stage: str,
    given: object,
    make: Callable[[], tuple[T, Sequence[Sequence[bytes]]]],
    kind: type[T],
    holds: Callable[[T], bool] = always,
    count: int = 1,
) -> tuple[T, Sequence[Bulk]]:
    """As `Store.recall`, of what is made together with packed values that few builds look at.

    These are ``count`` lists. Each is known by a key of its own, and stays in the store where it
    was made before.

    Raises:
        LostError: when one is asked for, and is there no more.
    """
    key = store.key(stage, given)
    keys = [store.key("bulk", (number, key)) for number in range(count)]
    found = store.find([key], kind)
    if key in found and holds(found[key]) and len(store.holds(keys)) == count:
        return found[key], [_bulk(store, at) for at in keys]
    made, packed = make()
    store.keep({key: made} | dict(zip(keys, packed, strict=True)))
    return made, [Bulk(partial(_same, some)) for some in packed]


def _bulk(store: Store, at: str) -> Bulk:
    def load() -> Sequence[bytes]:
        found: dict[str, Sequence[bytes]] = store.find([at], list[bytes])
        if at not in found:
            raise LostError(
                "what was remembered of the last build is damaged",
                help="build again with --no-cache, or remove the folder .sitegen",
            )
        return found[at]

    if not store.in_memory:
        return Bulk(load, is_here=False)
    return Bulk(partial(_same, load()))  # what two builds in a row do not ask for is forgotten


def _same(packed: Sequence[bytes]) -> Sequence[bytes]:
    return packed
