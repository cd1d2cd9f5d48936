"""Worker: what runs inside a worker process.

Imports stand inside functions: what a process does not need it does not load.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TypeVar

from sitegen.bodies import Call
from sitegen.model import Body
from sitegen.packing import pack, unpack
from sitegen.time_limit import page_limit

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


def warm_up() -> None:
    """Load what rendering needs in a fresh worker process; most pages show some Python."""
    from sitegen.highlight import highlight
    from sitegen.markdown import parser

    with page_limit(""):  # what hangs here hangs with a page too, and is named then
        parser()
        highlight(">>> 1\n", "python")
    # Rendering leaves no cycles behind worth a search; what is loaded by now stays for good.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def render_batch(calls: Sequence[Call]) -> Answers:
    """Give each document's id and body.

    Raises:
        SitegenError: a page takes far too long.
    """
    from sitegen.render import render

    answers: Answers = []
    for call in calls:
        with page_limit(call[0].source):
            answers.append((call[0].id, render(*call)))
    return answers


def render_packed(calls: bytes) -> bytes:
    """Do ``render_batch`` for another process."""
    return pack(render_batch(unpack(calls, Calls)))


def proxy(table: dict[object, object]) -> MappingProxyType[object, object]:
    """Make the kind of table again that has no pickle."""
    return MappingProxyType(table)


def pack_into(descriptor: int, work: Callable[[A], object], given: A) -> None:
    """Do some work and pack what it gives into an open file."""
    with open(descriptor, "wb", closefd=False) as file:
        file.write(pack(work(given)))
