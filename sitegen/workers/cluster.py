"""Cluster: the Map over workers of a Dask cluster; nothing else imports ``distributed``.

A worker that dies is Dask's to replace, and what it did is done again. Whoever joins, now or later,
must be of this very version of sitegen and its libraries, or the bytes could differ.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

from sitegen.data import install_line
from sitegen.errors import ConfigError, SitegenError
from sitegen.store.packing import pack, unpack
from sitegen.store.stamp import EXTENSIONS, versions
from sitegen.workers import DiedError, Map, batches
from sitegen.workers.progress import Progress
from sitegen.workers.worker import Part, Step, run_packed

A = TypeVar("A")
P = TypeVar("P")
S = TypeVar("S")
T = TypeVar("T")

_CONNECT = 10  # seconds
_LOOK = 1.0  # seconds between looks at whether there still is somebody who works
_NOBODY = 60.0  # seconds without any worker after which nobody is waited for any more
_AHEAD = 4  # batches a thread that are there at once
_LOGGERS = ("distributed", "tornado", "asyncio", "bokeh")


class Cluster(Map):
    """Calls a step with each part on the workers of a cluster; the answers are the same."""

    def __init__(self, address: str) -> None:
        """Reach the scheduler at an address, and look at its workers.

        Raises:
            ConfigError: no library for it is installed, or extensions are active.
            SitegenError: it does not answer, has no workers, or one of another version.
        """
        super().__init__(1, lambda: None)
        self._address, self._seen = address, time.monotonic()
        self._client = _client(address)
        try:
            with self._losses_named():
                self._threads = self._look_at_workers()
        except BaseException:
            self.stop()
            raise

    def aside(self, work: Callable[[A], T], given: A, kind: type[T]) -> None:
        """Give nothing: no other process of this machine does any work."""

    def kill(self) -> None:
        """Leave the workers to others; what they do for this build is given up."""
        with suppress(Exception):  # a scheduler that went away has nothing to be told
            self._client.cancel(list(self._client.futures.values()), force=True)

    def stop(self) -> None:
        """Let go of the scheduler."""
        with suppress(Exception):  # as above; the library raises many kinds
            self._client.close(timeout=2)

    def __call__(
        self, step: Step[P, S, T], parts: Iterable[Part[P]], shared: S
    ) -> Iterator[tuple[int, T]]:
        """Yield the number of each part with what the step gives for it, as they are done.

        All parts are taken before this returns; workers begin with the first while others come.

        Raises:
            DiedError: workers died at the same parts again and again, or none is left.
            SitegenError: the scheduler went away, or a worker is of another version.
        """
        waiting: dict[Any, list[int]] = {}
        rest: list[list[tuple[int, Part[P]]]] = []
        with self._losses_named():
            # As a task, so that it is there again when the worker that held it dies.
            common = self._client.submit(_same, pack(shared), pure=False)
            for batch in batches(enumerate(parts)):
                if len(waiting) < self._threads * _AHEAD:
                    self._submit(step, batch, common, waiting)
                else:
                    rest.append(batch)
        return self._as_answered(step, common, waiting, rest)

    def _as_answered(
        self,
        step: Step[P, S, T],
        common: Any,
        waiting: dict[Any, list[int]],
        rest: list[list[tuple[int, Part[P]]]],
    ) -> Iterator[tuple[int, T]]:
        progress = Progress(len(waiting) + len(rest), "parts")
        rest.reverse()
        while waiting:
            with self._losses_named():
                done = self._some_done(waiting)
                answers = {}
                for future in done:
                    with suppress(TimeoutError):  # who held it has died: it is waited for again
                        data = future.result(timeout=_NOBODY)
                        answers[future] = unpack(data, list[step.answer])  # type: ignore[name-defined]
                for batch in [rest.pop() for _ in islice(rest, len(answers))]:
                    self._submit(step, batch, common, waiting)
            for future, values in answers.items():
                progress.step()
                yield from zip(waiting.pop(future), values, strict=True)

    def _submit(
        self,
        step: Step[P, S, T],
        batch: list[tuple[int, Part[P]]],
        common: Any,
        waiting: dict[Any, list[int]],
    ) -> None:
        data = pack([part.take() for _, part in batch])
        future = self._client.submit(_run, versions(), step, common, data, pure=False)
        waiting[future] = [number for number, _ in batch]

    def _some_done(self, waiting: Mapping[Any, object]) -> list[Any]:
        """Wait for some futures; look from time to time whether anybody works at them.

        Raises:
            SitegenError: nobody does.
        """
        first = {"timeout": _LOOK, "return_when": "FIRST_COMPLETED"}
        while True:
            with suppress(TimeoutError), self._client.as_current():
                return list(_dask().wait(list(waiting), **first).done)
            if self._client.status != "running":
                raise self._lost()
            now = time.monotonic()
            if self._client.scheduler_info()["workers"]:
                self._seen = now
            elif now - self._seen > _NOBODY:
                raise DiedError(
                    f"no worker is left at {self._address}", help="start some, then build again"
                )

    def _look_at_workers(self) -> int:
        """The number of threads that work, all of them of this version."""
        found = self._client.run(versions, on_error="return")
        if not found:
            raise SitegenError(
                f"the scheduler at {self._address} has no workers",
                help=f"start some: dask worker {self._address} --nworkers auto --nthreads 1",
            )
        for worker, theirs in sorted(found.items()):
            if isinstance(theirs, Exception):
                raise _other(worker, f"it has no sitegen that can be loaded: {theirs}")
            _see_versions(worker, versions(), theirs)
        return int(sum(self._client.nthreads().values()))

    def _lost(self) -> SitegenError:
        return SitegenError(
            f"the scheduler at {self._address} went away; the old site is as it was",
            help="start it and its workers, then build again: what was made is remembered",
        )

    @contextmanager
    def _losses_named(self) -> Iterator[None]:
        try:
            yield
        except _dask().KilledWorker as error:
            raise DiedError(
                f"workers of {self._address} died again and again at the same pages",
                help="they may have too little memory, or a page ends them: build without "
                "--cluster, which names it",
            ) from error
        except (CancelledError, OSError, TimeoutError) as error:
            raise self._lost() from error


def _client(address: str) -> Any:
    if EXTENSIONS:
        raise ConfigError(
            f"extensions add to this process alone: {', '.join(sorted(EXTENSIONS))}",
            help="build without --cluster",
        )
    dask = _dask()
    for name in [*logging.root.manager.loggerDict]:  # what is wrong is said in one line
        if name.partition(".")[0] in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are looked at, and more than it looks at
            return dask.Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise SitegenError(
            f"no scheduler answers at {address}",
            help="start one (dask scheduler), and name its address: tcp://host:8786",
        ) from error


def _dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ConfigError("a cluster needs dask", help=install_line("cluster")) from error
    return distributed


def _same(data: bytes) -> bytes:
    return data


def _run(ours: Mapping[str, str], step: Step[Any, Any, Any], common: bytes, data: bytes) -> bytes:
    """Do a step on a worker, which may have come after the others were looked at."""
    if ours != versions():
        _see_versions(_dask().get_worker().address, ours, versions())
    return run_packed(step, common, data)


def _see_versions(worker: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """Refuse a worker that might make other bytes, by what it has and this process has not."""
    for name in sorted(ours.keys() | theirs.keys(), key=lambda name: (name == "source", name)):
        if ours.get(name) != theirs.get(name):
            found, wanted = theirs.get(name, "none"), ours.get(name, "none")
            said = "another source of sitegen" if name == "source" else f"{name} {found}"
            wanted = "this one" if name == "source" else wanted
            raise _other(worker, f"it has {said} instead of {wanted}")


def _other(worker: str, why: str) -> SitegenError:
    return SitegenError(
        f"the worker {worker} is of another version: {why}",
        help="install the same versions there (pip freeze says which), then start it again",
    )
