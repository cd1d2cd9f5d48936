"""Publish: trying again what the network lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from sitegen.errors import PublishError
from sitegen.safe_urls import redacted

TRIES = 4
FIRST_WAIT = 0.5  # seconds; doubled after each try

_T = TypeVar("_T")


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
