"""Lots hold without a look as long as nothing that they looked at is answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.pipeline.agreement import Agreement
from sitegen.restore import Changes, Evidence, Seen, number_of, numbers_of
from sitegen.restore.seen import Slice
from sitegen.store.recall import Store

SEEN = Seen((Slice("words", ("one",), (None,)), Slice("cases", ("page",), ("title",))))
LOOKED = numbers_of(SEEN)


def evidence(case: str, since: str | None, now: str, *changed: str) -> Evidence:
    numbers = frozenset(number_of("words", key) for key in changed)
    tables = {"words": {}, "cases": {"page": case}}
    changes = Changes(since, now, numbers)
    return Evidence(tables, "asked", changes, lambda: {"cases": tables["cases"]})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as store:
        first = Agreement(evidence("title", None, "first"), "told", store)
        assert first.holds("lot", LOOKED, "", lambda: SEEN)
        first.note("lot")
        first.keep()
        yield store


def is_looked_at(store: Store, of: Evidence, key: str = "lot", told: str = "told") -> bool:
    asked: list[str] = []
    agreement = Agreement(of, told, store)
    assert agreement.holds(key, LOOKED, "", lambda: asked.append("seen") or SEEN)
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
    agreement = Agreement(evidence("sentence", "first", "second"), "told", store)
    assert not agreement.holds("lot", LOOKED, "", lambda: SEEN)


def test_a_lot_whose_memory_is_lost_does_not_hold(store: Store) -> None:
    agreement = Agreement(evidence("title", None, "second"), "told", store)
    assert not agreement.holds("lot", LOOKED, "", lambda: None)


def test_a_lot_of_two_builds_ago_is_looked_at_again(store: Store) -> None:
    second = Agreement(evidence("title", "first", "second"), "told", store)
    second.keep()
    assert is_looked_at(store, evidence("title", "second", "third"))


def test_a_lot_that_another_build_has_made_again_is_looked_at(store: Store) -> None:
    assert is_looked_at(store, evidence("title", "first", "second"), key="lot of another")
