"""Worker processes: they render as this process does, and leave with it."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

import sitegen.workers as workers_module
from sitegen.bodies import call
from sitegen.config import Config
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
