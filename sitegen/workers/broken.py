"""Broken: pools of processes of which one died, brought to their end whatever it died of."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


def end_broken(pool: ProcessPoolExecutor) -> None:
    """Wait for the threads of a pool that lost a process: nothing may be copied meanwhile.

    Before Python 3.11.5 they may be writing to a pipe that nobody reads any more.
    """
    if sys.version_info < (3, 11, 5):
        with suppress(AttributeError, OSError):
            pool._call_queue._reader.close()  # type: ignore[attr-defined]
    pool.shutdown(wait=True)


def end_if_stuck(pool: ProcessPoolExecutor) -> None:
    """Break a pool of which a process died in the middle of an answer.

    The rest of that answer is waited for as long as anybody could write it, and the others wait
    until it is written: this process holds an end of the pipe too.
    """
    processes = list((pool._processes or {}).values())
    if any(process.exitcode is not None for process in processes):
        for process in processes:
            process.kill()
        with suppress(AttributeError, OSError):
            pool._result_queue._writer.close()  # type: ignore[attr-defined]
