"""Adding up: what was counted in groups of texts -> what that is in all; most is known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from sitegen.restore.lexicon import Counts, add
from sitegen.restore.lexicon.reading import AnyRead, ReadBefore, counts_of
from sitegen.store.recall import Store


class Total(Struct, frozen=True):
    """What was counted in all groups of texts that are known by some keys."""

    keys: Sequence[str] = ()
    counts: Counts = {}


def add_up(store: Store, known_by: str, keys: Sequence[str], read: Iterable[AnyRead]) -> Counts:
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
    counts, known = dict(last.counts), set(last.keys)
    for key, each in zip(keys, read, strict=True):
        if key not in known:
            add(counts, counts_of(each))
    for each in before.values():
        add(counts, counts_of(each), -1)
    if known != set(keys):
        store.keep({at: Total(keys, counts)})
    return counts
