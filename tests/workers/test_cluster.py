"""A build on a cluster: the same bytes as one that is made here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster import Machines
from tests.s3 import S3
from tests.web import Web, served
from tests.workers.on_a_cluster import SAMPLE, STEP, built, parts, tree, wait_for_work

pytest.importorskip("distributed", reason="needs the extra `cluster`")

from sitegen.workers import cluster as subject

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.integration]  # the library's own


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
