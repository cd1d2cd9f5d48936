"""Builds with worker processes, and what is left of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.model.objects import NOTHING_NAMED
from sitegen.pipeline.work import RENDER, Call
from sitegen.workers import Map, Part

SECTIONS = (Section(0, "", "", "", None),)
TEXTS = [f"# P\n\n`x` {'word ' * n}\n" for n in range(40)]
CALLS = [
    (Document(f"p{n}", f"p{n}.md", text, SECTIONS), NOTHING_NAMED) for n, text in enumerate(TEXTS)
]


def rendered(each: Map, calls: Sequence[Call] = CALLS) -> dict[int, Body]:
    parts = [Part(len(call[0].text), partial(tuple, call)) for call in calls]
    return dict(each(RENDER, parts, LinkSpace()))


ROWS = (
    '{"text": "[[autodoc]] Model", "source": "docs/a.md", "url": "https://x.example/docs/lib/a"}\n'
    '{"text": "<a id=\'here\'></a> Text with \\ud800.", "source": "docs/b.md"}\n'
)


def of_rows(folder: Path, rows: str) -> Config:
    (folder / "rows.jsonl").write_text(rows * 3)
    flags = {"input": ("rows.jsonl",), "jobs": 2}
    return load_config(flags=flags, environ={}, cwd=folder)


def started(command: list[str], folder: Path) -> subprocess.Popen[str]:
    """Start a command in a group of its own, with Ctrl-C heard also where the suite ignores it."""
    return subprocess.Popen(
        [sys.executable, "-c", HEAR, *command],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


# `nohup` and `&` hand on that SIGINT is ignored.
HEAR = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


def group(leader: int) -> list[int]:
    """List the processes of a group that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group = place.read_text().rpartition(") ")[2].split()[:3]
            found += [int(place.parent.name)] if int(group) == leader and state != "Z" else []
    return found


# A component that never ends: in a match, which looks at signals, or in C that does not.
HANG = """
import collections, itertools, re
from sitegen.limits import seconds
from sitegen.render.components.registry import component

@component("Hang", leaf=True)
def hang(node, page):
    open("hangs", "w").close()
    {loop}

seconds.PAGE_SECONDS = {seconds}
from sitegen.cli import run
run()
"""
MATCH = 're.match("(a|aa)+$", "a" * 60 + "b")'
DEAF = "collections.deque(itertools.count(), maxlen=0)"


def hanging(folder: Path, loop: str, seconds: float, jobs: int) -> subprocess.Popen[str]:
    rows = [f'{{"text": "{"word " * 500}", "source": "docs/p{n}.md"}}\n' for n in range(400)]
    rows[200] = '{"text": "# Bad\\n\\n<Hang />\\n", "source": "docs/bad.md"}\n'
    (folder / "rows.jsonl").write_text("".join(rows))
    code = HANG.format(loop=loop, seconds=seconds)
    command = [sys.executable, "-c", code, "build", "rows.jsonl", "--no-cache", "--jobs", str(jobs)]
    return started(command, folder)
