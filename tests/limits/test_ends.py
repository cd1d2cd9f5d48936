"""Limits of a block end with it, also where the interrupt comes while it begins or ends."""

from __future__ import annotations

import random
import resource
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from sitegen.limits.memory import memory_limit
from sitegen.limits.seconds import time_limit

TIMES = 300


def spin(until: float) -> None:
    """Wait in a frame of its own: what is raised where a loop turns passes by Python 3.13's `with`.

    That jump is not in the table of what the block catches.
    """
    while time.perf_counter() < until:
        pass


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
    threads, memory = threading.active_count(), resource.getrlimit(resource.RLIMIT_AS)

    def block() -> None:
        until = time.perf_counter() + chance.uniform(0.0005, 0.0015)
        with suppress(TimeoutError), memory_limit(1 << 30), time_limit(0.001):
            spin(until)

    for _ in range(TIMES):
        where(block)
        assert resource.getrlimit(resource.RLIMIT_AS) == memory
    end = time.monotonic() + 10
    while threading.active_count() > threads:  # who watches a block ends with it
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
        with time_limit(0.05):
            Deaf()
            spin(time.perf_counter() + 60)

    def work() -> None:
        try:
            block()
        except TimeoutError:
            heard.set()

    where(work)
    assert heard.is_set()
    assert said == []
