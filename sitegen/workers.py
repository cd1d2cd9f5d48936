"""Worker processes: one map of `render` over documents, in this process or in others.

Imports stand inside functions: the processes are forked before the parent loads data and libraries.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.model import Body, Document, LinkSpace
from sitegen.objects import Named

_BATCH = 60_000  # characters of text that a worker takes at once: short, so that all end together
_WORTH_WORKERS = 300_000  # bytes of input; below it starting processes costs more than it saves


class Workers:
    """Renders documents in this process or in others; the bytes are the same."""

    def __init__(self, pool: Executor | None, jobs: int) -> None:
        """Take a pool of ``jobs`` processes, or none to render here."""
        self._pool = pool
        self._jobs = jobs

    def render(
        self,
        documents: Sequence[Document],
        space: LinkSpace,
        named: Callable[[Document], Named],
    ) -> Iterator[tuple[str, Body]]:
        """Yield each document's id and body, in the order in which they are done.

        ``named`` gives the objects that a document names: all that a worker gets of other pages.

        Raises:
            SitegenError: a worker process died, for want of memory for example.
        """
        if self._pool is None:
            for document in documents:
                yield from _render_batch([(document, named(document))], space)
            return
        work = (
            self._pool.submit(_render_batch, [(d, named(d)) for d in batch], space)
            for batch in _batches(documents)
        )
        try:
            # A few batches ahead keep workers busy; more would only pile up finished pages.
            waiting = set(islice(work, self._jobs + 2))
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= set(islice(work, len(done)))
                for batch in done:
                    yield from batch.result()
        except BrokenProcessPool as error:
            raise SitegenError(
                "a worker process died while rendering",
                help="it may have run out of memory: try --jobs 1",
            ) from error


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Cut the work into batches of like size, the longest pages first."""
    batch: list[Document] = []
    size = 0
    for document in sorted(documents, key=lambda d: -len(d.text)):
        batch.append(document)
        size += len(document.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@contextmanager
def start_workers(config: Config) -> Iterator[Workers]:
    """Start worker processes early: they load their libraries while the input is read."""
    jobs = config.jobs or len(os.sched_getaffinity(0))
    if jobs == 1 or _input_size(config.input) < _WORTH_WORKERS:
        yield Workers(None, 1)
        return
    import multiprocessing

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(method))
    try:
        for _ in range(jobs):
            pool.submit(_warm_up)
        yield Workers(pool, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _input_size(inputs: Iterable[str]) -> int:
    """Add up the sizes of input files; a folder or a glob counts as large."""
    paths = [Path(item) for item in inputs]
    return sum(p.stat().st_size if p.is_file() else _WORTH_WORKERS for p in paths)


def _warm_up() -> None:
    """Load what rendering needs in a fresh worker process."""
    from sitegen.markdown import parser

    parser()
    # Rendering leaves no cycles behind worth a search; what is loaded by now stays for good.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _render_batch(
    batch: Sequence[tuple[Document, Named]], space: LinkSpace
) -> list[tuple[str, Body]]:
    from sitegen.render import render

    return [(document.id, render(document, space, named)) for document, named in batch]
