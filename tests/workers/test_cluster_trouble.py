"""A cluster in trouble: workers and schedulers that die, are not there or of another version."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.workers import DiedError
from tests.cases import SHARED, needs_shared
from tests.cluster import CHECKOUT, Machines, cluster
from tests.workers.on_a_cluster import STEP, built, command, parts, tree, wait_for, wait_for_work

pytest.importorskip("distributed", reason="needs the extra `cluster`")

from sitegen.workers import cluster as subject

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.integration]  # the library's own


@pytest.mark.heavy
def test_what_a_dead_worker_had_is_done_again(own: Machines, tmp_path: Path) -> None:
    each = subject.Cluster(own.address)
    try:
        given = parts(30, f"dies-once {tmp_path / 'flag'}")
        found = dict(each(STEP, iter(given), "s"))
    finally:
        each.stop()
    assert found == {0: "s dies-once"} | {number + 1: f"s {number}" for number in range(30)}
    assert sum(worker.poll() is not None for worker in own.workers) == 1


@pytest.mark.heavy
def test_a_part_that_ends_all_workers_ends_the_build(
    own: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "_NOBODY", 1.0)
    each = subject.Cluster(own.address)
    try:
        with pytest.raises(DiedError, match=r"no worker is left|died again and again"):
            dict(each(STEP, iter(parts(3, "dies")), "s"))
    finally:
        each.kill()
        each.stop()


@pytest.mark.heavy
def test_a_dead_scheduler_ends_the_work_with_one_line(own: Machines) -> None:
    each = subject.Cluster(own.address)
    try:
        answers = each(STEP, iter(parts(60)), "s")
        next(answers)
        assert own.scheduler
        own.scheduler.kill()
        with pytest.raises(SitegenError, match=r"the scheduler at .* went away") as caught:
            list(answers)
    finally:
        each.kill()
        each.stop()
    assert "\n" not in str(caught.value)


def test_a_scheduler_that_is_not_there_leaves_the_old_site(tmp_path: Path) -> None:
    assert built(tmp_path, "-o", "site", "--jobs", "1")[0] == 0
    before = tree(tmp_path / "site")
    status, said = built(tmp_path, "-o", "site", "--clean", "--cluster", "tcp://127.0.0.1:9")
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith("error: no scheduler answers at tcp://127.0.0.1:9")
    assert tree(tmp_path / "site") == before


def test_a_scheduler_without_workers_says_how_to_start_some(tmp_path: Path) -> None:
    with (
        cluster(tmp_path, workers=0) as empty,
        pytest.raises(SitegenError, match="has no workers") as caught,
    ):
        subject.Cluster(empty.address)
    assert f"dask worker {empty.address}" in caught.value.help


@pytest.mark.heavy
def test_workers_of_other_libraries_or_another_source_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "libraries/nh3-99.1.dist-info").mkdir(parents=True)
    shutil.copytree(CHECKOUT / "sitegen", tmp_path / "source/sitegen")
    with (tmp_path / "source/sitegen/urls.py").open("a") as file:
        file.write("# another\n")
    for folder, words in {
        "libraries": "it has nh3 99.1 instead of",
        "source": "another source of sitegen",
    }.items():
        (tmp_path / f"run-{folder}").mkdir()
        with cluster(tmp_path / f"run-{folder}", workers=1) as mixed:
            mixed.join(tmp_path / folder)
            wait_for(mixed, 2)
            with pytest.raises(SitegenError, match=words) as caught:
                subject.Cluster(mixed.address)
        assert str(caught.value).startswith("the worker tcp://127.0.0.1:")


@pytest.mark.heavy
def test_a_worker_that_joins_later_is_looked_at_too(own: Machines, tmp_path: Path) -> None:
    each = subject.Cluster(own.address)
    (tmp_path / "libraries/nh3-99.1.dist-info").mkdir(parents=True)
    try:
        answers = each(STEP, iter(parts(600)), "s")
        next(answers)
        own.join(tmp_path / "libraries")
        with pytest.raises(SitegenError, match=r"it has nh3 99\.1 instead of"):
            list(answers)
    finally:
        each.kill()
        each.stop()


@pytest.mark.real
@needs_shared
def test_the_470_pages_are_the_same_bytes_while_workers_are_killed(
    own: Machines, tmp_path: Path
) -> None:
    source = SHARED / "data/transformers-docs.parquet"
    assert built(tmp_path, "-o", "here", source=source)[0] == 0
    line = command(source, "-o", "there", "--cluster", own.address)
    process = subprocess.Popen(line, cwd=tmp_path, stderr=subprocess.PIPE)
    wait_for_work(own)
    own.workers[0].kill()
    time.sleep(1)
    own.workers[1].kill()
    assert (process.communicate(timeout=300)[1], process.returncode) == (b"", 0)
    assert tree(tmp_path / "here") == tree(tmp_path / "there")


@pytest.mark.real
@needs_shared
def test_a_scheduler_that_is_killed_in_the_midst_leaves_the_old_site(
    own: Machines, tmp_path: Path
) -> None:
    assert built(tmp_path, "-o", "site", "--jobs", "1")[0] == 0
    before = tree(tmp_path / "site")
    source = SHARED / "data/transformers-docs.parquet"
    line = command(source, "-o", "site", "--cluster", own.address)
    process = subprocess.Popen(line, cwd=tmp_path, stderr=subprocess.PIPE)
    wait_for_work(own)
    assert own.scheduler
    own.scheduler.kill()
    said = process.communicate(timeout=120)[1]
    assert (process.returncode, said.count(b"\n")) == (1, 1)
    assert said.startswith(b"error: the scheduler at tcp://127.0.0.1:")
    assert tree(tmp_path / "site") == before
