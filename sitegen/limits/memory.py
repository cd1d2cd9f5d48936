"""A bound on the memory that a block takes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SIZE = Path("/proc/self/statm")  # in pages, the address space first


@contextmanager
def memory_limit(bytes: int) -> Iterator[None]:
    """Raise `MemoryError` where the block takes that much more than the process has, on Linux.

    There is no limit outside the main thread: it holds for the whole process.
    """
    try:
        pages = int(_SIZE.read_text("ascii").split()[0])
    except OSError:
        pages = 0
    if not pages or threading.current_thread() is not threading.main_thread():
        yield
        return
    import resource  # noqa: PLC0415 - Windows has none

    before, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + bytes
    if before != resource.RLIM_INFINITY:
        wanted = min(wanted, before)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
