"""Adding up: what was counted in groups of texts -> what that is in all; most is known already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from typing import NamedTuple

from msgspec import Struct

from sitegen.restore.lexicon import Counts, add
from sitegen.restore.lexicon.reading import AnyRead, ReadBefore, counts_of
from sitegen.store.recall import Store


class Total(Struct, frozen=True):
    """What was counted in all groups of texts that are known by some keys."""

    keys: Sequence[str] = ()
    counts: Counts = {}


class Sum(NamedTuple):
    """What was counted in all groups of texts together, and where it is another than before.

    ``since`` is what the groups of before are known by, ``now`` what these are; ``entries`` are
    those that are counted differently. Of ``None`` of before nothing is known.
    """

    counts: Counts
    now: str
    since: str | None = None
    entries: Set[str] = frozenset()


def add_up(
    store: Store, known_by: str, keys: Sequence[str], read: Iterable[Callable[[], AnyRead]]
) -> Sum:
    """What the groups of texts with some keys say together.

    To what the last build added up, only that of new groups is added, and that of groups which are
    gone is taken away: counts are whole numbers, so this is what adding all of them gives.
    """
    at = store.key("total", known_by)
    last = store.find([at], Total).get(at, Total())
    gone = sorted(set(last.keys).difference(keys))
    before: dict[str, AnyRead] = dict(store.find(gone, ReadBefore))
    if len(before) < len(gone) or 2 * len(gone) > len(keys):
        last, before = Total(), {}
    counts, known, touched = dict(last.counts), set(last.keys), set[str]()

    def take(each: AnyRead, times: int = 1) -> None:
        more = counts_of(each)
        add(counts, more, times)
        if known:
            touched.update(more)

    for key, load in zip(keys, read, strict=True):
        if key not in known:
            take(load())
    for each in before.values():
        take(each, -1)
    if known != set(keys):
        store.keep({at: Total(keys, counts)})
    others = frozenset(each for each in touched if counts.get(each) != last.counts.get(each))
    now = store.key("groups", sorted(keys))
    return Sum(counts, now, store.key("groups", sorted(known)) if known else None, others)
