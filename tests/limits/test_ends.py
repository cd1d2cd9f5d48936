"""Limits of a block end with it, also where the interrupt comes while it begins or ends."""

from __future__ import annotations

import random
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from sitegen.limits.memory import within_memory
from sitegen.limits.seconds import within_page_limit, within_seconds

TIMES = 300
FEW = 20


def spin(until: float) -> None:
    while time.perf_counter() < until:
        pass


def running() -> int:
    return len(sys._current_frames())


def directly(work: Callable[[], None]) -> None:
    work()


def in_a_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.parametrize("where", [directly, in_a_thread])
def test_what_is_interrupted_anywhere_leaves_no_limit_behind(
    where: Callable[[Callable[[], None]], None],
) -> None:
    chance = random.Random(1)  # noqa: S311
    threads, memory = running(), resource.getrlimit(resource.RLIMIT_AS)

    kept: list[TimeoutError] = []  # with all that their tracebacks hold

    def block() -> None:
        until = time.perf_counter() + chance.uniform(0.0005, 0.0015)
        try:
            within_memory(1 << 30, within_seconds, 0.001, spin, until)
        except TimeoutError as error:
            kept.append(error)

    for _ in range(TIMES):
        where(block)
        assert resource.getrlimit(resource.RLIMIT_AS) == memory
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    end = time.monotonic() + 10
    while running() > threads:  # who watches a block ends with it
        assert time.monotonic() < end
        time.sleep(0.005)


class Deaf:
    """What is still at work where it ends when an interrupt comes, which is lost there."""

    def __del__(self) -> None:
        while True:
            pass


@pytest.mark.parametrize("where", [directly, in_a_thread])
def test_an_interrupt_that_a_finalizer_swallows_comes_again_and_python_says_nothing(
    where: Callable[[Callable[[], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    heard = threading.Event()

    def block() -> None:
        Deaf()
        spin(time.perf_counter() + 60)

    def work() -> None:
        try:
            within_seconds(0.05, block)
        except TimeoutError:
            heard.set()

    where(work)
    assert heard.is_set()
    assert said == []


def nothing() -> None:
    pass


def test_an_interrupt_may_come_wherever_a_limit_within_begins_and_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitegen.limits.thread.AGAIN", 0.02)
    chance = random.Random(2)  # noqa: S311
    heard: list[None] = []

    def limits(until: float) -> None:
        while time.perf_counter() < until:
            within_seconds(60, nothing)

    def work() -> None:
        for _ in range(FEW):
            try:
                within_seconds(chance.uniform(0.0005, 0.001), limits, time.perf_counter() + 30)
            except TimeoutError:
                heard.append(None)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(25)
    assert len(heard) == FEW


def test_who_watches_a_thread_says_nothing_where_that_ends_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    for _ in range(2 * TIMES):
        in_a_thread(lambda: within_page_limit("a.md", int))
    time.sleep(0.1)
    assert said == []
