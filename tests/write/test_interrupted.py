"""Builds at the same time, ended, killed: the old site or the new one, and nobody blocked."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import OutputLockedError
from sitegen.model.own_names import MANIFEST
from sitegen.write.output import open_output
from sitegen.write.written import Written
from tests.write.sites import NEW, OLD, build, without_foreign


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    head = """
        import os, sys, time
        from pathlib import Path
        from sitegen.model import OutputFile
        from sitegen.write.output import open_output
        out = Path(sys.argv[1])
    """
    code = textwrap.dedent(head) + textwrap.dedent(program)
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout
    assert process.stdout.readline().strip() == word


HOLD = """
    with open_output(out) as output:
        output.write(OutputFile("index.html", b"stage"))
        print("ready", flush=True)
        time.sleep(60)
"""


def test_a_second_build_is_told_who_holds_the_lock_and_a_killed_holder_never_blocks(
    old_site: Path,
) -> None:
    with start(HOLD, old_site) as holder:
        wait_for(holder, "ready")
        with pytest.raises(OutputLockedError, match=f"pid {holder.pid}") as caught:
            build(old_site, NEW)
        assert caught.value.exit_code == 1
        assert without_foreign(old_site) == OLD
        assert list(old_site.parent.glob(".build.sitegen-stage-*"))
        holder.kill()
    build(old_site, NEW)
    assert without_foreign(old_site) == NEW


def test_a_lock_is_held_within_one_process_too(old_site: Path) -> None:
    with open_output(old_site), pytest.raises(OutputLockedError):
        build(old_site, NEW)
    build(old_site, NEW)


def test_a_worker_that_outlives_a_killed_build_does_not_keep_its_lock(out: Path) -> None:
    program = """
        with open_output(out):
            if (child := os.fork()) == 0:
                time.sleep(30)
                os._exit(0)
            time.sleep(0.05)
            print(child, flush=True)
            time.sleep(60)
    """
    with start(program, out) as holder:
        assert holder.stdout
        child = int(holder.stdout.readline())
        holder.kill()
        holder.wait()
        try:
            build(out, NEW)
        finally:
            os.kill(child, signal.SIGKILL)


def test_ctrl_c_leaves_the_old_site_and_no_stage(old_site: Path) -> None:
    with start(HOLD, old_site) as process:
        wait_for(process, "ready")
        process.send_signal(signal.SIGINT)
    assert without_foreign(old_site) == OLD


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_a_build_again_while_it_tidies_up_leaves_no_stage(
    old_site: Path, number: signal.Signals
) -> None:
    program = """
        import signal
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # as we do
        signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs this may ignore it
        def again(event, arguments):
            if event in {"os.remove", "shutil.rmtree"} and len(heard) < 2:
                heard.append(event)
                os.kill(os.getpid(), int(sys.argv[2]))
        heard = []
        with open_output(out) as output:
            output.write(OutputFile("index.html", b"stage"))
            sys.addaudithook(again)
            os.kill(os.getpid(), int(sys.argv[2]))
    """
    with start(program, old_site, int(number)) as process:
        assert process.wait(60) != 0
    assert without_foreign(old_site) == OLD
    assert not list(old_site.parent.glob(".build.sitegen-*"))


BUILDS = """
    turn = 0
    print("ready", flush=True)
    while True:
        turn += 1
        with open_output(out) as output:
            for n in range(40):
                output.write(OutputFile(f"{n % 5}/{n}.html", f"{turn}".encode()))
            output.write(OutputFile(f"only/{turn}.css", f"{turn}".encode()))
            output.publish()
"""


@pytest.mark.integration
def test_killed_builds_leave_the_old_or_the_new_site(old_site: Path) -> None:
    by_exchange = not (old_site / "CNAME").exists()
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    for _ in range(9):
        with start(BUILDS, old_site) as process:
            wait_for(process, "ready")
            time.sleep(chance.uniform(0.0, 0.03))
            process.kill()
        if by_exchange:
            assert_whole(old_site)
        with open_output(old_site):
            assert_whole(old_site)
        manifest = json.loads((old_site / MANIFEST).read_text())["files"]
        assert set(manifest) == set(without_foreign(old_site))
    build(old_site, NEW)
    assert without_foreign(old_site) == NEW


def assert_whole(folder: Path) -> None:
    site = without_foreign(folder)
    if site != OLD:
        assert len(site) == 41
        assert len(set(site.values())) == 1


@pytest.mark.parametrize("done", range(6))
def test_a_build_killed_at_any_step_of_its_commit_is_finished_by_the_next(
    out: Path, done: int
) -> None:
    build(out, OLD)
    (out / "CNAME").write_text("theirs")
    commit = out.parent / ".build.sitegen-commit-0123abcd"
    build(commit, NEW)
    (commit / "style.css").unlink()  # equal files are not staged
    steps: list[Callable[[], object]] = [
        (out / "c").mkdir,
        lambda: (commit / "c/page.html").rename(out / "c/page.html"),
        lambda: (commit / "index.html").rename(out / "index.html"),
        (out / "a/b/page.html").unlink,
        lambda: (commit / MANIFEST).rename(out / MANIFEST),
    ]
    for step in steps[:done]:
        step()
    with open_output(out):
        pass
    assert without_foreign(out) == NEW
    assert build(out, NEW) == Written(added=0, changed=0, unchanged=3, removed=0, bytes=10)


def test_leftovers_are_removed_by_name_and_links_are_not_followed(
    old_site: Path, tmp_path: Path
) -> None:
    beside = old_site.parent
    (beside / ".build.sitegen-stage-0123abcd" / "a").mkdir(parents=True)
    theirs = [beside / ".build.sitegen-stage-mine", beside / ".other.sitegen-stage-0123abcd"]
    for folder in theirs:
        folder.mkdir()
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "file").write_text("alive")
    link = beside / ".build.sitegen-stage-ffffffff"
    link.symlink_to(tmp_path / "victim")
    build(old_site, NEW)
    assert not (beside / ".build.sitegen-stage-0123abcd").exists()
    assert all(folder.exists() for folder in theirs)
    assert (tmp_path / "victim" / "file").exists()
    link.unlink()
    for folder in theirs:
        folder.rmdir()
