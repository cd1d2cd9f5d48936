"""What ends a block whose time is over, from between any two of its instructions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from sitegen.errors import SitegenError

AGAIN = 1.0
"""Seconds until it comes again: the block may have caught it, or a finalizer swallowed it."""


class Interrupt(Exception):  # noqa: N818 - no kind of its own
    """Mixed into what is raised in a block that did not ask for it."""


class TimeIsOver(Interrupt, TimeoutError):  # noqa: N818 - as TimeoutError, which callers catch
    """The block takes too long."""


class PageTakesTooLong(Interrupt, SitegenError):  # noqa: N818
    """The block works at a page that takes too long."""


class _Unraisable:
    """A `sys.unraisablehook` that says nothing of an interrupt: it comes again."""

    def __init__(self, said: Callable[[Any], Any]) -> None:
        self._said = said

    def __call__(self, unraisable: Any) -> None:  # sys.UnraisableHookArgs is for checkers only
        if not issubclass(unraisable.exc_type, Interrupt):
            self._said(unraisable)


def swallow_in_silence() -> None:
    """Have Python say nothing where an interrupt comes into a finalizer, which swallows it.

    It would print a traceback, where a `__del__` or the callback of a weak reference was at work.
    """
    if not isinstance(sys.unraisablehook, _Unraisable):
        sys.unraisablehook = _Unraisable(sys.unraisablehook)
