"""Later: packed values that were made before, and lie in the store until one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from sitegen.model.runs import Bulk
from sitegen.store.lost import LostError
from sitegen.store.recall import Store, always

P = TypeVar("P")
T = TypeVar("T")
AT_ONCE = 64
"""Parts that are looked up by one question."""


def recall_with_bulks(  # noqa: PLR0913, PLR0917 - as `Store.recall`
    store: Store,
    key: str,
    make: Callable[[], tuple[T, Sequence[Sequence[bytes]]]],
    kind: type[T],
    holds: Callable[[T], bool] = always,
    count: int = 1,
) -> tuple[T, Sequence[Bulk]]:
    """As `Store.recall` by a key, of what is made with packed values that few builds look at.

    These are ``count`` lists. Each is known by a key of its own, and stays in the store where it
    was made before.

    Raises:
        LostError: when one is asked for, and is there no more.
    """
    known = find_with_bulks(store, key, kind, holds, count)
    if known is not None:
        return known
    made, packed = make()
    return made, keep_with_bulks(store, key, made, packed)


def recall_aside(
    store: Store,
    key: str,
    make: Callable[[], tuple[T, Iterable[Sequence[bytes]]]],
    kind: type[T],
    count: int,
) -> tuple[T, Sequence[Bulk]]:
    """The same of lists that are many: also those that have just been made lie in the store alone.

    They are taken one by one. Where the store has no room for them, all are made again, and held.
    """
    known = find_with_bulks(store, key, kind, count=count)
    if known is None and store.keeps and not store.in_memory:
        made, packed = make()
        for number, some in enumerate(packed):
            store.keep({_key(store, key, number): some})
        store.keep({key: made})
        store.write()
        known = find_with_bulks(store, key, kind, count=count)
    if known is not None:
        return known
    made, packed = make()
    return made, keep_with_bulks(store, key, made, list(packed))


def find_with_bulks(
    store: Store, key: str, kind: type[T], holds: Callable[[T], bool] = always, count: int = 1
) -> tuple[T, Sequence[Bulk]] | None:
    """The same of what was made before; nothing if it was not, or if a part of it is gone."""
    keys = [_key(store, key, number) for number in range(count)]
    known = store.find([key], kind)
    if key in known and holds(known[key]) and len(store.holds(keys)) == count:
        return known[key], [bulk_of(store, key, number) for number in range(count)]
    return None


def expected(
    store: Store, parts: Iterable[P], key_of: Callable[[P], str], count: int = 1
) -> Iterator[tuple[P, str]]:
    """Yield parts with their keys, by which they are recalled next, each with ``count`` lists.

    What is known of many is looked up by one question.
    """
    rest = iter(parts)
    while some := [(part, key_of(part)) for part in islice(rest, AT_ONCE)]:
        expect(store, [key for _, key in some], count)
        yield from some


def expect(store: Store, keys: Sequence[str], count: int = 1) -> None:
    """Look up by one question what is asked for next, as `find_with_bulks` does by each key."""
    store.expect(keys, [_key(store, key, number) for key in keys for number in range(count)])


def keep_with_bulks(
    store: Store, key: str, made: object, packed: Sequence[Sequence[bytes]]
) -> Sequence[Bulk]:
    """Keep under a key what was made, and under keys of their own its packed values."""
    keys = [_key(store, key, number) for number in range(len(packed))]
    store.keep({key: made} | dict(zip(keys, packed, strict=True)))
    return [Bulk(partial(_same, some)) for some in packed]


def bulk_of(store: Store, key: str, number: int) -> Bulk:
    """One of the lists that were made with what is known by a key."""
    at = _key(store, key, number)

    load = partial(found, store, at, list[bytes])
    if not store.in_memory:
        return Bulk(load, is_here=False)
    return Bulk(partial(_same, load()))  # what two builds in a row do not ask for is forgotten


def found(store: Store, key: str, kind: type[T]) -> T:
    """What was kept under a key, and cannot be made again.

    Raises:
        LostError: it is there no more.
    """
    values = store.find([key], kind)
    if key not in values:
        raise LostError(
            "what was remembered of the last build is damaged",
            help="build again with --no-cache, or remove the folder .sitegen",
        )
    return values[key]


def _key(store: Store, key: str, number: int) -> str:
    return store.key("bulk", (number, key))


def _same(packed: Sequence[bytes]) -> Sequence[bytes]:
    return packed
