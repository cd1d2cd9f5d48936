"""Stage ``read``: what a file may cost to read, in memory and time, by its size."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from sitegen.errors import Location, ReadError
from sitegen.limits.memory import within_memory
from sitegen.limits.seconds import end_after
from sitegen.read.files import InputFile

T = TypeVar("T")
_MIB = 1 << 20
LEAST_MEMORY = 320 * _MIB
TIMES_SIZE = 8
SECONDS = 2.0
SECONDS_A_MIB = 4.0
_GRACE = 0.5  # what looks at the time is to say it first


class Bounds:
    """What is left of what reading one file may take, step by step.

    That is 2 seconds of the processor and 4 for each MiB of the file; and of memory, for a step,
    8 times the size of the file and 320 MiB, where `within_memory` has a limit. A process that is
    there to be ended is, where a step does not come to its end.
    """

    def __init__(self, file: InputFile) -> None:
        """Nothing was taken yet."""
        size = file.size
        self._file = file
        self._memory = max(LEAST_MEMORY, TIMES_SIZE * size)
        self._left = _seconds(file)

    def step(self, work: Callable[[], T]) -> T:
        """Do a step.

        Raises:
            ReadError: it takes more memory, or all steps take more time.
        """
        started = time.thread_time()
        try:
            done = end_after(self._left + _GRACE, within_memory, self._memory, work)
        except MemoryError as error:
            raise too_much_memory(self._file) from error
        self._left -= time.thread_time() - started
        if self._left < 0:
            raise too_much_time(self._file)
        return done

    def each(self, steps: Iterator[T]) -> Iterator[T]:
        """Yield what is done step by step. Raises as `step`."""
        while (found := self.step(lambda: next(steps, None))) is not None:
            yield found


def too_much_time(file: InputFile) -> ReadError:
    """Say how long the file may take."""
    return ReadError(
        f"more than {_seconds(file):.0f} seconds were taken to read the file",
        location=Location(file=file.name),
        help="write it again: no honest file of its size takes that long",
    )


def too_much_memory(file: InputFile) -> ReadError:
    """Say that the file takes too much."""
    return ReadError(
        "the file takes more memory than there is, or than a file of its size may take",
        location=Location(file=file.name),
        help="split the file, or end other programs",
    )


def _seconds(file: InputFile) -> float:
    return SECONDS + SECONDS_A_MIB * file.size / _MIB
