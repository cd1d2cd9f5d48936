"""Workers: `each(step, parts, shared)`, one function over many parts, here or in processes.

Imports stand inside functions: a build of few pages needs no processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from sitegen.errors import SitegenError
from sitegen.store.packing import pack, unpack
from sitegen.workers.broken import end_broken, end_if_stuck, end_processes
from sitegen.workers.forks import can_fork, context, file_of_processes
from sitegen.workers.worker import NOT_DONE, Part, Step, begin, pack_into, run_packed

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

__all__ = ["HERE", "WORTH_WORKERS", "DiedError", "Map", "Part", "Step", "batches", "can_fork"]

_BATCH = 60_000  # characters of text that a worker takes at once: short, so that all end together
_FIRST = 480_000  # characters a worker, or one part, that are sent while other parts still come
WORTH_WORKERS = 300_000  # bytes of input; below it starting processes costs more than it saves
_LARGEST_PASSED = 4 << 20  # bytes of input

_LAST = 1_000  # parts that need not come in order: enough for all processes to end together
_REPLACED = 2  # times that processes which died are replaced
_LOOK = 5.0  # seconds without an answer after which it is seen whether all processes live

A = TypeVar("A")
P = TypeVar("P")
S = TypeVar("S")
T = TypeVar("T")
_Batch = list[tuple[int, Part[P]]]


class DiedError(SitegenError):
    """A worker process ended in the midst of its work."""


class Map:
    """Calls a step with each part, in this process or in others; the answers are the same."""

    def __init__(self, jobs: int, warm_up: Callable[[], None], *, size: int | None = None) -> None:
        """Work with ``jobs`` processes when there is enough to do; 1 is this process alone.

        ``size`` is that of the input in bytes; ``warm_up`` loads what the steps need.
        """
        self.jobs = jobs
        self._warm_up, self._size = warm_up, WORTH_WORKERS if size is None else size
        self._is_worth_it = self._size >= WORTH_WORKERS and jobs > 1
        self._pool: ProcessPoolExecutor | None = None
        self._aside: list[BaseProcess] = []
        self._started: list[ProcessPoolExecutor] = []
        self._held = ExitStack()
        self._is_killed = False

    def start(self) -> None:
        """Start the processes if there may be enough to do, better before there is much data.

        They are copies of this process, with all that it has loaded.
        """
        if self._is_worth_it and self._pool is None:
            self._start()

    @property
    def is_large(self) -> bool:
        """Whether the input is too large to be passed between processes."""
        return self._size > _LARGEST_PASSED

    def aside(self, work: Callable[[A], T], given: A, kind: type[T]) -> Callable[[], T] | None:
        """Have another process do some work meanwhile; give what asks for the answer.

        ``None`` where that is not worth it. What the other process failed at is done here when it
        is asked for.

        Raises:
            DiedError: when asked: the process did.
            SitegenError: when asked: what the work raised.
        """
        if not self._is_worth_it:
            return None
        # In a file: a process that is killed while it sends much leaves a reader waiting for ever.
        answer = self._held.enter_context(file_of_processes())
        process = context().Process(target=pack_into, args=(answer.fileno(), work, given))
        process.start()
        self._aside.append(process)

        def result() -> T:
            process.join()
            if process.exitcode == NOT_DONE:
                return work(given)
            answer.seek(0)
            if process.exitcode or not (data := answer.read()):  # it left in the midst of its work
                raise _death()
            return unpack(data, kind)

        return result

    def _start(self) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        self._warm_up()
        self._pool = ProcessPoolExecutor(self.jobs, context(), begin)
        self._started.append(self._pool)
        with suppress(BrokenProcessPool):  # who sends it work sees that too
            self._pool.submit(os.getpid)  # the first task starts all processes

    def kill(self) -> None:
        """End the processes at once, wherever they are and whether or not they answer."""
        for process in self._aside:
            process.kill()
        for pool in self._started:
            end_processes(pool)
        self._is_killed = True

    def stop(self) -> None:
        """Wait for the processes to end."""
        for process in self._aside:
            process.join()
        for pool in self._started:
            if self._is_killed:
                end_broken(pool)
            else:
                pool.shutdown(wait=True, cancel_futures=True)
        self._held.close()

    def __call__(
        self, step: Step[P, S, T], parts: Iterable[Part[P]], shared: S
    ) -> Iterator[tuple[int, T]]:
        """Yield the number of each part with what the step gives for it, as they are done.

        All parts are named before this returns, and taken up when their turn comes. The processes
        begin with those that come first, while the others still come; this one begins when the
        first answer is asked for. What a process had in hand that died is done again by another.

        Raises:
            DiedError: one process after the other did, for want of memory for example.
        """
        ahead: dict[Future[bytes], _Batch[P]] = {}
        common = b""
        rest: _Batch[P] = []
        size = sent = 0
        for batch in batches(enumerate(parts)):
            size += sum(part.size for _, part in batch)
            if size >= WORTH_WORKERS and self._pool is None and self.jobs > 1:
                self._start()
            if self._pool is None or (sent >= self.jobs * _FIRST and len(ahead) >= self.jobs):
                rest += batch
            else:
                common = common or pack(shared)
                _submit(self._pool, step, batch, common, ahead)
                sent = size
        if self._pool is None:
            return _done_here(step, batches(rest), shared)
        # A long part must not be the last. All before come in order: who takes the answers waits
        # for those that belong together, and holds as many as are out of it.
        rest[-_LAST:] = sorted(rest[-_LAST:], key=lambda item: -item[1].size)
        return self._as_done(step, common, ahead, batches(rest))

    def _as_done(
        self,
        step: Step[P, S, T],
        common: bytes,
        waiting: dict[Future[bytes], _Batch[P]],
        rest: Iterator[_Batch[P]],
    ) -> Iterator[tuple[int, T]]:
        from concurrent.futures.process import BrokenProcessPool

        for is_last in (*[False] * _REPLACED, True):
            assert self._pool is not None  # noqa: S101 - it was started before anything was sent
            try:
                yield from self._answers(self._pool, step, common, waiting, rest)
            except BrokenProcessPool as error:
                end_broken(self._pool)
                self._pool = None
                if is_last:
                    raise _death() from error
            else:
                return
            self._start()
            lost = [part for batch in waiting.values() for part in batch]
            waiting.clear()
            rest = chain(([part] for part in lost), rest)

    def _answers(
        self,
        pool: ProcessPoolExecutor,
        step: Step[P, S, T],
        common: bytes,
        waiting: dict[Future[bytes], _Batch[P]],
        rest: Iterator[_Batch[P]],
    ) -> Iterator[tuple[int, T]]:
        from concurrent.futures import FIRST_COMPLETED, wait

        while True:
            # A few batches ahead keep workers busy; more would only pile up finished parts.
            for batch in islice(rest, max(0, self.jobs + 2 - len(waiting))):
                _submit(pool, step, batch, common, waiting)
            if not waiting:
                break
            while not (finished := wait(waiting, _LOOK, return_when=FIRST_COMPLETED).done):
                end_if_stuck(pool)
            for done in finished:
                answers = unpack(done.result(), list[step.answer])  # type: ignore[name-defined]
                numbers = [number for number, _ in waiting.pop(done)]
                yield from zip(numbers, answers, strict=True)


def _done_here(
    step: Step[P, S, T], parts: Iterable[_Batch[P]], shared: S
) -> Iterator[tuple[int, T]]:
    """Do batch after batch, for what comes after a step is other code.

    Page by page in turn, the two put each other out of the processor's caches: it takes some
    4 % longer to build a site.
    """
    for batch in parts:
        yield from [(number, step.run(part.take(), shared)) for number, part in batch]


def _submit(
    pool: Executor,
    step: Step[P, S, T],
    batch: _Batch[P],
    common: bytes,
    waiting: dict[Future[bytes], _Batch[P]],
) -> None:
    """Hand a batch to the processes; where one has died, its future says so."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    data = pack([part.take() for _, part in batch])
    try:
        future = pool.submit(run_packed, step, common, data)
    except BrokenProcessPool as error:
        future = Future()
        future.set_exception(error)
    waiting[future] = batch


HERE = Map(1, lambda: None)
"""Does all in this process."""


def _death() -> DiedError:
    return DiedError(
        "a worker process died",
        help="it may have run out of memory, or been ended at a page without end: try --jobs 1",
    )


def batches(parts: Iterable[tuple[int, Part[P]]]) -> Iterator[_Batch[P]]:
    """Cut the work into batches of like size."""
    batch: _Batch[P] = []
    size = 0
    for number, part in parts:
        batch.append((number, part))
        size += part.size
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
