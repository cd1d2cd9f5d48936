"""Work: what a process does with a batch of documents to render.

Imports stand inside functions: what a process does not need it does not load.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sitegen import workers as processes
from sitegen.config import Config
from sitegen.limits import page_limit
from sitegen.model.calls import Call
from sitegen.workers import Answers, Work, Workers
from sitegen.workers.packing import pack, unpack

Calls = list[Call]


def warm_up() -> None:
    """Load what rendering needs in a fresh worker process; most pages show some Python."""
    from sitegen.render.code.highlight import highlight
    from sitegen.render.parser import parser

    with page_limit(""):  # what hangs here hangs with a page too, and is named then
        parser()
        highlight(">>> 1\n", "python")
    # Rendering leaves no cycles behind worth a search; what is loaded by now stays for good.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def render_batch(calls: Sequence[Call]) -> Answers:
    """Give each document's id and body.

    Raises:
        SitegenError: a page takes far too long.
    """
    from sitegen.render import render

    answers: Answers = []
    for call in calls:
        with page_limit(call[0].source):
            answers.append((call[0].id, render(*call)))
    return answers


def render_packed(calls: bytes) -> bytes:
    """Do ``render_batch`` for another process."""
    return pack(render_batch(unpack(calls, Calls)))


RENDER = Work(warm_up, render_batch, render_packed)
"""What worker processes do with pages."""


@contextmanager
def open_workers(config: Config) -> Iterator[Workers]:
    """Have processes that can be started; when leaving in trouble, what they do is given up."""
    is_worth_it = _input_size(config.input) >= processes.WORTH_WORKERS
    workers = Workers(config.jobs or len(os.sched_getaffinity(0)), RENDER, is_worth_it=is_worth_it)
    try:
        yield workers
    except BaseException:
        workers.kill()
        raise
    finally:
        workers.stop()


def _input_size(inputs: Iterable[str]) -> int:
    """Add up the sizes of input files; a folder or a glob counts as large."""
    paths = [Path(item) for item in inputs]
    return sum(p.stat().st_size if p.is_file() else processes.WORTH_WORKERS for p in paths)
