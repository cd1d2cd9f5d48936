"""Publish: what the user sees while files are sent, and trying again what the network lost."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from sitegen.errors import PublishError
from sitegen.safe_urls import redacted

TRIES = 4
FIRST_WAIT = 0.5  # seconds; doubled after each try

_T = TypeVar("_T")


class Progress:
    """Counts files on one line of a terminal; on anything else it is silent."""

    def __init__(self, total: int) -> None:
        """Begin at none of ``total``."""
        self._total, self._done, self._lock = total, 0, Lock()
        self._shown = sys.stderr.isatty() and total > 0

    def step(self, count: int = 1) -> None:
        """Note that so many files have arrived; any thread may call this."""
        with self._lock:
            self._done += count
            if self._shown:
                end = "\n" if self._done >= self._total else ""
                print(f"\r{self._done:,} of {self._total:,}", end=end, file=sys.stderr, flush=True)


def retried(call: Callable[[], _T], *, what: str) -> _T:
    """Call until it works, waiting longer each time.

    Raises:
        PublishError: It failed ``TRIES`` times with ``OSError``; the last words are kept.
    """
    wait = FIRST_WAIT
    for _ in range(TRIES - 1):
        try:
            return call()
        except (FileNotFoundError, PermissionError):
            break
        except OSError:
            time.sleep(wait)
            wait *= 2
    try:
        return call()
    except OSError as error:
        raise PublishError(
            f"{what} failed: {redacted(str(error))}",
            help="publish again: what has arrived is not sent again",
        ) from error
