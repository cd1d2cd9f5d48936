"""Broken: pools of processes, brought to their end whatever one of them died of."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_LOOK = 0.05  # seconds between two looks at whether the threads have ended


def end_broken(pool: ProcessPoolExecutor) -> None:
    """Wait for the threads of a pool that lost a process: nothing may be copied meanwhile.

    Before Python 3.11.5 they may be writing to a pipe that nobody reads any more.
    """
    if sys.version_info < (3, 11, 5):
        with suppress(AttributeError, OSError):  # it has come to its end meanwhile
            _read_on(pool)
    pool.shutdown(wait=True)


def _read_on(pool: ProcessPoolExecutor) -> None:
    """Read in the place of the processes, until the threads end.

    From a copy of the pipe's end: they close theirs themselves, and hang if it is closed already.
    """
    threads: Any = pool._executor_manager_thread
    end = os.dup(pool._call_queue._reader.fileno())  # type: ignore[attr-defined]
    try:
        while threads.is_alive():
            if select.select([end], [], [], _LOOK)[0] and not os.read(end, 1 << 16):
                return
    finally:
        os.close(end)


def end_if_stuck(pool: ProcessPoolExecutor) -> None:
    """Break a pool of which a process died in the middle of an answer.

    The rest of that answer is waited for as long as anybody could write it, and the others wait
    until it is written.
    """
    if any(process.exitcode is not None for process in (pool._processes or {}).values()):
        end_processes(pool)


def end_processes(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool at once, whether or not they answer.

    What they wrote half is waited for as long as this process holds an end of the pipe of answers
    too. That of the work is the threads' to close: closed twice, it is an error in one of them.
    """
    for process in list((pool._processes or {}).values()):
        process.kill()  # for all, and public, from Python 3.14 on: `kill_workers`
    with suppress(AttributeError, OSError):
        pool._result_queue._writer.close()  # type: ignore[attr-defined]
