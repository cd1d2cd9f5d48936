"""Table: values by key, many in one place of the store until a key there is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from sitegen.model.runs import Bulk
from sitegen.store.packing import pack, unpack

T = TypeVar("T")
_FEWEST, _MOST = 16, 2048  # places
_IN_ONE = 16  # keys of a place, as long as these are not too many


def places_for(keys: int) -> int:
    """How many places a table of about so many keys has."""
    return min(_MOST, max(_FEWEST, 1 << (keys // _IN_ONE).bit_length()))


def packed_by(
    values: Iterable[T],
    key_of: Callable[[T], str],
    places: int,
    choose: Callable[[Iterable[T]], Iterable[T]] = iter,
) -> Iterator[list[bytes]]:
    """Values in the places of their keys, each place packed when it is asked for.

    Of those of a place, which may be few of all, some are chosen.
    """
    parted: list[list[T]] = [[] for _ in range(places)]
    for value in values:
        parted[_place(key_of(value), places)].append(value)
    for place, some in enumerate(parted):
        yield [pack(list(choose(some)))]
        parted[place] = []


class Table(Generic[T]):
    """Values by key, of which those of a place are taken out of the store together."""

    def __init__(
        self,
        bulks: Sequence[Bulk],
        kind: Any,
        by_key: Callable[[Any], Mapping[str, Sequence[T]]],
        lies_by: Callable[[str], str] = str,
    ) -> None:
        """Look up what `packed_by` has packed: of each place a list of a ``kind``.

        ``by_key`` gives the values of a place by their keys; a key ``lies_by`` what they were
        packed by.
        """
        self._bulks, self._kind, self._by_key, self._lies_by = bulks, kind, by_key, lies_by
        self._known: dict[int, Mapping[str, Sequence[T]]] = {}

    def get(self, key: str, /) -> Sequence[T] | None:
        """The values under a key, if there are any.

        Raises:
            LostError: they are in the store no more.
        """
        place = _place(self._lies_by(key), len(self._bulks))
        if place not in self._known:
            (packed,) = self._bulks[place].load()
            self._known[place] = self._by_key(unpack(packed, self._kind))
        return self._known[place].get(key)

    def forget(self) -> None:
        """Let go of what was taken out of the store."""
        self._known.clear()


def _place(key: str, places: int) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % places
