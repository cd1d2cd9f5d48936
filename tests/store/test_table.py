"""Values by key, many in one place of the store until a key there is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sitegen.model.runs import Bulk
from sitegen.store.table import Table, packed_by, places_for

WORDS = [f"{first}.{last}" for last in map(str, range(100)) for first in "abc"]


def last_part(word: str) -> str:
    return word.rpartition(".")[2]


def by_last(words: Iterable[str]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for word in words:
        found[last_part(word)].append(word)
    return found


def table(words: Sequence[str], places: int, loaded: list[int]) -> Table[str]:
    def bulk(number: int, packed: Sequence[bytes]) -> Bulk:
        return Bulk(lambda: loaded.append(number) or packed)

    packed = packed_by(words, last_part, places)
    return Table([bulk(*each) for each in enumerate(packed)], list[str], by_last, last_part)


def test_the_values_under_each_key_are_found_in_their_order() -> None:
    words = table(WORDS, 16, [])
    assert [words.get(str(n)) for n in range(100)] == [
        [f"{a}.{n}" for a in "abc"] for n in range(100)
    ]
    assert words.get("nothing") is None


def test_nothing_is_unpacked_but_the_places_of_keys_that_are_asked_for_and_these_once() -> None:
    loaded: list[int] = []
    words = table(WORDS, 64, loaded)
    assert not loaded
    for key in ("1", "x.1", "2", "1"):
        words.get(key)
    assert len(loaded) == len(set(loaded)) == 2
    words.forget()
    assert words.get("1") == ["a.1", "b.1", "c.1"]
    assert len(loaded) == 3


def test_a_key_that_is_no_unicode_has_its_place_too() -> None:
    assert table(["a.\ud800"], 16, []).get("\ud800") == ["a.\ud800"]


def test_with_more_keys_there_are_more_places_up_to_a_bound() -> None:
    few, many, most = map(places_for, (10, 10_000, 10**7))
    assert few < many < most == places_for(10**8)
