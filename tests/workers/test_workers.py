"""Worker processes: they render as this process does, and leave with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

import sitegen.workers as workers_module
from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.errors import ReadError, SitegenError
from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.model.objects import NOTHING_NAMED
from sitegen.pipeline.gather import Gathered, gather
from sitegen.pipeline.work import RENDER, Call, open_map, start_reading, warm_up
from sitegen.store.packing import pack, unpack
from sitegen.workers import Map

SECTIONS = (Section(0, "", "", "", None),)
TEXTS = [f"# P\n\n`x` {'word ' * n}\n" for n in range(40)]
CALLS = [
    (Document(f"p{n}", f"p{n}.md", text, SECTIONS), NOTHING_NAMED) for n, text in enumerate(TEXTS)
]


def rendered(each: Map, calls: Sequence[Call] = CALLS) -> dict[int, Body]:
    return dict(each(RENDER, calls, LinkSpace()))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "_BATCH", 300)
    monkeypatch.setattr(workers_module, "WORTH_WORKERS", 300)


@pytest.mark.parametrize("starts_early", [True, False])
def test_no_process_is_left_when_the_workers_are_closed(tmp_path: Path, starts_early: bool) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("x" * 400)
    for _ in range(3):
        with open_map(Config(input=(str(file),), jobs=2)) as each:
            if starts_early:
                each.start()
            assert len(rendered(each)) == len(CALLS)
        assert multiprocessing.active_children() == []


def test_processes_give_what_this_one_gives_and_then_this_one_renders() -> None:
    alone = rendered(Map(1, warm_up))
    each = Map(2, warm_up)
    try:
        assert rendered(each) == alone
        assert rendered(each, CALLS[:2]) == {number: alone[number] for number in range(2)}
    finally:
        each.stop()


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


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


def test_another_process_reads_what_this_one_would_read(tmp_path: Path) -> None:
    config = _config(tmp_path, ROWS)
    with open_map(config) as each:
        ask = each.aside(gather, config, Gathered)
        assert multiprocessing.active_children()
        assert ask() == gather(config)
        assert len(rendered(each)) == len(CALLS)


def test_what_packs_badly_comes_back_whole_too() -> None:
    odd = Gathered([Document("a", "a.md", "lone \ud800", SECTIONS)], LinkSpace(), [])
    assert unpack(pack(odd), Gathered) == odd


@pytest.mark.parametrize(("jobs", "size"), [(2, 10), (1, 10**9), (2, 10**9)])
def test_what_is_not_worth_a_process_or_too_large_to_be_passed_is_done_here(
    jobs: int, size: int
) -> None:
    each = Map(jobs, warm_up, size=size)
    try:
        assert each.aside(_pid, None, int)() == os.getpid()
    finally:
        each.stop()


@pytest.mark.parametrize("expects_all", [True, False])
def test_processes_that_render_start_early_where_all_pages_are_expected(
    tmp_path: Path, expects_all: bool
) -> None:
    config = _config(tmp_path, ROWS)
    with start_reading(config, expects_all=expects_all) as (rows, each):
        assert len(multiprocessing.active_children()) == 1
        assert rows() == gather(config)
        assert len(multiprocessing.active_children()) == (2 if expects_all else 0)
        assert len(rendered(each)) == len(CALLS)


def test_processes_have_what_this_one_has_loaded(tmp_path: Path) -> None:
    loaded: list[int] = []
    each = Map(2, lambda: loaded.append(os.getpid()), size=10**9)
    try:
        each.start()
        assert rendered(each) == rendered(Map(1, warm_up))
        assert loaded == [os.getpid()]
    finally:
        each.stop()


def _pid(_: object) -> int:
    return os.getpid()


def test_what_another_process_finds_wrong_is_said_as_here(tmp_path: Path) -> None:
    config = _config(tmp_path, '{"text": "There is no source."}\n' * 20)
    with pytest.raises(ReadError) as here:
        gather(config)
    with open_map(config) as each:
        ask = each.aside(gather, config, Gathered)
        assert multiprocessing.active_children()
        with pytest.raises(ReadError) as there:
            ask()
    assert str(there.value) == str(here.value)


def test_where_there_is_no_room_for_the_answer_this_process_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> BinaryIO:
        return Path("/dev/full").open("r+b", buffering=0)

    monkeypatch.setattr(workers_module, "TemporaryFile", full)
    config = _config(tmp_path, ROWS)
    with open_map(config) as each:
        ask = each.aside(gather, config, Gathered)
        assert multiprocessing.active_children()
        assert ask() == gather(config)


def test_a_process_that_dies_is_named(tmp_path: Path) -> None:
    with open_map(_config(tmp_path, ROWS)) as each:
        ask = each.aside(_die, None, type(None))
        with pytest.raises(SitegenError, match="a worker process died"):
            ask()


def _large(seconds: float) -> str:
    time.sleep(seconds)
    return "x" * 50_000_000


def _leave(number: int, _: object) -> None:
    sys.exit(128 + number)


@pytest.mark.parametrize(("work", "given"), [(_sleep, 60.0), (_large, 0.0)])
def test_who_leaves_in_trouble_waits_for_nobody_and_ends_nobody_else(
    tmp_path: Path, work: Callable[[float], object], given: float
) -> None:
    def leave() -> None:
        with open_map(_config(tmp_path, ROWS)) as each:
            each.aside(work, given, str)
            time.sleep(0.2)
            sys.exit(143)

    bystander = multiprocessing.get_context("fork").Process(target=_sleep, args=(60.0,))
    bystander.start()
    before = signal.signal(signal.SIGTERM, _leave)  # as the command line does
    started = time.monotonic()
    try:
        with pytest.raises(SystemExit):
            leave()
        assert time.monotonic() - started < 30
        assert multiprocessing.active_children() == [bystander]
    finally:
        signal.signal(signal.SIGTERM, before)
        bystander.kill()
        bystander.join()


def test_ctrl_c_is_for_this_process_to_answer(tmp_path: Path) -> None:
    config = _config(tmp_path, ROWS)
    with open_map(config) as each:
        ask = each.aside(gather, config, Gathered)
        assert multiprocessing.active_children()
        ask()
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGINT)
        assert len(rendered(each, CALLS[:2])) == 2


def _started(command: list[str], folder: Path) -> subprocess.Popen[str]:
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


@pytest.fixture
def building(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build of many pages whose processes are there: one reads, then two render."""
    rows = "".join(f'{{"text": "{"word " * 500}", "source": "docs/p{n}.md"}}\n' for n in range(800))
    (tmp_path / "rows.jsonl").write_text(rows)
    command = [sys.executable, "-m", "sitegen", "build", "rows.jsonl", "--jobs", "2", "--no-cache"]
    process = _started(command, tmp_path)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while len(children.read_text().split()) < 2:
        time.sleep(0.005)
    time.sleep(0.1)
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _group(leader: int) -> list[int]:
    """List the processes of a group that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group = place.read_text().rpartition(") ")[2].split()[:3]
            found += [int(place.parent.name)] if int(group) == leader and state != "Z" else []
    return found


def test_ctrl_c_is_one_line_and_leaves_no_process(building: subprocess.Popen[str]) -> None:
    os.killpg(building.pid, signal.SIGINT)
    said = building.communicate(timeout=30)[1]
    assert said == "\ninterrupted; the old output is untouched\n"
    assert building.returncode == 130
    assert _group(building.pid) == []


def test_a_killed_build_leaves_no_process(building: subprocess.Popen[str]) -> None:
    building.kill()
    building.communicate(timeout=30)
    until = time.monotonic() + 20
    while _group(building.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert _group(building.pid) == []


def test_a_build_that_fails_early_ends_nobody_elses_processes(tmp_path: Path) -> None:
    bystander = multiprocessing.get_context("fork").Process(target=_sleep, args=(60.0,))
    bystander.start()
    try:
        with pytest.raises(ReadError):
            build(replace(_config(tmp_path, ""), output=tmp_path / "out", cache=False))
        assert bystander.is_alive()
    finally:
        bystander.kill()
        bystander.join()


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


def _hanging(folder: Path, loop: str, seconds: float, jobs: int) -> subprocess.Popen[str]:
    rows = [f'{{"text": "{"word " * 500}", "source": "docs/p{n}.md"}}\n' for n in range(400)]
    rows[200] = '{"text": "# Bad\\n\\n<Hang />\\n", "source": "docs/bad.md"}\n'
    (folder / "rows.jsonl").write_text("".join(rows))
    code = HANG.format(loop=loop, seconds=seconds)
    command = [sys.executable, "-c", code, "build", "rows.jsonl", "--no-cache", "--jobs", str(jobs)]
    return _started(command, folder)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_without_end_is_named(tmp_path: Path, jobs: int) -> None:
    process = _hanging(tmp_path, MATCH, 1, jobs)
    said = process.communicate(timeout=40)[1]
    assert said.startswith("error: page docs/bad.md: the page takes more than 1 second")
    assert process.returncode == 1
    assert _group(process.pid) == []


IN_A_THREAD = """
import threading
from sitegen.limits import seconds
from sitegen.limits.seconds import within_page_limit

