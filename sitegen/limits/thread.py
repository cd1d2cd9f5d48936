"""An interrupt for a block in a thread, where signals are not heard."""

from __future__ import annotations

import ctypes
import threading
from _thread import start_new_thread
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

from sitegen.limits.interrupt import AGAIN, TimeIsOver, swallow_in_silence

P = ParamSpec("P")
T = TypeVar("T")


def interrupted(
    seconds: float,
    clock: Callable[[], float],
    work: Callable[P, T],
    *given: P.args,
    **named: P.kwargs,
) -> T:
    """What some work gives in this thread, unless a clock goes on by some seconds meanwhile.

    It is interrupted between two instructions of Python; code in C ends first.

    Raises:
        TimeoutError: the clock has gone on.
    """
    swallow_in_silence()
    watcher = _Watcher(seconds, clock)
    try:
        try:
            with suppress(RuntimeError):  # no thread is to be had: most blocks end by themselves
                # No Thread, which is waited for until it says that it runs: until it does, it has
                # the number of this one, and an interrupt from around would end it unheard.
                start_new_thread(watcher.watch, ())
            return work(*given, **named)
        finally:
            watcher.end()
    finally:
        watcher.end()  # the interrupt may have come into the first one, and the next comes later


class _Watcher:
    """Interrupts the thread that made it when a clock has gone on, until work there has ended."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._until = clock() + seconds
        self._thread = threading.get_ident()
        self._turn = threading.Lock()
        # No Event: an interrupt of a block around this one may come into it.
        self._at_work = threading.Lock()
        self._at_work.acquire()

    def watch(self) -> None:
        """Wait for either, in a thread of its own."""
        left = self._seconds
        while not self._at_work.acquire(timeout=max(left, 0.001)):
            with self._turn:
                if not self._at_work.locked():
                    return  # and the thread, whose own clock it may be, is perhaps no more
                if self._clock() >= self._until:
                    _raise_in(self._thread, TimeIsOver)
                    self._until = self._clock() + AGAIN
                left = self._until - self._clock()

    def end(self) -> None:
        """Watch no longer, in the thread that is watched."""
        with self._turn:
            if self._at_work.locked():
                self._at_work.release()
            _raise_in(self._thread, None)  # what was not raised yet is not raised any more


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Have an exception raised in a thread, or none that was to be."""
    what = ctypes.py_object(kind) if kind is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
