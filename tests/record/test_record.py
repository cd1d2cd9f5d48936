"""What a build remembers of the last one: when there is nothing to do, and when that is untrue."""

from __future__ import annotations

import glob
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.record import begin, last_result, load_record
from tests.clean_builds import Dataset, assert_as_a_clean_build, config


@pytest.mark.integration
def test_nothing_to_do_is_found_without_loading_the_pipeline(tmp_path: Path) -> None:
    Dataset(tmp_path, 1)
    command = [sys.executable, "-X", "importtime", "-m", "sitegen", "build", "rows.jsonl"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    first = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    again = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert "markdown_it" in first.stderr
    for library in ("markdown_it", "pygments", "jinja2", "sqlite3", "sitegen.workers"):
        assert library not in again.stderr
    assert "6 pages from 12 chunks" in again.stderr
    assert "0 changed, " in again.stderr


@pytest.mark.integration
@pytest.mark.parametrize(
    "damage",
    [
        lambda out: (out / "p1" / "index.html").write_text("edited"),
        lambda out: (out / "p1" / "index.html").unlink(),
        lambda out: (out / "p1" / "index.html").rename(out / "p1" / "other.html"),
        lambda out: (out / "p1" / "new.txt").write_text("foreign"),
        lambda out: (out / ".sitegen-manifest.json").touch(),
    ],
)
def test_an_output_that_somebody_changed_is_looked_at_again(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    Dataset(tmp_path, 1)
    settings = config(tmp_path, input=("rows.jsonl",))
    build(settings)
    before = (tmp_path / "out" / "p1" / "index.html").read_bytes()
    damage(tmp_path / "out")
    build(settings)
    assert (tmp_path / "out" / "p1" / "index.html").read_bytes() == before


@pytest.mark.integration
@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}', '{"format": 1, "sources": 3}'])
def test_a_damaged_record_is_no_record(tmp_path: Path, text: str) -> None:
    Dataset(tmp_path, 1)
    settings = config(tmp_path, input=("rows.jsonl",))
    build(settings)
    [record] = (tmp_path / ".sitegen").glob("record-*.json")
    record.write_text(text)
    assert last_result(settings, load_record(settings), begin(settings)) is None
    assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))


def test_a_change_within_the_clocks_grain_is_seen(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path, 1)
    settings = config(tmp_path, input=("rows.jsonl",))
    info = dataset.file.stat()
    build(settings)
    text = dataset.file.read_text().replace("Text 1.", "Text X.")
    with dataset.file.open("r+") as file:
        file.write(text)
    os.utime(dataset.file, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert dataset.file.stat().st_size == info.st_size
    assert last_result(settings, load_record(settings), begin(settings)) is None


@pytest.mark.integration
def test_a_build_that_was_killed_leaves_the_next_one_right(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path, 1)
    dataset.pages = {f"p{n}": [f"Text {n}. `code`"] * 3 for n in range(150)}
    dataset.save()
    command = [sys.executable, "-m", "sitegen", "build", "rows.jsonl", "-o", "out"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    env["SITEGEN_SEARCH"] = "headings"  # as the build that follows
    ends = []
    # Unlike that of a path, this glob lets folders go away while it looks.
    there = partial(glob.glob, root_dir=tmp_path, include_hidden=True)
    for moment in (".sitegen/*", ".*stage-*", ".*stage-*/p1*/index.html"):
        before = set(there(moment))
        process = subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.DEVNULL)
        while process.poll() is None and set(there(moment)) <= before:
            time.sleep(0.001)
        process.kill()
        ends.append(process.wait())
        dataset.change()
    assert -signal.SIGKILL in ends
    assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))
