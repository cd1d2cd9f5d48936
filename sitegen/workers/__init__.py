"""Worker processes: one map of `render` over documents, in this process or in others.

Imports stand inside functions: processes are forked before the parent loads data and libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from sitegen.errors import SitegenError
from sitegen.model import Body
from sitegen.model.calls import Call
from sitegen.workers.packing import pack, unpack
from sitegen.workers.worker import follow_parent, pack_into, proxy

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

_BATCH = 60_000  # characters of text that a worker takes at once: short, so that all end together
_FIRST = 8  # batches a worker that are sent while others are still being restored
WORTH_WORKERS = 300_000  # bytes of input; below it starting processes costs more than it saves


Answers = list[tuple[str, Body]]

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """What processes do: module-level functions, which other processes find by their names."""

    warm_up: Callable[[], None]
    batch: Callable[[list[Call]], Answers]
    packed: Callable[[bytes], bytes]


class Workers:
    """Renders documents in this process or in others; the bytes are the same."""

    def __init__(self, jobs: int, work: Work, *, is_worth_it: bool = True) -> None:
        """Render with ``jobs`` processes when there is enough to do; 1 is this process alone.

        ``is_worth_it`` tells whether to start any before that is known.
        """
        self.jobs = jobs
        self._work = work
        self._is_worth_it = is_worth_it and jobs > 1
        self._pool: ProcessPoolExecutor | None = None
        self._processes = 0
        self._has_ended = False
        self._started: list[ProcessPoolExecutor] = []
        self._held = ExitStack()

    def start(self, processes: int) -> None:
        """Start processes, unless there are some: early, they load libraries while others read."""
        if self._is_worth_it and self._pool is None:
            self._start(processes)

    def aside(self, work: Callable[[A], T], given: A, kind: type[T]) -> Callable[[], T] | None:
        """Start one process that does other work before it waits for pages; give what asks for it.

        ``None`` where there are processes, or where to start one is not worth it.

        Raises:
            SitegenError: when asked: what the work raised, or that the process died.
        """
        if not self._is_worth_it or self._pool is not None:
            return None
        pool = self._open(1)
        # In a file: a process that is killed while it sends much leaves a reader waiting for ever.
        answer = self._held.enter_context(TemporaryFile())  # noqa: SIM115 - `stop` closes it
        with _deaths_named():
            done = pool.submit(pack_into, answer.fileno(), work, given)
            pool.submit(self._work.warm_up)

        def result() -> T:
            with _deaths_named():
                try:
                    done.result()
                    answer.seek(0)
                    return unpack(answer.read(), kind)
                except OSError:  # no room for the answer, perhaps
                    return work(given)

        return result

    def _start(self, processes: int) -> None:
        pool = self._open(processes)
        with _deaths_named():
            for _ in range(processes):
                pool.submit(self._work.warm_up)

    def _open(self, processes: int) -> ProcessPoolExecutor:
        import multiprocessing  # not for a build of few pages
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing.reduction import ForkingPickler

        # A configuration holds such tables.
        ForkingPickler.register(MappingProxyType, lambda table: (proxy, (dict(table),)))
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        self._pool = ProcessPoolExecutor(processes, context, follow_parent)
        self._processes = processes
        self._started.append(self._pool)
        return self._pool

    def kill(self) -> None:
        """End the processes at once, wherever they are and whether or not they answer."""
        for pool in self._started:
            # Public from Python 3.14 on: `kill_workers`.
            for process in (pool._processes or {}).values():
                process.kill()
            # Threads of the pool may be in the midst of writing to them or of reading from them,
            # and would wait for ever as long as this process holds the other ends.
            with suppress(AttributeError, OSError):
                pool._call_queue._reader.close()  # type: ignore[attr-defined]
            with suppress(AttributeError, OSError):
                pool._result_queue._writer.close()  # type: ignore[attr-defined]

    def stop(self) -> None:
        """Wait for the processes to end."""
        for pool in self._started:
            pool.shutdown(wait=True, cancel_futures=True)
        self._held.close()

    def render(self, calls: Iterable[Call]) -> Iterator[tuple[str, Body]]:
        """Give each document's id and body, in the order in which they are done.

        All calls are taken before this returns. The processes begin with those that come first,
        while the others still come; this one begins when the first answer is asked for.

        Raises:
            SitegenError: a worker process died, for want of memory for example.
        """
        ahead: set[Future[bytes]] = set()
        rest: list[Call] = []
        size = 0
        for batch in _batches(calls):
            size += sum(len(call[0].text) for call in batch)
            is_worth_it = size >= WORTH_WORKERS and not self._has_ended
            if is_worth_it and self._processes < self.jobs > 1:
                self._start(self.jobs)
            if self._pool is None or len(ahead) >= self.jobs * _FIRST:
                rest += batch
            else:
                with _deaths_named():
                    ahead.add(self._pool.submit(self._work.packed, pack(batch)))
        if self._pool is None:
            return (answer for call in rest for answer in self._work.batch([call]))
        rest.sort(key=lambda call: -len(call[0].text))  # a long page must not be the last
        return self._as_done(self._pool, ahead, map(pack, _batches(rest)))

    def _as_done(
        self, pool: Executor, waiting: set[Future[bytes]], batches: Iterator[bytes]
    ) -> Iterator[tuple[str, Body]]:
        from concurrent.futures import FIRST_COMPLETED, wait

        with _deaths_named():
            while True:
                # A few batches ahead keep workers busy; more would only pile up finished pages.
                few = max(0, self.jobs + 2 - len(waiting))
                waiting |= {pool.submit(self._work.packed, batch) for batch in islice(batches, few)}
                if not waiting:
                    break
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for answers in done:
                    yield from unpack(answers.result(), Answers)
        # A page or two more this process renders by itself.
        self._pool, self._has_ended = None, True


@contextmanager
def _deaths_named() -> Iterator[None]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool as error:
        raise SitegenError(
            "a worker process died",
            help="it may have run out of memory, or been ended at a page without end: try --jobs 1",
        ) from error


def _batches(calls: Iterable[Call]) -> Iterator[list[Call]]:
    """Cut the work into batches of like size."""
    batch: list[Call] = []
    size = 0
    for call in calls:
        batch.append(call)
        size += len(call[0].text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
