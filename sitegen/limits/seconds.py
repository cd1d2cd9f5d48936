"""Bounds on the time that some work takes: the last resort against code that hangs."""

from __future__ import annotations

import faulthandler
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType, FunctionType
from typing import ParamSpec, TypeVar

from sitegen.errors import Location
from sitegen.limits.interrupt import AGAIN, PageTakesTooLong, TimeIsOver, swallow_in_silence
from sitegen.limits.process import is_expendable
from sitegen.limits.thread import interrupted

P = ParamSpec("P")
T = TypeVar("T")

PAGE_SECONDS = 120
"""Of the processor. The slowest pages take a thousandth; sleep and other programs do not count."""

_LONGER = 1.5  # times as long, and code that hears nothing is ended with its process


def within_seconds(seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What some work gives, unless it takes longer.

    In the main thread CPython looks at signals inside a long regular-expression match too; in
    others the work is interrupted between two instructions. There is no limit in a main thread
    without POSIX timers, or while another timer is running. It is no context manager: where the
    interrupt comes while one is entered or left, what it ends would wait for its traceback to go.

    Raises:
        TimeoutError: it takes longer.
    """
    if not _in_main_thread():
        return interrupted(seconds, time.monotonic, work, *given, **named)
    if not hasattr(signal, "setitimer") or signal.getitimer(signal.ITIMER_REAL)[0]:
        return work(*given, **named)
    swallow_in_silence()
    before = signal.signal(signal.SIGALRM, _stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
            return work(*given, **named)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # the signal may have come there
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def end_after(seconds: float, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What some work gives; where it takes longer, in any code, the process ends if it may be.

    The seconds are those of the processor, and only counted where there are POSIX timers.
    """
    if not is_expendable() or not hasattr(signal, "setitimer"):
        return work(*given, **named)
    signal.setitimer(signal.ITIMER_PROF, seconds)  # nobody handles SIGPROF there
    try:
        return work(*given, **named)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def within_page_limit(source: str, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What some work gives for a page, which ends by an error that names it if it does not end.

    What never looks at signals, code in C for example, ends together with its process a little
    later: in the main thread, where the page is then named by where the work was.

    Raises:
        SitegenError: the page has taken `PAGE_SECONDS`.
    """
    if not _in_main_thread():
        clock = time.pthread_getcpuclockid(threading.get_ident())
        try:
            now = partial(time.clock_gettime, clock)
            return interrupted(PAGE_SECONDS, now, work, *given, **named)
        except TimeoutError as error:
            raise _too_long(source) from error
    if not hasattr(signal, "setitimer"):
        return work(*given, **named)

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise _too_long(source)

    def disarm() -> bool:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        return True

    swallow_in_silence()
    before, is_disarmed = signal.signal(signal.SIGPROF, give_up), False
    try:
        try:
            faulthandler.register(signal.SIGVTALRM, file=2, all_threads=False, chain=True)
            signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS, AGAIN)
            signal.setitimer(signal.ITIMER_VIRTUAL, PAGE_SECONDS * _LONGER)
            called = _called_by_the_name_of(source)
            return called(work, *given, **named)  # type: ignore[no-any-return]
        finally:
            is_disarmed = disarm()
    finally:
        if not is_disarmed:  # the signal came into the first one
            disarm()


def _work(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    return work(*given, **named)


def _called_by_the_name_of(source: str) -> FunctionType:
    """What calls some work, in a file of the page's name: so it stands where a process died."""
    told = f"the page takes more than {PAGE_SECONDS * _LONGER:g} seconds of the processor"
    code = _work.__code__.replace(co_filename=f"page {source}", co_name=told)
    return FunctionType(code, globals())


def _too_long(source: str) -> PageTakesTooLong:
    return PageTakesTooLong(
        f"the page takes more than {PAGE_SECONDS:g} seconds of the processor",
        location=Location(page=source),
        help="leave the page out or simplify it, its code blocks first, and report it with "
        "the page: no page should take that long",
    )


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TimeIsOver
