"""The store: a value is made once of what it is made of, on a disk, in memory, or each time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from sitegen.store.digest import digest
from sitegen.store.recall import NOTHING_KEPT, Store


class Maker:
    """Makes values, and counts how often."""

    def __init__(self, value: object = "made") -> None:
        self.value, self.count = value, 0

    def __call__(self) -> object:
        self.count += 1
        return self.value

    def each(self, parts: Iterable[str]) -> Iterator[tuple[int, str]]:
        some = list(parts)
        self.count += len(some)
        return iter([(number, part.upper()) for number, part in enumerate(some)][::-1])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def recalled(store: Store, make: Maker, stage: str = "s", given: object = (1, "a")) -> object:
    return store.recall(stage, given, make, str)  # type: ignore[arg-type]


def test_a_value_is_made_once_of_equal_things(file: Path) -> None:
    make = Maker()
    for _ in range(2):
        with Store(file) as store:
            assert [recalled(store, make) for _ in range(2)] == ["made", "made"]
    assert make.count == 1


@pytest.mark.parametrize(("stage", "given"), [("t", (1, "a")), ("s", (2, "a")), ("s", 1)])
def test_another_stage_or_other_things_make_another_value(
    file: Path, stage: str, given: object
) -> None:
    make = Maker()
    with Store(file) as store:
        recalled(store, make)
        recalled(store, make, stage, given)
    assert make.count == 2


def test_where_nothing_is_kept_everything_is_made_each_time() -> None:
    make = Maker()
    assert [recalled(NOTHING_KEPT, make) for _ in range(2)] == ["made", "made"]
    assert make.count == 2
    assert NOTHING_KEPT.key("s", 1) == ""


def test_what_is_kept_in_memory_is_the_very_object_until_two_builds_do_not_ask_for_it() -> None:
    store, value = Store(None, in_memory=True), object()
    make = Maker(value)
    for _ in range(3):
        assert store.recall("s", 1, make) is value
        store.turn()
    assert make.count == 1
    store.turn()
    store.recall("s", 1, make)
    assert make.count == 2


def test_a_value_without_a_kind_does_not_reach_the_disk(file: Path) -> None:
    make = Maker()
    for _ in range(2):
        with Store(file) as store:
            store.recall("s", 1, make)
    assert make.count == 2


def test_what_waits_to_be_written_is_there_for_the_next_who_asks(file: Path) -> None:
    with Store(file) as store:
        store.keep({"a": 1})
        assert store.holds(["a", "b"]) == {"a"}
    with Store(file) as store:
        assert store.holds(["a", "b"]) == {"a"}


def test_what_does_not_hold_any_more_is_made_again_and_takes_its_place(file: Path) -> None:
    with Store(file) as store:
        store.recall("s", 1, lambda: "old", str)
    with Store(file) as store:
        assert store.recall("s", 1, lambda: "new", str, lambda value: value == "new") == "new"
    with Store(file) as store:
        assert store.recall("s", 1, lambda: "newer", str) == "new"


def test_what_is_of_another_kind_or_broken_is_made_again(file: Path) -> None:
    with Store(file) as store:
        store.recall("s", 1, lambda: "text", str)
        assert store.recall("s", 1, lambda: 7, int) == 7
        key = store.key("t", 1)
        store.keep({key: {"no": "text"}})
        assert store.recall("t", 1, lambda: "text", str) == "text"


def test_what_cannot_be_written_is_given_all_the_same(file: Path) -> None:
    with Store(file) as store:
        assert store.recall("s", "\ud800", lambda: "\ud801", str) == "\ud801"
    assert digest("\ud800") != digest("\ud801")


@pytest.mark.parametrize("in_memory", [False, True])
def test_of_many_parts_those_that_are_known_come_first_and_others_are_made(
    file: Path, in_memory: bool
) -> None:
    make = Maker()

    def recall(*parts: str) -> list[tuple[str, str]]:
        with Store(file, in_memory=in_memory) as store:
            found = store.recall_each(iter(parts), partial(store.key, "s"), make.each, str)
            return [(part, value()) for part, value in found]

    assert recall("a", "b") == [("b", "B"), ("a", "A")]
    assert recall("c", "b", "a") == [("b", "B"), ("a", "A"), ("c", "C")]
    assert make.count == 3


def test_of_many_parts_all_are_taken_before_the_first_value_is_asked_for(file: Path) -> None:
    taken: list[str] = []
    make = Maker()
    with Store(file) as store:
        parts = (taken.append(p) or p for p in "abc")
        store.recall_each(parts, partial(store.key, "s"), make.each, str)
    assert taken == ["a", "b", "c"]
    assert make.count == 3


def test_a_part_whose_value_broke_meanwhile_is_made_again(file: Path) -> None:
    make = Maker()
    with Store(file) as store:
        store.keep({store.key("s", "a"): 7})
        ((part, value),) = store.recall_each(["a"], partial(store.key, "s"), make.each, str)
        assert (part, value(), make.count) == ("a", "A", 1)


def test_where_many_parts_are_known_few_questions_ask_for_all(file: Path) -> None:
    asked: list[int] = []

    class Counting(Store):
        def holds(self, keys: Sequence[str]) -> set[str]:
            asked.append(len(keys))
            return super().holds(keys)

    make, parts = Maker(), [str(number) for number in range(2000)]
    with Counting(file) as store:
        for known in (parts[:1000], parts):
            asked.clear()
            for _, value in store.recall_each(known, partial(store.key, "s"), make.each, str):
                value()
        assert sum(asked[:8]) > 1000  # all that were known
        assert make.count == 2000
        assert max(asked[-8:]) < max(asked)  # who makes the rest does not wait for all of it


def test_what_is_asked_for_next_is_looked_up_by_one_question(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        store.keep({"a": 1, "b": 2})
    with Store(tmp_path / "store.sqlite") as store:
        store.expect(["a", "none"], ["b", "gone"])
        with closing(sqlite3.connect(tmp_path / "store.sqlite")) as base, base:
            base.execute("DELETE FROM entries")
        assert store.find(["a"], int) == {"a": 1}
        assert store.holds(["b", "gone"]) == {"b"}
        store.turn()  # another build
        assert store.holds(["b"]) == set()
