"""Worker: what runs inside a worker process.

Imports stand inside functions: what a process does not need it does not load.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from msgspec import Struct

from sitegen.limits.process import make_expendable
from sitegen.store.packing import pack, unpack

A = TypeVar("A")
P = TypeVar("P")
S = TypeVar("S")
T = TypeVar("T")
NOT_DONE = 75  # EX_TEMPFAIL: what a process ends with that could not do its work


class Step(Struct, Generic[P, S, T], frozen=True):
    """What is done with each part: module-level functions, which processes find by their names.

    ``run`` gets a part and what all parts share. ``part``, ``shared`` and ``answer`` are the types
    that travel.
    """

    run: Callable[[P, S], T]
    part: Any
    shared: Any
    answer: Any


class Part(Struct, Generic[P], frozen=True):
    """A part of the work, taken up when its turn comes; ``size`` is its share, in characters."""

    size: int
    take: Callable[[], P]


def begin() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it even if it is killed."""
    import multiprocessing
    from threading import Thread

    gc.freeze()  # what is loaded by now stays for good

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if parent := multiprocessing.parent_process():

        def end_too() -> None:
            parent.join()
            os._exit(1)

        Thread(target=end_too, daemon=True).start()


def pack_into(descriptor: int, work: Callable[[A], object], given: A) -> None:
    """Do some work and pack what it gives into an open file, or end as ``NOT_DONE``.

    It may end this process.
    """
    begin()
    make_expendable()
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(pack(work(given)))
    except Exception:  # noqa: BLE001 - who asks does it again, and says what is wrong
        sys.exit(NOT_DONE)


@lru_cache(maxsize=1)
def _shared(common: bytes, kind: type[S]) -> S:
    """What all parts share: the same for one batch after the other."""
    return unpack(common, kind)


def run_packed(step: Step[P, S, T], common: bytes, data: bytes) -> bytes:
    """Do a step with packed parts, and what they share, for another process."""
    shared: S = _shared(common, step.shared)
    parts: list[P] = unpack(data, list[step.part])  # type: ignore[name-defined]
    return pack([step.run(part, shared) for part in parts])
