"""Stage ``read``: what a file may cost to unpack, in memory and time, by its size."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TypeVar

from sitegen.errors import Location, ReadError
from sitegen.limits import memory_limit
from sitegen.read.files import InputFile

T = TypeVar("T")
_MIB = 1 << 20
LEAST_MEMORY = 320 * _MIB
TIMES_SIZE = 8
SECONDS = 4.0
SECONDS_A_MIB = 4.0


def bounded(steps: Iterator[T], file: InputFile) -> Iterator[T]:
    """Yield what a reader unpacks, step by step, as long as that stays in proportion to the file.

    The bound on memory is for one step, and it stands where `memory_limit` has one.

    Raises:
        MemoryError: a step takes more than 8 times the size of the file, and 320 MiB.
        ReadError: all steps take more than 4 seconds, and 4 for each MiB of the file.
    """
    size = file.size
    memory = max(LEAST_MEMORY, TIMES_SIZE * size)
    seconds = SECONDS + SECONDS_A_MIB * size / _MIB
    spent = 0.0
    while True:
        started = time.thread_time()
        with memory_limit(memory):
            step = next(steps, None)
        spent += time.thread_time() - started
        if spent > seconds:
            raise ReadError(
                f"more than {seconds:.0f} seconds were taken to unpack the file",
                location=Location(file=file.name),
                help="write it again: no honest file of its size takes that long",
            )
        if step is None:
            return
        yield step
