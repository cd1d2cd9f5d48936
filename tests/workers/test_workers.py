"""Worker processes: they read and render as this process does."""

from __future__ import annotations

import multiprocessing
import os
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest

import sitegen.workers as workers_module
from sitegen.config import Config
from sitegen.errors import ReadError, SitegenError
from sitegen.model import Document, LinkSpace
from sitegen.model.objects import Named
from sitegen.pipeline.gather import gather
from sitegen.pipeline.gathered import Parcel, gather_parcel
from sitegen.pipeline.work import RENDER, open_map, start_reading, warm_up
from sitegen.store.packing import pack, unpack
from sitegen.workers import Map, Part
from tests.workers.processes import CALLS, ROWS, SECTIONS, TEXTS, of_rows, rendered

pytestmark = pytest.mark.usefixtures("small_batches")


@pytest.mark.parametrize("starts_early", [True, False])
def test_no_process_is_left_when_the_workers_are_closed(tmp_path: Path, starts_early: bool) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("x" * 400)
    for _ in range(3):
        with open_map(Config(input=(str(file),), jobs=2)) as each:
            if starts_early:
                each.start()
            assert len(rendered(each)) == len(CALLS)
        assert multiprocessing.active_children() == []


def test_processes_give_what_this_one_gives_and_then_this_one_renders() -> None:
    alone = rendered(Map(1, warm_up))
    each = Map(2, warm_up)
    try:
        assert rendered(each) == alone
        assert rendered(each, CALLS[:2]) == {number: alone[number] for number in range(2)}
    finally:
        each.stop()


def test_of_many_parts_all_but_the_last_are_taken_up_in_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers_module, "_LAST", 10)
    monkeypatch.setattr(workers_module, "_FIRST", 300)
    taken: list[int] = []

    def take(number: int) -> tuple[Document, Named]:
        taken.append(number)
        return CALLS[number]

    each = Map(2, warm_up)
    try:
        parts = [Part(len(text), partial(take, at)) for at, text in enumerate(TEXTS)]
        assert len(dict(each(RENDER, parts, LinkSpace()))) == len(CALLS)
    finally:
        each.stop()
    before = [number for number in taken if number < len(CALLS) - 10]
    assert before == sorted(before)
    assert taken[-10:] == [*reversed(range(len(CALLS) - 10, len(CALLS)))], "the longest first"


def _die(_: object) -> None:
    os._exit(1)


def test_another_process_reads_what_this_one_would_read(tmp_path: Path) -> None:
    config = of_rows(tmp_path, ROWS)
    with open_map(config) as each:
        ask = each.aside(gather_parcel, config, Parcel)
        assert multiprocessing.active_children()
        assert ask is not None
        assert ask() == gather_parcel(config)
        assert len(rendered(each)) == len(CALLS)


def test_what_packs_badly_comes_back_whole_too() -> None:
    odd = Parcel([Document("a", "a.md", "lone \ud800", SECTIONS)], LinkSpace(), [])
    assert unpack(pack(odd), Parcel) == odd


@pytest.mark.parametrize(("jobs", "size"), [(2, 10), (1, 10**9)])
def test_what_is_not_worth_a_process_is_done_here(jobs: int, size: int) -> None:
    each = Map(jobs, warm_up, size=size)
    try:
        assert each.aside(_pid, None, int) is None
    finally:
        each.stop()


@pytest.mark.parametrize("expects_all", [True, False])
def test_processes_that_render_start_early_where_all_pages_are_expected(
    tmp_path: Path, expects_all: bool
) -> None:
    config = of_rows(tmp_path, ROWS)
    with start_reading(config, expects_all=expects_all) as (rows, each):
        assert len(multiprocessing.active_children()) == 1
        assert list(rows().documents) == list(gather(config).documents)
        assert len(multiprocessing.active_children()) == (2 if expects_all else 0)
        assert len(rendered(each)) == len(CALLS)


def test_processes_have_what_this_one_has_loaded(tmp_path: Path) -> None:
    loaded: list[int] = []
    each = Map(2, lambda: loaded.append(os.getpid()), size=10**9)
    try:
        each.start()
        assert rendered(each) == rendered(Map(1, warm_up))
        assert loaded == [os.getpid()]
    finally:
        each.stop()


def _pid(_: object) -> int:
    return os.getpid()


def test_what_another_process_finds_wrong_is_said_as_here(tmp_path: Path) -> None:
    config = of_rows(tmp_path, '{"text": "There is no source."}\n' * 20)
    with pytest.raises(ReadError) as here:
        gather(config)
    with open_map(config) as each:
        ask = each.aside(gather_parcel, config, Parcel)
        assert multiprocessing.active_children()
        assert ask is not None
        with pytest.raises(ReadError) as there:
            ask()
    assert str(there.value) == str(here.value)


def test_where_there_is_no_room_for_the_answer_this_process_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> BinaryIO:
        return Path("/dev/full").open("r+b", buffering=0)

    monkeypatch.setattr(workers_module, "file_of_processes", full)
    config = of_rows(tmp_path, ROWS)
    with open_map(config) as each:
        ask = each.aside(gather_parcel, config, Parcel)
        assert multiprocessing.active_children()
        assert ask is not None
        assert ask() == gather_parcel(config)


def test_a_process_that_dies_is_named(tmp_path: Path) -> None:
    with open_map(of_rows(tmp_path, ROWS)) as each:
        ask = each.aside(_die, None, type(None))
        assert ask is not None
        with pytest.raises(SitegenError, match="a worker process died"):
            ask()
