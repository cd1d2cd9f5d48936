"""What a reader does to its own process is a line about the file, wherever it is read from."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest

from sitegen.read.aside import columns_of
from sitegen.read.files import InputFile
from tests.examples import some

pytestmark = pytest.mark.integration

HARMFUL = """
import collections, itertools, os, signal
from sitegen.extension import Extension
from sitegen.read.columns.mapping import Column
from sitegen.read.rows import Table

def deaf():
    collections.deque(itertools.count(), maxlen=0)

HARMS = {
    "abort": os.abort,
    "hang": deaf,
    "memory": lambda: bytes(1 << 32),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "leave": lambda: os._exit(0),
    "bug": lambda: {}["no such key"],
}

def open_table(stream, file):
    when, what = stream.read().decode().split()
    def batches(columns):
        yield [["T"] * 100 if c.name == "text" else ["a.md"] * 100 for c in columns]
        HARMS[what]()
    if when == "opened":
        HARMS[what]()
    return Table([Column("text"), Column("source")], batches)

extension = Extension("harmful", "1", readers={".harm": open_table})
"""
SAID = {
    "abort": "the file ends the process that reads it by SIGABRT",
    "hang": "seconds were taken to read the file",
    "memory": "the file takes more memory than there is",
    "killed": "the file takes more memory than there is",
    "leave": "the file ends the process that reads it",
    "bug": "the reader of the extension 'harmful' failed: KeyError",
}
COMMANDS = {
    "build": ["build", "d.harm"],
    "one process": ["build", "d.harm", "--jobs", "1"],
    "check": ["check", "d.harm"],
    "serve": ["serve", "d.harm", "--port", "0"],
}


@pytest.fixture
def harmful(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file that does harm, beside the extension that reads it."""
    (tmp_path / "harmful.py").write_text(HARMFUL)
    info = tmp_path / "harmful-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: harmful\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[sitegen.extensions]\nharmful = harmful:extension\n")
    (tmp_path / "sitegen.toml").write_text('extensions = ["harmful"]\n')

    def write(when: str, what: str) -> Path:
        (tmp_path / "d.harm").write_text(f"{when} {what}".ljust(310_000))
        return tmp_path

    return write


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "when", "what"), some([*product(COMMANDS, ("opened", "read"), SAID)], least=16)
)
def test_a_file_that_ends_its_reader_is_named(
    harmful: Callable[[str, str], Path], command: str, when: str, what: str
) -> None:
    folder = harmful(when, what)
    process = started(folder, "-m", "sitegen", *COMMANDS[command])
    assert process.stderr is not None
    if command == "serve":  # it waits for a better file
        lines = iter(process.stderr.readline, "")
        said = next(line for line in lines if "error" in line)
        process.terminate()
        process.communicate(timeout=90)
    else:
        said = process.communicate(timeout=90)[1]
        assert process.returncode == 1
        assert said.count("\n") == 1
    assert SAID[what] in said
    assert "d.harm" in said


IN_A_THREAD = """
import threading
from pathlib import Path
from sitegen import build, load_config
from sitegen.errors import SitegenError

def work():
    try:
        build(load_config(flags={"input": ("d.harm",)}))
    except SitegenError as error:
        print(error)

thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


@pytest.mark.parametrize("what", [what for what in SAID if what != "hang"])
def test_a_thread_of_a_program_survives_it_too(
    harmful: Callable[[str, str], Path], what: str
) -> None:
    process = started(harmful("read", what), "-W", "error", "-c", IN_A_THREAD)
    said, err = process.communicate(timeout=90)
    assert (process.returncode, err) == (0, "")
    assert SAID[what] in said


def test_a_thread_reads_the_files_of_the_folder_that_its_program_is_in_by_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "rows.jsonl"
    with ThreadPoolExecutor(1) as thread:
        for column in ("one", "another"):
            folder = tmp_path / column
            folder.mkdir()
            (folder / name).write_text(f'{{"{column}": "text"}}\n')
            monkeypatch.chdir(folder)
            file = InputFile(Path(name), name, name)
            assert thread.submit(columns_of, file).result() == [column]
