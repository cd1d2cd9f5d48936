"""Aside: work that takes long, in a thread of its own, while somebody is there for what comes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_LOOK = 0.05  # seconds after which it is seen whether something has come


class Aside(Generic[T]):
    """Some work that whoever waits for it may leave, and come back to: it goes on meanwhile."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin; where the system gives no thread, do it here."""
        self._work, self._done = work, threading.Event()
        self._failure: BaseException | None = None
        try:
            threading.Thread(target=self._run, daemon=True).start()
        except RuntimeError:
            self._run()

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            self._failure = error
        del self._work  # and with it what it was given
        self._done.set()

    def wait(self, rest: Callable[[float], bool]) -> bool:
        """Wait for its end, or until ``rest`` says that something has come; whether it ended."""
        while not self._done.wait(_LOOK):
            if not rest(0):
                return False
        return True

    def result(self) -> T:
        """What it gave, once it has ended. Raises what it raised."""
        self._done.wait()
        if self._failure is not None:
            raise self._failure
        return self._result
