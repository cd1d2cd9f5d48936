"""What all texts say is added up anew only where it differs, and is what adding all gives."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.msgpack import encode

from sitegen.pipeline.adding_up import add_up
from sitegen.restore.lexicon import Counts, add
from sitegen.restore.lexicon.reading import AnyRead, Read
from sitegen.store.recall import Store
from tests.examples import examples

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 9), max_size=5)
SITES = st.lists(st.lists(COUNTS, min_size=3, max_size=6), min_size=2, max_size=4)


def added_up(parts: list[Counts], store: Store) -> Counts:
    keys = [f"{number} {encode(part).hex()}" for number, part in enumerate(parts)]
    read: list[AnyRead] = [Read(part, {}) for part in parts]
    store.keep(dict(zip(keys, read, strict=True)))
    return add_up(store, "site", keys, [partial(_same, each) for each in read]).counts


def _same(read: AnyRead) -> AnyRead:
    return read


@examples(100)
@given(SITES)
def test_what_builds_in_a_row_add_up_is_what_each_of_them_adds_up_alone(
    sites: list[list[Counts]],
) -> None:
    with Store(None, in_memory=True) as store:
        for parts in sites:
            whole: Counts = {}
            for part in parts:
                add(whole, part)
            assert added_up(parts, store) == added_up(parts, Store(None)) == whole


def test_of_a_site_that_was_counted_only_what_differs_is_counted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[Counts] = [{f"word {number}": 1, "the": 2} for number in range(9)]
    with Store(tmp_path / "store") as store:
        added_up(parts, store)
    seen: list[Counts] = []

    def noting(counts: Counts, more: Counts, times: int = 1) -> None:
        seen.append(more)
        add(counts, more, times)

    monkeypatch.setattr("sitegen.pipeline.adding_up.add", noting)
    edited = [*parts[:4], {"other": 1}, *parts[5:]]
    with Store(tmp_path / "store") as store:
        whole = added_up(edited, store)
    assert seen == [edited[4], parts[4]]
    assert whole == {"the": 16, "other": 1} | {f"word {n}": 1 for n in range(9) if n != 4}
