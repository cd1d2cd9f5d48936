"""Worker processes: they render as this process does, and leave with it."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

import sitegen.workers as workers_module
from sitegen.bodies import call
from sitegen.config import Config
from sitegen.config_file import load_config
from sitegen.errors import ReadError, SitegenError
from sitegen.gather import Gathered, gather
from sitegen.model import Document, LinkSpace, Section
from sitegen.objects import NOTHING_NAMED
from sitegen.workers import Workers, open_workers

SECTIONS = (Section(0, "", "", "", None),)
TEXTS = [f"# P\n\n`x` {'word ' * n}\n" for n in range(40)]
CALLS = [
    call(Document(f"p{n}", f"p{n}.md", text, SECTIONS), LinkSpace(), NOTHING_NAMED)
    for n, text in enumerate(TEXTS)
]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "_BATCH", 300)
    monkeypatch.setattr(workers_module, "_WORTH_WORKERS", 300)


@pytest.mark.parametrize("all_at_once", [True, False])
def test_no_process_is_left_when_the_workers_are_closed(tmp_path: Path, all_at_once: bool) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("x" * 400)
    for _ in range(3):
        with open_workers(Config(input=(str(file),), jobs=2), all_at_once=all_at_once) as workers:
            assert len(dict(workers.render(CALLS))) == len(CALLS)
        assert multiprocessing.active_children() == []


def test_processes_give_what_this_one_gives_and_then_this_one_renders() -> None:
    alone = dict(Workers(1).render(CALLS))
    workers = Workers(2)
    try:
        assert dict(workers.render(CALLS)) == alone
        assert dict(workers.render(CALLS[:2])) == {f"p{n}": alone[f"p{n}"] for n in range(2)}
    finally:
        workers.stop()


ROWS = (
    '{"text": "[[autodoc]] Model", "source": "docs/a.md", "url": "https://x.example/docs/lib/a"}\n'
    '{"text": "<a id=\'here\'></a> Text with \\ud800.", "source": "docs/b.md"}\n'
)


def _config(folder: Path, rows: str) -> Config:
    (folder / "rows.jsonl").write_text(rows * 3)
    flags = {"input": ("rows.jsonl",), "jobs": 2}
    return load_config(flags=flags, environ={}, cwd=folder)


def _die(_: object) -> None:
    os._exit(1)


@pytest.mark.parametrize("all_at_once", [True, False])
def test_another_process_reads_what_this_one_would_read(tmp_path: Path, all_at_once: bool) -> None:
    config = _config(tmp_path, ROWS)
    with open_workers(config, all_at_once=all_at_once) as workers:
        ask = workers.aside(gather, config, Gathered)
        assert ask() == gather(config)
        assert len(dict(workers.render(CALLS))) == len(CALLS)


def test_what_another_process_finds_wrong_is_said_as_here(tmp_path: Path) -> None:
    config = _config(tmp_path, '{"text": "There is no source."}\n' * 20)
    with pytest.raises(ReadError) as here:
        gather(config)
    with open_workers(config, all_at_once=False) as workers:
        ask = workers.aside(gather, config, Gathered)
        with pytest.raises(ReadError) as there:
            ask()
    assert str(there.value) == str(here.value)


def test_a_process_that_dies_is_named(tmp_path: Path) -> None:
    with open_workers(_config(tmp_path, ROWS), all_at_once=False) as workers:
        ask = workers.aside(_die, None, type(None))
        with pytest.raises(SitegenError, match="a worker process died"):
            ask()
