"""How fast this machine is: a limit of time in a test is one of work, and holds on a slow one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

COUNT, USUAL = 2_000_000, 0.03  # seconds that a usual machine takes to count so far


def slowness() -> float:
    """How many times longer than a usual machine this one takes, at least 1."""
    start = time.process_time()
    for _ in range(COUNT):
        pass
    return max(1, (time.process_time() - start) / USUAL)


def is_within(seconds: float, spent: float) -> bool:
    """Whether processor time that was spent is below so many seconds of a usual machine."""
    return spent < seconds or spent < seconds * slowness()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The block takes less processor time than so many seconds of a usual machine."""
    start = time.process_time()
    yield
    spent = time.process_time() - start
    assert is_within(seconds, spent), f"{spent:.1f} s"
