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
    thread = threading.get_ident()
    at_work = threading.Lock()  # no Event: an interrupt of a block around this one may come into it
    at_work.acquire()
    turn = threading.Lock()

    until = clock() + seconds

    def watch() -> None:
        nonlocal until
        left = seconds
        while not at_work.acquire(timeout=max(left, 0.001)):
            with turn:
                if not at_work.locked():
                    return  # and the thread, whose own clock it may be, is perhaps no more
                if clock() >= until:
                    _raise_in(thread, TimeIsOver)
                    until = clock() + AGAIN
                left = until - clock()

    def end() -> None:
        with turn:
            if at_work.locked():
                at_work.release()
            _raise_in(thread, None)  # what was not raised yet is not raised any more

    try:
        try:
            with suppress(RuntimeError):  # no thread is to be had: most blocks end by themselves
                # No Thread, which is waited for until it says that it runs: until it does, it has
                # the number of this one, and an interrupt from around would end it unheard.
                start_new_thread(watch, ())
            return work(*given, **named)
        finally:
            end()
    finally:
        end()  # the interrupt may have come into the first one, and the next comes later


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Have an exception raised in a thread, or none that was to be."""
    what = ctypes.py_object(kind) if kind is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
