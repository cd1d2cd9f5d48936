"""Builds on a cluster of this machine, and what its workers do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.workers import Part, Step
from tests.cluster import CHECKOUT, Machines

SAMPLE = CHECKOUT / "sample/sitegen-docs.parquet"
_SIZE = 70_000  # characters: each part is a batch of its own


def doubled(part: str, shared: str) -> str:
    """What workers do: a part that says so ends the first worker that it comes to."""
    what, _, file = part.strip().partition(" ")
    if what == "dies" or (what == "dies-once" and not Path(file).exists()):
        if file:
            Path(file).write_text("died")
        os._exit(9)
    time.sleep(0.02)
    return f"{shared} {what}"


STEP = Step(doubled, str, str, str)


def wait_for(machines: Machines, count: int) -> None:
    import distributed  # noqa: PLC0415 - only where there is the library

    with distributed.Client(machines.address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def wait_for_work(machines: Machines) -> None:
    """Wait until the scheduler has some tasks."""
    import distributed  # noqa: PLC0415 - only where there is the library

    with distributed.Client(machines.address, set_as_default=False) as client:
        while not client.run_on_scheduler(tasks):
            time.sleep(0.005)


def tasks(dask_scheduler: Any) -> int:
    """The number of a scheduler's tasks."""
    return len(dask_scheduler.tasks)


def built(folder: Path, *arguments: str, source: Path = SAMPLE) -> tuple[int, str]:
    """Build a site in a process of its own: exit code, and what it says."""
    line = command(source, *arguments)
    done = subprocess.run(line, check=False, cwd=folder, capture_output=True, timeout=280)
    return done.returncode, done.stderr.decode()


def command(source: Path, *arguments: str) -> list[str]:
    line = [sys.executable, "-m", "sitegen", "build", str(source), "--no-cache", "--no-search"]
    return [*line, "-q", *arguments]


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def parts(count: int, *first: str) -> list[Part[str]]:
    return [Part(_SIZE, partial(str, text)) for text in (*first, *map(str, range(count)))]
