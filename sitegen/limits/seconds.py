"""Bounds on the time that a block takes: the last resort against code that hangs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sitegen.errors import Location, SitegenError

PAGE_SECONDS = 120
"""Of the processor. The slowest pages take a thousandth; sleep and other programs do not count."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in the block after some seconds, where platform and thread allow it.

    CPython looks at signals inside a long regular-expression match too. There is no limit outside
    the main thread, without POSIX timers, and while another timer is running.
    """
    if (
        not _in_main_thread()
        or not hasattr(signal, "setitimer")
        or signal.getitimer(signal.ITIMER_REAL)[0]
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    # Again every second: what runs in the block may have caught the first one.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def end_after(seconds: float, *, if_: bool) -> Iterator[None]:
    """End the process where the block takes so many seconds of the processor, in any code.

    Only where there are POSIX timers, and only ``if_`` it may be ended.
    """
    if not if_ or not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)  # nobody handles SIGPROF there
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


@contextmanager
def page_limit(source: str) -> Iterator[None]:
    """End a page that is worked at without end, by an error that names it.

    What never looks at signals, code in C for example, ends together with its process a little
    later. There is no limit where `time_limit` has none.

    Raises:
        SitegenError: the page has taken `PAGE_SECONDS`.
    """
    if not _in_main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise SitegenError(
            f"rendering the page takes more than {PAGE_SECONDS:g} seconds of the processor",
            location=Location(page=source),
            help="leave the page out or simplify it, its code blocks first, and report it with "
            "the page: no page should take that long",
        )

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)
    signal.setitimer(signal.ITIMER_VIRTUAL, PAGE_SECONDS * 1.5)  # SIGVTALRM ends the process
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
