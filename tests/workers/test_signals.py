"""Builds that are interrupted, killed or in trouble: no process of theirs is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.build import build
from sitegen.errors import ReadError
from sitegen.pipeline.gathered import Parcel, gather_parcel
from sitegen.pipeline.work import open_map
from tests.workers.processes import (
    CALLS,
    DEAF,
    MATCH,
    ROWS,
    group,
    hanging,
    of_rows,
    rendered,
    started,
)

pytestmark = [pytest.mark.usefixtures("small_batches"), pytest.mark.integration]


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


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
        with open_map(of_rows(tmp_path, ROWS)) as each:
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
    config = of_rows(tmp_path, ROWS)
    with open_map(config) as each:
        ask = each.aside(gather_parcel, config, Parcel)
        assert multiprocessing.active_children()
        assert ask is not None
        ask()
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGINT)
        assert len(rendered(each, CALLS[:2])) == 2


@pytest.fixture
def building(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build of many pages whose processes are there: one reads, then two render."""
    rows = "".join(f'{{"text": "{"word " * 500}", "source": "docs/p{n}.md"}}\n' for n in range(800))
    (tmp_path / "rows.jsonl").write_text(rows)
    command = [sys.executable, "-m", "sitegen", "build", "rows.jsonl", "--jobs", "2", "--no-cache"]
    process = started(command, tmp_path)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while len(children.read_text().split()) < 2:
        time.sleep(0.005)
    time.sleep(0.1)
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def test_ctrl_c_is_one_line_and_leaves_no_process(building: subprocess.Popen[str]) -> None:
    os.killpg(building.pid, signal.SIGINT)
    said = building.communicate(timeout=90)[1]
    assert said == "\ninterrupted; the old output is untouched\n"
    assert building.returncode == 130
    assert group(building.pid) == []


def test_a_killed_build_leaves_no_process(building: subprocess.Popen[str]) -> None:
    building.kill()
    building.communicate(timeout=90)
    until = time.monotonic() + 60
    while group(building.pid) and time.monotonic() < until:
        time.sleep(0.005)
    assert group(building.pid) == []


def test_a_build_that_fails_early_ends_nobody_elses_processes(tmp_path: Path) -> None:
    bystander = multiprocessing.get_context("fork").Process(target=_sleep, args=(60.0,))
    bystander.start()
    try:
        with pytest.raises(ReadError):
            build(replace(of_rows(tmp_path, ""), output=tmp_path / "out", cache=False))
        assert bystander.is_alive()
    finally:
        bystander.kill()
        bystander.join()


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
    process = hanging(tmp_path, loop, 1000, jobs)
    while not (tmp_path / "hangs").exists():
        time.sleep(0.01)
    time.sleep(0.3)  # until the queue to the worker is full, too
    send(process.pid, number)
    process.communicate(timeout=90)
    assert process.returncode in ({code, 1} if number == signal.SIGTERM else {code})
    assert group(process.pid) == []


INTERRUPTED_WHEN_LIVE = """
import os, signal, sys
def interrupt(event, arguments):
    if event == "shutil.rmtree" and not heard:  # of the old site, as the new one is in its place
        heard.append(event)
        os.kill(os.getpid(), signal.SIGINT)
heard = []
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(interrupt)
from sitegen.cli import main
main()
"""


def test_a_build_that_is_interrupted_when_its_site_is_live_says_so(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "index.md"
    page.parent.mkdir()
    page.write_text("# Old\n")
    command = [sys.executable, "-c", INTERRUPTED_WHEN_LIVE, "build", "docs", "--jobs", "1"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    page.write_text("# New\n")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == "\ninterrupted; the new output is live already\n"
    assert done.returncode == 130
    assert "New" in (tmp_path / "build" / "index.html").read_text()
    assert {each.name for each in tmp_path.iterdir()} == {"docs", "build", ".sitegen"}
