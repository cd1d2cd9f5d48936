"""Worker: what runs inside a worker process.

Imports stand inside functions: what a process does not need it does not load.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import MappingProxyType
from typing import TypeVar

from sitegen.model import Body
from sitegen.model.calls import Call
from sitegen.workers.packing import pack

A = TypeVar("A")
Calls = list[Call]
Answers = list[tuple[str, Body]]


def follow_parent() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it even if it is killed."""
    import multiprocessing
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if parent := multiprocessing.parent_process():

        def end_too() -> None:
            parent.join()
            os._exit(1)

        Thread(target=end_too, daemon=True).start()


def proxy(table: dict[object, object]) -> MappingProxyType[object, object]:
    """Make the kind of table again that has no pickle."""
    return MappingProxyType(table)


def pack_into(descriptor: int, work: Callable[[A], object], given: A) -> None:
    """Do some work and pack what it gives into an open file."""
    with open(descriptor, "wb", closefd=False) as file:
        file.write(pack(work(given)))
