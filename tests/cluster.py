"""A Dask cluster on this machine: a scheduler and workers, each a process that may be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


@dataclass
class Machines:
    """The processes of a cluster, and its scheduler's address."""

    folder: Path
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start a scheduler at a free port."""
        file = self.folder / "scheduler.json"
        self.scheduler = self._run(
            "distributed.cli.dask_scheduler",
            *("--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
            *("--scheduler-file", str(file)),
        )
        while not (file.exists() and '"address"' in file.read_text()):
            time.sleep(0.005)
        self.address = file.read_text().partition('"address": "')[2].partition('"')[0]

    def join(self, *paths: Path, count: int = 1) -> None:
        """Start workers, which find modules in some folders first."""
        for _ in range(count):
            self.workers.append(
                self._run(
                    "distributed.cli.dask_worker",
                    self.address,
                    *("--nthreads", "1", "--no-nanny", "--no-dashboard"),
                    *("--local-directory", str(self.folder)),
                    paths=paths,
                )
            )

    def end(self) -> None:
        """Kill what is left of it."""
        for process in (*self.workers, self.scheduler):
            if process is not None:
                process.kill()
                process.wait()

    def _run(
        self, module: str, *arguments: str, paths: tuple[Path, ...] = ()
    ) -> "subprocess.Popen[bytes]":  # noqa: UP037
        path = os.pathsep.join(map(str, (*paths, CHECKOUT)))
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def cluster(folder: Path, workers: int = 3) -> Iterator[Machines]:
    """Run a scheduler and so many workers for the block."""
    machines = Machines(folder)
    try:
        machines.start()
        machines.join(count=workers)
        yield machines
    finally:
        machines.end()