def work():
    try:
        within_page_limit("docs/bad.md", lambda: [1 for _ in iter(int, 1)])
    except Exception as error:
        print(error)
    for _ in range(5_000_000):  # nothing comes later
        pass
    print("and on")

seconds.PAGE_SECONDS = 0.5
threading.Thread(target=work).start()
"""


def test_a_page_without_end_is_named_in_a_thread_too() -> None:
    command = [sys.executable, "-W", "error", "-c", IN_A_THREAD]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("page docs/bad.md: the page takes more than 0.5 seconds")
    assert second == "and on"


# A step of restoring that never ends with one of the pages.
RESTORING = """
import re
from sitegen.limits import seconds
from sitegen.restore.{part} import {step}
import sitegen.restore.{part} as part

def {step}_without_end(given, *more):
    if "Bad." in str(given):
        re.match("(a|aa)+$", "a" * 60 + "b")
    return {step}(given, *more)

part.{step} = {step}_without_end
seconds.PAGE_SECONDS = 1
from sitegen.cli import run
run()
"""


@pytest.mark.parametrize("part", ["headings.pages write", "whitespace.documents split"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_is_restored_without_end_is_named(tmp_path: Path, part: str, jobs: int) -> None:
    code = RESTORING.format(part=part.split(maxsplit=1)[0], step=part.split()[1])
    rows = [f'{{"text": "{"word " * 500}", "source": "docs/p{n}.md"}}\n' for n in range(400)]
    rows[200] = '{"text": "Bad.", "source": "docs/bad.md"}\n'
    (tmp_path / "sitegen.toml").write_text('[restore]\nwhitespace = "on"\n')
    (tmp_path / "rows.jsonl").write_text("".join(rows))
    command = [sys.executable, "-c", code, "build", "rows.jsonl", "--no-cache", "--jobs", str(jobs)]
    process = _started(command, tmp_path)
    said = process.communicate(timeout=40)[1]
    assert "error: page docs/bad.md: the page takes more than 1 second" in said
    assert process.returncode == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_hears_no_signal_ends_too(tmp_path: Path, jobs: int) -> None:
    process = _hanging(tmp_path, DEAF, 1, jobs)
    said = process.communicate(timeout=40)[1]
    assert process.returncode == (1 if jobs == 2 else -signal.SIGVTALRM)
    assert ("ended at a page without end" in said) is (jobs == 2)
    assert 'File "page docs/bad.md", line' in said
    assert "in the page takes more than 1.5 seconds of the processor\n" in said
    until = time.monotonic() + 20
    while _group(process.pid) and time.monotonic() < until:  # what reads from a pipe ends by itself
        time.sleep(0.05)
    assert _group(process.pid) == []


@pytest.mark.parametrize(("loop", "jobs"), [(MATCH, 1), (MATCH, 2), (DEAF, 2)])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("send", [os.kill, os.killpg])
def test_a_signal_ends_a_build_that_hangs(  # noqa: PLR0917 - all that differs
    tmp_path: Path,
    loop: str,
    jobs: int,
    number: signal.Signals,
    code: int,
    send: Callable[[int, int], None],
) -> None:
    process = _hanging(tmp_path, loop, 1000, jobs)
    while not (tmp_path / "hangs").exists():
        time.sleep(0.01)
    time.sleep(0.3)  # until the queue to the worker is full, too
    send(process.pid, number)
    process.communicate(timeout=20)
    assert process.returncode in ({code, 1} if number == signal.SIGTERM else {code})
    assert _group(process.pid) == []
