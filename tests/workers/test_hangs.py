"""Pages without end: they are named, and the build ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.workers.processes import DEAF, MATCH, group, hanging, started

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_without_end_is_named(tmp_path: Path, jobs: int) -> None:
    process = hanging(tmp_path, MATCH, 1, jobs)
    said = process.communicate(timeout=90)[1]
    assert said.startswith("error: page docs/bad.md: the page takes more than 1 second")
    assert process.returncode == 1
    assert group(process.pid) == []


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
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
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
    process = started(command, tmp_path)
    said = process.communicate(timeout=90)[1]
    assert "error: page docs/bad.md: the page takes more than 1 second" in said
    assert process.returncode == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_hears_no_signal_ends_too(tmp_path: Path, jobs: int) -> None:
    process = hanging(tmp_path, DEAF, 1, jobs)
    said = process.communicate(timeout=90)[1]
    assert process.returncode == (1 if jobs == 2 else -signal.SIGVTALRM)
    assert ("ended at a page without end" in said) is (jobs == 2)
    assert 'File "page docs/bad.md", line' in said
    assert "in the page takes more than 1.5 seconds of the processor\n" in said
    until = time.monotonic() + 60
    while group(process.pid) and time.monotonic() < until:  # what reads from a pipe ends by itself
        time.sleep(0.005)
    assert group(process.pid) == []
