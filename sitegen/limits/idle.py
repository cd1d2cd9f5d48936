"""Idle: processes that read files wait for the next one as long as somebody may ask for it."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sitegen.limits.process import Process

_lock = threading.Lock()  # of the two below, which are the whole process's
_idle: list[Process] = []
_wanted = 0


@contextmanager
def kept() -> Iterator[None]:
    """Keep the processes that have nothing to do any more in the block."""
    global _wanted  # noqa: PLW0603 - one for the process
    with _lock:
        _wanted += 1
    try:
        yield
    finally:
        with _lock:
            _wanted -= 1
            if not _wanted:
                # A copy holds what this process had in its memory; another one costs nothing.
                _end(lambda process: process.is_copy)


def taken() -> Process | None:
    """One that was kept, and is no more; nothing if there is none."""
    with _lock:
        return _idle.pop() if _idle else None


def keep(process: Process) -> None:
    """Keep one that has nothing to do any more."""
    with _lock:
        _idle.append(process)


def _end(is_to: Callable[[Process], bool] = lambda _: True) -> None:
    for process in [each for each in _idle if is_to(each)]:
        _idle.remove(process)
        process.end()


def _forget() -> None:
    """Let go of what is the affair of the process that this one is a copy of."""
    global _lock, _wanted
    _lock, _wanted = threading.Lock(), 0
    _idle.clear()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
