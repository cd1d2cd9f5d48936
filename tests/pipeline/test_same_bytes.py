"""The same input gives the same bytes, whatever is around the build."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sitegen import workers
from sitegen.build import build
from sitegen.config.file import load_config
from tests.pipeline.built import CHECKOUT, DATA, ROWS, dataset, digest, made

NAMES_INPUT = ("build.json",)


@pytest.mark.integration
def test_shuffled_rows_in_several_files_make_the_same_bytes(tmp_path: Path) -> None:
    plain = made(dataset(tmp_path / "a", ROWS), tmp_path / "one", search="auto")
    rows = random.Random(4).sample(ROWS, len(ROWS))  # noqa: S311 - a shuffle
    dataset(tmp_path / "b", rows[::2], "z.parquet")
    dataset(tmp_path / "b", rows[1::2], "a.parquet")
    shuffled = made(tmp_path / "b", tmp_path / "two", search="auto")
    assert digest(shuffled, without=NAMES_INPUT) == digest(plain, without=NAMES_INPUT)


def test_shuffled_rows_of_one_file_make_the_same_bytes(tmp_path: Path) -> None:
    plain = made(dataset(tmp_path / "a", ROWS), tmp_path / "one", search="auto")
    rows = random.Random(5).sample(ROWS, len(ROWS))  # noqa: S311 - a shuffle
    shuffled = made(dataset(tmp_path / "b", rows), tmp_path / "two", search="auto")
    assert digest(shuffled) == digest(plain)


@pytest.mark.integration
@pytest.mark.parametrize("jobs", [2, 4])
def test_worker_processes_write_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    source = dataset(tmp_path / "a", ROWS)
    alone = made(source, tmp_path / "one", search="auto")
    monkeypatch.setattr(workers, "WORTH_WORKERS", 0)
    monkeypatch.setattr(workers, "_BATCH", 1)
    assert digest(made(source, tmp_path / "two", jobs=jobs, search="auto")) == digest(alone)


@pytest.mark.integration
def test_clock_locale_hash_seed_and_place_leave_no_trace(tmp_path: Path) -> None:
    found = set()
    for number, (zone, locale, seed) in enumerate(
        [("UTC", "C", "1"), ("Asia/Tokyo", "tr_TR", "77")]
    ):
        folder = tmp_path / ("x" * number + "work")
        source = dataset(folder, ROWS)
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        environment["PYTHONPATH"] = str(CHECKOUT)
        command = [sys.executable, "-m", "sitegen", "build", str(source), "-o", "site", "-q"]
        subprocess.run(command, cwd=folder, env=environment, check=True, timeout=60)
        found.add(digest(folder / "site"))
    assert len(found) == 1


def test_building_again_changes_nothing(tmp_path: Path) -> None:
    source = dataset(tmp_path / "a", ROWS)
    config = load_config(
        flags={"input": (str(source),), "output": tmp_path / "s", "jobs": 1},
        environ={},
        cwd=tmp_path,
    )
    build(config)
    files = build(config).report["files"]
    assert (files["added"], files["changed"], files["removed"]) == (0, 0, 0)


@pytest.mark.integration
@pytest.mark.skipif(not DATA.is_dir(), reason="the sample datasets are not here")
def test_text_copied_from_a_viewer_builds_the_same_pages_as_its_dataset(tmp_path: Path) -> None:
    table = pq.read_table(DATA / "transformers-docs-collapsed.parquet")
    viewer = DATA / "transformers-docs-viewer.txt"
    flags = {"input": (str(viewer),), "output": tmp_path / "one", "jobs": 1, "search": "headings"}
    result = build(load_config(flags=flags, environ={}, cwd=tmp_path))
    assert (result.report["pages"], result.report["chunks"]) == (8, 100)
    places = (tmp_path / "one/chunk").glob("[0-9]*.json")
    shown = {chunk_id for path in places for chunk_id in json.loads(path.read_bytes())}
    rows = [row for row in table.to_pylist() if row["id"] in shown]
    made(dataset(tmp_path / "rows", rows), tmp_path / "two")
    one, two = tmp_path / "one", tmp_path / "two"
    assert digest(one, without=NAMES_INPUT) == digest(two, without=NAMES_INPUT)
