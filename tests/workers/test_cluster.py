"""A build on a cluster: the same bytes, whoever dies; who is of another version is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import SitegenError
from sitegen.workers import DiedError, Part, Step
from tests.cases import SHARED, needs_shared
from tests.cluster import CHECKOUT, Machines, cluster
from tests.s3 import S3
from tests.web import Web, served

pytest.importorskip("distributed", reason="needs the extra `cluster`")

from sitegen.workers import cluster as subject

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.integration]  # the library's own
SAMPLE = CHECKOUT / "sample/sitegen-docs.parquet"
_SIZE = 70_000  # characters: each part is a batch of its own


def doubled(part: str, shared: str) -> str:
    """What workers do: a part that says so ends the first worker that it comes to."""
    what, _, file = part.strip().partition(" ")
    if what == "dies" or (what == "dies-once" and not Path(file).exists()):
        if file:
            Path(file).write_text("died")
        os._exit(9)
    time.sleep(0.02)
    return f"{shared} {what}"


STEP = Step(doubled, str, str, str)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        wait_for(running, 3)
        yield running


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Machines]:
    """A cluster that a test may destroy."""
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster") as running:
        wait_for(running, 3)
        yield running


def wait_for(machines: Machines, count: int) -> None:
    import distributed  # noqa: PLC0415 - only where there is the library

    with distributed.Client(machines.address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def wait_for_work(machines: Machines) -> None:
    """Wait until the scheduler has some tasks."""
    import distributed  # noqa: PLC0415 - only where there is the library

    with distributed.Client(machines.address, set_as_default=False) as client:
        while not client.run_on_scheduler(tasks):
            time.sleep(0.005)


def tasks(dask_scheduler: Any) -> int:
    """The number of a scheduler's tasks."""
    return len(dask_scheduler.tasks)


def built(folder: Path, *arguments: str, source: Path = SAMPLE) -> tuple[int, str]:
    """Build a site in a process of its own: exit code, and what it says."""
    line = command(source, *arguments)
    done = subprocess.run(line, check=False, cwd=folder, capture_output=True, timeout=280)
    return done.returncode, done.stderr.decode()


def command(source: Path, *arguments: str) -> list[str]:
    line = [sys.executable, "-m", "sitegen", "build", str(source), "--no-cache", "--no-search"]
    return [*line, "-q", *arguments]


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def parts(count: int, *first: str) -> list[Part[str]]:
    return [Part(_SIZE, partial(str, text)) for text in (*first, *map(str, range(count)))]


def test_a_site_is_the_same_bytes_as_one_that_is_built_here(
    machines: Machines, tmp_path: Path
) -> None:
    assert built(tmp_path, "-o", "here", "--jobs", "1") == (0, "")
    assert built(tmp_path, "-o", "there", "--cluster", machines.address) == (0, "")
    assert tree(tmp_path / "here") == tree(tmp_path / "there")


def test_workers_read_input_by_its_address_and_the_site_is_the_same(
    machines: Machines, tmp_path: Path
) -> None:
    rows = "".join(f'{{"text": "# P{n}\\n\\nText.", "source": "p{n}.md"}}\n' for n in range(9))
    with served(Web(files={"/a.jsonl": rows.encode(), "/d.parquet": SAMPLE})) as web:
        urls = [web.url("/a.jsonl"), web.url("/d.parquet")]
        line = [sys.executable, "-m", "sitegen", "build", *urls, "--no-cache", "--no-search", "-q"]
        subprocess.run([*line, "-o", "here"], cwd=tmp_path, check=True)
        web.log.clear()
        given = [*line, "-o", "there", "--cluster", machines.address]
        subprocess.run(given, cwd=tmp_path, check=True)
        assert len([entry for entry in web.log if not entry.endswith("bytes=0-0")]) >= 2
    assert tree(tmp_path / "here") == tree(tmp_path / "there")
    assert len(tree(tmp_path / "there")) > 100


def test_from_bucket_to_bucket_the_same_site_while_a_worker_is_killed_as_it_reads(
    s3: S3, own: Machines, tmp_path: Path
) -> None:
    s3.make("rows")
    s3.make("site")
    for number in range(40):
        text = f"# Page {number}\\n\\n" + "Text of a page. " * 200
        row = f'{{"text": "{text}", "source": "docs/p{number}.md"}}\n'
        s3.ask("PUT", f"rows/d{number}.jsonl", row.encode()).close()
    line = [
        sys.executable,
        "-m",
        "sitegen",
        "build",
        "s3://rows",
        "--no-cache",
        "--no-search",
        "-q",
    ]
    subprocess.run([*line, "-o", "here"], cwd=tmp_path, check=True)
    given = [*line, "-o", "s3://site/docs", "--cluster", own.address]
    process = subprocess.Popen(given, cwd=tmp_path, stderr=subprocess.PIPE)
    wait_for_work(own)  # the first is to read
    own.workers[0].kill()
    assert (process.communicate(timeout=280)[1], process.returncode) == (b"", 0)
    here = tree(tmp_path / "here")
    assert len(here) > 40
    assert {path.removeprefix("docs/"): data for path, data in s3.objects("site").items()} == here


def test_the_environment_names_a_cluster_too_and_it_is_no_part_of_the_site(
    machines: Machines, tmp_path: Path
) -> None:
    shutil.copy(SAMPLE, tmp_path / "d.parquet")
    line = [sys.executable, "-m", "sitegen", "build", "d.parquet", "--no-search"]
    environ = os.environ | {"SITEGEN_CLUSTER": machines.address}
    subprocess.run(line, cwd=tmp_path, check=True, capture_output=True, env=environ)
    again = [*line, "--cluster", ""]
    done = subprocess.run(again, cwd=tmp_path, check=True, capture_output=True)
    assert b"(0 files added, 0 changed" in done.stderr


def test_each_part_comes_once_with_what_all_share(machines: Machines) -> None:
    each = subject.Cluster(machines.address)
    try:
        found = dict(each(STEP, iter(parts(40)), "shared"))
    finally:
        each.stop()
    assert found == {number: f"shared {number}" for number in range(40)}


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


def test_a_build_here_loads_nothing_of_it(tmp_path: Path) -> None:
    code = (
        "import sys; from sitegen import build, load_config\n"
        f"build(load_config(flags={{'input': [{str(SAMPLE)!r}], 'output': 'o', 'jobs': 1}}))\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('dask', 'distributed')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=tmp_path, capture_output=True
    )
    assert done.stdout == b"[]\n"


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
