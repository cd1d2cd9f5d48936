"""Lots of a large site: recalled as a whole, and still those of a clean build after any edit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import workers
from sitegen.assemble import parts
from sitegen.pipeline import lots, planning, survey
from sitegen.serve import looks, making
from sitegen.serve.builder import Builder
from sitegen.store import shelf
from tests.clean_builds import Dataset, assert_as_a_clean_build, config
from tests.examples import examples
from tests.pipeline.test_any_edits import EDIT, Project, answers, following
from tests.pipeline.test_large import rows

ALL = st.lists(EDIT, min_size=1, max_size=4)


@contextmanager
def small_lots() -> Iterator[pytest.MonkeyPatch]:
    """Take each dataset for a large one, whose lots have some two pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "HELD", 0)
        patch.setattr(survey, "runs_of", partial(shelf.runs_of, usual=2))
        yield patch


@pytest.mark.integration
@examples(8)
@given(ALL)
def test_a_build_that_recalls_lots_is_a_clean_build(edits: list[tuple[str, str, str]]) -> None:
    with small_lots():
        following(edits, assert_as_a_clean_build)


@pytest.mark.integration
@examples(6)
@given(ALL)
def test_a_preview_that_recalls_lots_answers_as_a_new_one_does(
    edits: list[tuple[str, str, str]],
) -> None:
    with small_lots() as patch, TemporaryDirectory() as name:
        for where, what in ((making, "HELD"), (looks, "INDEXED"), (looks, "LARGE")):
            patch.setattr(where, what, 0)
        patch.setattr(planning, "FORGOTTEN", 2)
        folder = Path(name)
        project = Project(folder)

        def builder(**flags: Any) -> Builder:
            return Builder(lambda: config(folder, **flags), lambda _: None, lambda _: None)

        living = builder()
        living.build("first build", lambda _: True)
        for edit in edits:
            living.asked("a/index.html")
            project.edit(*edit)
            living.build("edit", lambda _: False)  # as if there were another one at once
            living.build("edit", lambda _: True)
            new = builder(cache=False)
            new.build("build", lambda _: True)
            assert answers(living) == answers(new)


def break_store(folder: Path, damage: str, step: int) -> None:
    (store,) = (folder / ".sitegen").glob("store*.sqlite")
    with closing(sqlite3.connect(store)) as base, base:
        base.execute(damage, (step % 3,))


DAMAGES = [
    "UPDATE entries SET value = x'00' WHERE rowid % 3 = ?",
    "UPDATE entries SET value = zeroblob(9), crc = 3859354798 WHERE rowid % 3 = ?",
    "DELETE FROM entries WHERE rowid % 3 = ?",
]


@pytest.mark.integration
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_store_that_has_lost_some_of_a_lot_gives_a_clean_build(
    damage: str, tmp_path: Path
) -> None:
    data = Dataset(tmp_path, seed=len(damage))
    for step in range(6):
        with small_lots():
            assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))
        break_store(tmp_path, damage, step)
        data.change()


@pytest.mark.integration
def test_an_edited_row_restores_its_own_lot_alone(tmp_path: Path) -> None:
    made: list[int] = []
    real = lots._lot
    edited = list(rows(40))
    with small_lots() as patch:
        patch.setattr(lots, "_lot", lambda some, *rest: made.append(1) or real(some, *rest))
        for text in ("One text.", "Another text."):
            made.clear()
            edited[70] = {**edited[70], "text": text}
            (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in edited))
            assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))
    assert 1 <= len(made) <= 2  # the run that the page was in, and the one that it is in now


@pytest.mark.integration
@pytest.mark.parametrize("damage", ["", *DAMAGES])
def test_row_groups_that_part_pages_give_a_clean_build_after_any_edits(
    damage: str, tmp_path: Path
) -> None:
    data = Dataset(tmp_path, seed=len(damage))
    with small_lots() as patch:
        patch.setattr(workers, "_LARGEST_PASSED", 0)
        patch.setattr(parts, "SOURCES", 2)
        for step in range(6):
            made = [json.loads(line) for line in data.file.read_text().splitlines()]
            pq.write_table(pa.Table.from_pylist(made), tmp_path / "d.parquet", row_group_size=5)
            assert_as_a_clean_build(tmp_path, input=("d.parquet",))
            if damage:
                break_store(tmp_path, damage, step)
            data.change()
