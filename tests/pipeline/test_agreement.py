"""Lots hold without a look as long as nothing that they looked at is answered otherwise."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from sitegen.pipeline.agreement import Agreement, Depends
from sitegen.pipeline.redefined import Definitions
from sitegen.restore import Changes, Evidence, Seen, number_of, numbers_of
from sitegen.restore.seen import Slice
from sitegen.store.recall import NOTHING_KEPT, Store

SEEN = Seen((Slice("words", ("one",), (None,)), Slice("cases", ("page",), ("title",))))
LOT = Depends(numbers_of(SEEN), "", "", array("I", [number_of("object", "Thing")]).tobytes(), "one")


class Renamed(Definitions):
    """Definitions of which some stand for something else since the last build."""

    def __init__(self, given: str, *names: str) -> None:
        super().__init__(None, given, NOTHING_KEPT)
        self.names = names

    def changed_since(self, runs: Collection[str]) -> frozenset[int]:
        return frozenset(number_of("object", name) for name in self.names)


SAME = Renamed("one")


def evidence(case: str, since: str | None, now: str, *changed: str) -> Evidence:
    numbers = frozenset(number_of("words", key) for key in changed)
    tables = {"words": {}, "cases": {"page": case}}
    changes = Changes(since, now, numbers)
    return Evidence(tables, "asked", changes, lambda: {"cases": tables["cases"]})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as store:
        first = Agreement(evidence("title", None, "first"), SAME, "told", store)
        assert first.holds("lot", LOT, lambda: SEEN)
        first.note("lot", LOT)
        first.keep()
        yield store


def is_looked_at(store: Store, of: Evidence, key: str = "lot", told: str = "told") -> bool:
    asked: list[str] = []
    agreement = Agreement(of, SAME, told, store)
    assert agreement.holds(key, LOT, lambda: asked.append("seen") or SEEN)
    return bool(asked)


def test_a_lot_of_the_last_build_is_not_looked_at_where_other_words_are_counted(
    store: Store,
) -> None:
    assert not is_looked_at(store, evidence("title", "first", "second", "two"))


def test_a_lot_is_looked_at_where_one_of_its_words_is_counted_otherwise(store: Store) -> None:
    assert is_looked_at(store, evidence("title", "first", "second", "two", "one"))


@pytest.mark.parametrize(
    ("since", "key", "told"),
    [("other", "lot", "told"), (None, "lot", "told"), ("first", "other", "told"), ("first",) * 3],
)
def test_a_lot_is_looked_at_where_nobody_knows_whether_it_held(
    since: str | None, key: str, told: str, store: Store
) -> None:
    assert is_looked_at(store, evidence("title", since, "second"), key, told)


def test_what_is_concluded_of_all_is_compared_too(store: Store) -> None:
    agreement = Agreement(evidence("sentence", "first", "second"), SAME, "told", store)
    assert not agreement.holds("lot", LOT, lambda: SEEN)


def test_a_lot_whose_memory_is_lost_does_not_hold(store: Store) -> None:
    agreement = Agreement(evidence("title", None, "second"), SAME, "told", store)
    assert not agreement.holds("lot", LOT, lambda: None)


def test_a_lot_of_two_builds_ago_is_looked_at_again(store: Store) -> None:
    second = Agreement(evidence("title", "first", "second"), SAME, "told", store)
    second.keep()
    assert is_looked_at(store, evidence("title", "second", "third"))


def test_a_lot_that_another_build_has_made_again_is_looked_at(store: Store) -> None:
    assert is_looked_at(store, evidence("title", "first", "second"), key="lot of another")


def holds(store: Store, definitions: Definitions, key: str = "lot") -> bool:
    """Whether a lot holds without a look, where nothing else has changed."""
    agreement = Agreement(evidence("title", "first", "second"), definitions, "told", store)
    return agreement.holds(key, LOT, lambda: None)


def test_a_lot_holds_where_names_stand_for_something_else_that_it_does_not_name(
    store: Store,
) -> None:
    assert holds(store, Renamed("two", "Other"))


def test_a_lot_does_not_hold_where_a_name_of_its_stands_for_something_else(store: Store) -> None:
    assert not holds(store, Renamed("two", "Other", "Thing"))


def test_a_lot_that_another_build_used_holds_by_the_same_definitions_alone(store: Store) -> None:
    agreement = Agreement(evidence("title", "first", "second"), SAME, "told", store)
    assert agreement.holds("another", LOT, lambda: SEEN)
    assert not holds(store, Renamed("two"), key="another")
