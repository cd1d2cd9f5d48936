"""Worker processes that die: what they had in hand is done again, by another one."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.build import build
from sitegen.config import Config
from sitegen.pipeline.work import warm_up
from sitegen.workers import DiedError, Map, Step
from tests.clean_builds import config, tree
from tests.workers.on_a_cluster import SAMPLE, STEP, parts


@pytest.mark.parametrize("starts_early", [True, False])
def test_what_a_dead_process_had_is_done_again(tmp_path: Path, starts_early: bool) -> None:
    each = Map(2, warm_up, size=10**9)
    try:
        if starts_early:
            each.start()
        given = parts(40, f"dies-once {tmp_path / 'flag'}")
        answers = list(each(STEP, iter(given), "s"))
        assert len(answers) == 41  # each once
        assert dict(answers) == {0: "s dies-once"} | {n + 1: f"s {n}" for n in range(40)}
        assert dict(each(STEP, iter(parts(9)), "t")) == {n: f"t {n}" for n in range(9)}
    finally:
        each.stop()
    assert multiprocessing.active_children() == []


def test_a_part_that_ends_whoever_takes_it_ends_the_work() -> None:
    each = Map(2, warm_up, size=10**9)
    try:
        with pytest.raises(DiedError, match="a worker process died"):
            list(each(STEP, iter(parts(20, "dies")), "s"))
    finally:
        each.kill()
        each.stop()
    assert multiprocessing.active_children() == []


def test_to_end_processes_at_once_closes_no_pipe_that_their_threads_close(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def close_slowly(pipe: Connection) -> None:
        os.close(pipe.fileno())
        time.sleep(0.2)

    each = Map(2, warm_up, size=10**9)
    answers = each(STEP, iter(parts(9)), "s")
    next(answers)
    monkeypatch.setattr(Connection, "_close", close_slowly)
    each.kill()
    each.stop()  # an error in a thread would be one of the test
    assert multiprocessing.active_children() == []


def cut_off(part: str, shared: str) -> str:
    """Die once, in the middle of the answer: half of the number that is its length is sent."""

    def send(self: Connection, data: bytes) -> None:
        os.write(self.fileno(), data[:2])
        os._exit(9)

    if part.strip() == "dies" and not Path(shared).exists():
        Path(shared).write_text("died")
        Connection._send_bytes = send  # type: ignore[method-assign]
    return part.strip()


@pytest.mark.integration
def test_a_process_that_dies_in_the_middle_of_its_answer_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    each = Map(2, warm_up, size=10**9)
    try:
        answers = dict(each(Step(cut_off, str, str, str), parts(20, "dies"), str(tmp_path / "d")))
    finally:
        each.stop()
    assert answers == {0: "dies"} | {n + 1: str(n) for n in range(20)}
    assert multiprocessing.active_children() == []


@contextmanager
def _killing(after: float) -> Iterator[list[str]]:
    """Kill one process of a Map, so many seconds after it was started, during the block."""
    killed: list[str] = []
    over = threading.Event()

    def kill() -> None:
        while not over.is_set():
            if not killed and (running := multiprocessing.active_children()):
                time.sleep(after)
                for process in running[:1]:
                    process.kill()
                    killed.append(process.name)
            time.sleep(0.001)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("here")
    build(_settings(folder))
    return tree(folder / "out")


def _settings(folder: Path) -> Config:
    return config(folder, input=(str(SAMPLE),), cache=False)


@pytest.mark.integration
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("after", [0.0, 0.05, 0.3, 0.6])  # it reads; it counts words; it renders
def test_a_site_is_the_same_bytes_when_a_process_is_killed(
    tmp_path: Path, here: dict[str, bytes], after: float
) -> None:
    with _killing(after) as killed:
        build(replace(_settings(tmp_path), jobs=2))
    assert killed
    assert tree(tmp_path / "out") == here
    assert multiprocessing.active_children() == []
