"""Forks: whether this process may be copied, and what copies are made and heard by."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext


def can_fork() -> bool:
    """Whether this process may be copied: a program that runs `build` may be no command.

    A copy of a thread, of a notebook's or of an event loop's process would hold locks and sockets
    of what it is no part of; processes that others end with themselves may have none; and processes
    that are not copies load the program's own script, which would build again.
    """
    import multiprocessing
    import threading

    loops = sys.modules.get("asyncio")
    return (
        "fork" in multiprocessing.get_all_start_methods()
        and threading.current_thread() is threading.main_thread()
        and not multiprocessing.current_process().daemon
        and (loops is None or loops._get_running_loop() is None)
    )


def file_of_processes() -> IO[bytes]:
    """A file without a name; in memory where there is such, for a disk may keep who writes."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):
            return os.fdopen(os.memfd_create("sitegen"), "w+b")
    return TemporaryFile()


def context() -> ForkContext:
    """What makes copies of this process."""
    import multiprocessing  # not for a build of few pages

    return multiprocessing.get_context("fork")
