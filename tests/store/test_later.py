"""Packed values that lie in the store until one is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.model.runs import Bulk
from sitegen.store.later import recall_aside, recall_with_bulks
from sitegen.store.lost import LostError, again_if_lost
from sitegen.store.recall import NOTHING_KEPT, Store
from sitegen.store.stamp import store_file

MADE: list[int] = []


def make() -> tuple[str, Sequence[Sequence[bytes]]]:
    MADE.append(1)
    return "light", ([b"a", b"bc"], [b"d"])


def recalled(store: Store) -> tuple[str, Sequence[Bulk]]:
    MADE.clear()
    return recall_with_bulks(store, store.key("stage", 1), make, str, count=2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Store(tmp_path / "store.sqlite") as store:
        _, bulks = recalled(store)
        assert [(bulk.is_here, bulk.load()) for bulk in bulks] == [
            (True, [b"a", b"bc"]),
            (True, [b"d"]),
        ]
    return tmp_path / "store.sqlite"


def test_what_was_made_before_is_found_and_its_values_when_they_are_asked_for(file: Path) -> None:
    with Store(file) as store:
        light, bulks = recalled(store)
        assert (light, MADE) == ("light", [])
        assert [(bulk.is_here, bulk.load()) for bulk in bulks] == [
            (False, [b"a", b"bc"]),
            (False, [b"d"]),
        ]


def test_much_that_was_just_made_lies_in_the_store_alone_where_it_has_room(tmp_path: Path) -> None:
    for store, is_here, times in (
        (Store(tmp_path / "store.sqlite"), False, 1),
        (Store(tmp_path / "full.sqlite", limit=0), True, 2),
        (NOTHING_KEPT, True, 1),
    ):
        MADE.clear()
        _, bulks = recall_aside(store, store.key("stage", 1), make, str, 2)
        assert [(bulk.is_here, bulk.load()) for bulk in bulks] == [
            (is_here, [b"a", b"bc"]),
            (is_here, [b"d"]),
        ]
        assert len(MADE) == times
        store.close()


def test_where_nothing_is_kept_all_is_made_each_time() -> None:
    assert [bulk.load() for bulk in recalled(NOTHING_KEPT)[1]] == [[b"a", b"bc"], [b"d"]]
    assert MADE == [1]


def test_what_lacks_some_of_its_values_is_made_anew(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("DELETE FROM entries WHERE rowid = 3")
    with Store(file) as store:
        assert [bulk.load() for bulk in recalled(store)[1]] == [[b"a", b"bc"], [b"d"]]
        assert MADE == [1]


def test_values_that_are_broken_are_lost_when_they_are_asked_for(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("UPDATE entries SET value = x'00' WHERE rowid = 2")
    with Store(file) as store:
        _, (broken, whole) = recalled(store)
        assert whole.load() == [b"d"]
        with pytest.raises(LostError, match="damaged"):
            broken.load()


def test_a_store_in_memory_holds_the_values_that_nobody_asks_for_as_long_as_who_has_them(
    file: Path,
) -> None:
    with Store(file, in_memory=True) as store:
        _, bulks = recalled(store)
        for _ in range(3):
            store.turn()
        file.unlink()
    assert [bulk.load() for bulk in bulks] == [[b"a", b"bc"], [b"d"]]


def test_a_step_that_loses_what_was_remembered_is_taken_again_without_it(tmp_path: Path) -> None:
    config = Config(cache=tmp_path)
    file = store_file(tmp_path)
    assert file is not None
    file.write_bytes(b"damaged")

    @again_if_lost
    def step(config: Config) -> str:
        if file.exists():
            raise LostError("lost")
        return "done"

    assert step(config) == "done"


def test_what_is_lost_again_and_again_is_said() -> None:
    @again_if_lost
    def step(config: Config) -> None:
        raise LostError("lost")

    with pytest.raises(LostError):
        step(Config(cache=False))


def test_what_was_remembered_where_nothing_can_be_removed_is_said_to_be_damaged(
    tmp_path: Path,
) -> None:
    @again_if_lost
    def step(config: Config) -> None:
        raise LostError("damaged")

    file = store_file(tmp_path)
    assert file is not None
    file.mkdir()
    with pytest.raises(LostError, match="damaged"):
        step(Config(cache=tmp_path))
