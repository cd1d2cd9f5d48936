"""Memory: a bound on what some work takes, and what is let go of goes back to the system."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_SIZE = Path("/proc/self/statm")  # in pages, the address space first
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # as `mallopt` of glibc calls them
_LARGE = 256 << 10  # bytes from which on what is let go of is the system's at once
_is_ours = False  # the process: what lasts as long as it does is for us to say
_turn = threading.Lock()  # of the two below, which are the whole process's
_wanted: list[int] = []
_before = (-1, -1)


def within_memory(bytes: int, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What some work gives, unless it takes that much more than the process has, on Linux.

    The bound is the whole process's: what other threads take counts too, and where they are
    within such bounds of their own, the widest holds.

    Raises:
        MemoryError: it takes more.
    """
    try:
        pages = int(_SIZE.read_text("ascii").split()[0])
    except OSError:
        return work(*given, **named)
    import resource  # noqa: PLC0415 - Windows has none

    global _before  # noqa: PLW0603 - what bounds the process where nothing here does
    wanted = pages * resource.getpagesize() + bytes
    with _turn:
        if not _wanted:
            _before = resource.getrlimit(resource.RLIMIT_AS)
        _wanted.append(wanted)
        _bound(max(_wanted))
    try:
        return work(*given, **named)
    finally:
        with _turn:
            resource.setrlimit(resource.RLIMIT_AS, _before)  # first: the rest takes memory too
            _wanted.remove(wanted)
            if _wanted:
                _bound(max(_wanted))


def is_bounded() -> bool:
    """Whether the process may have less memory than there is, as ``ulimit -v`` says."""
    if not _SIZE.exists():
        return False
    import resource  # noqa: PLC0415 - as above

    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def own_process() -> None:
    """Say that the process is a command of ours, and no program that builds."""
    global _is_ours  # noqa: PLW0603 - it is the whole process's
    _is_ours = True


def give_back() -> None:
    """Have what a process of ours, and copies of it, let go of go back to the system soon.

    By itself glibc learns to keep up to 64 MB, and what lies between that and what is in use: of a
    build of a large site, a sixth of its memory. It keeps so much for each thread, so those that
    begin later share what there is. Other systems do as they do. In a program that
    builds nothing changes: it would last, and what it does with large values be slower.
    """
    if not _is_ours:
        return
    import ctypes  # noqa: PLC0415 - slow to load, and few sites are large

    with suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_ARENA_MAX, 1)


def give_back_now() -> None:
    """Have what a process of ours has let go of go back to the system, also from between the rest.

    By itself that is used again, by what is as large or smaller. To look through all takes some
    hundredths of a second.
    """
    if not _is_ours:
        return
    import ctypes  # noqa: PLC0415 - as above

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _bound(size: int) -> None:
    """Bound the process, no wider than it was."""
    import resource  # noqa: PLC0415 - as above

    before, most = _before
    bound = size if before == resource.RLIM_INFINITY else min(size, before)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))
