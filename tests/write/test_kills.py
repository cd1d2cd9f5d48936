"""Builds, previews and publications that are killed: the site is the old or the new one.

The next run makes it the new one, whatever the killed one left behind.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples import some, times

pytestmark = pytest.mark.heavy

SITEGEN = [sys.executable, "-m", "sitegen"]
PAGES = 40
KILLS = times(25)  # at random moments, of each command
Tree = dict[str, bytes]


def rows(word: str) -> str:
    """A dataset whose pages all say the word; another word gives other pages too."""
    texts = {f"docs/{word}-{n}.md" if n % 8 == 0 else f"docs/p{n}.md": n for n in range(PAGES)}
    return "".join(
        json.dumps({"text": f"# Page {n}\n\nSays {word}.", "source": source}) + "\n"
        for source, n in texts.items()
    )


def tree(folder: Path) -> Tree:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "CNAME"
    }


def started(folder: Path, *command: str, before: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    nothing = subprocess.DEVNULL
    return subprocess.Popen(
        [*before, *SITEGEN, *command], cwd=folder, stdout=nothing, stderr=nothing,
        start_new_session=True,
    )  # fmt: skip


def done(folder: Path, *command: str) -> None:
    assert started(folder, *command).wait(60) == 0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose site was built and published with the old rows, before they changed."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "sitegen.toml").write_text(
        'input = "rows.jsonl"\nsearch = "headings"\n'
        f'[publish]\ntarget = "{tmp_path.as_uri()}/www"\n'
    )
    (folder / "rows.jsonl").write_text(rows("old"))
    done(folder, "build")
    done(folder, "publish")
    (folder / "rows.jsonl").write_text(rows("new"))
    return folder


@pytest.fixture
def new(project: Path, tmp_path: Path) -> Tree:
    """What a clean build of the new rows gives."""
    done(project, "build", "-o", str(tmp_path / "clean"), "--no-cache")
    return tree(tmp_path / "clean")


def killed_at_each_rename(folder: Path, *command: str) -> Iterator[None]:
    """Kill a command at a rename, and at a later one, until it comes to its end.

    Where files move one by one, there is a rename for each: some of them are tried.
    """
    if not shutil.which("strace"):
        pytest.skip("there is no strace here")
    for number in (*range(1, 6), *some(range(6, 400, 23), least=3)):
        inject = f"--inject=rename,renameat,renameat2:signal=KILL:when={number}"
        trace = ("strace", "-qq", "-o", os.devnull, "--trace=rename,renameat,renameat2", inject)
        if started(folder, *command, before=trace).wait(120) == 0:
            return
        yield


def killed_at_random(folder: Path, *command: str, times: int) -> Iterator[None]:
    """Kill a command so many times, at moments between its beginning and its end."""
    began = time.monotonic()
    copied = folder.with_name("timed")
    shutil.copytree(folder, copied)
    started(copied, *command).wait(60)
    length = time.monotonic() - began
    chance = random.Random(11)  # noqa: S311 - moments, not secrets
    for _ in range(times):
        process = started(folder, *command)
        time.sleep(chance.uniform(0.1, 1.0) * length)
        process.kill()
        process.wait()
        yield


def assert_one_of(found: Tree, *sites: Tree) -> None:
    assert any(found == site for site in sites), sorted(found)


def assert_nothing_beside(site: Path) -> None:
    """See that nothing is left of what was killed, beside a site or in the state folder."""
    beside = [path.name for path in site.parent.iterdir()]
    assert not [name for name in beside if "sitegen-" in name or ".draft" in name], beside
    state = site.parent / "project" / ".sitegen"
    for folder in (site.parent / ".sitegen", state):
        assert not [*folder.glob(".*.draft")]


@pytest.mark.parametrize("kills", ["renames", "random"])
@pytest.mark.parametrize("with_theirs", [False, True])
def test_a_killed_build_leaves_the_old_or_the_new_site(
    project: Path, new: Tree, *, with_theirs: bool, kills: str
) -> None:
    out = project / "build"
    if with_theirs:  # it cannot be swapped as a whole then: the next run completes it
        (out / "CNAME").write_text("docs.example.org")
    old, saved = tree(out), project.with_name("saved")
    shutil.copytree(project, saved)
    moments = (
        killed_at_each_rename(project, "build")
        if kills == "renames"
        else killed_at_random(project, "build", times=KILLS)
    )
    count = 0
    for _ in moments:
        count += 1
        if not with_theirs:
            assert_one_of(tree(out), old, new)
        done(project, "build")
        assert tree(out) == new
        assert (out / "CNAME").exists() is with_theirs
        assert_nothing_beside(out)
        shutil.rmtree(project)
        shutil.copytree(saved, project)
    assert count


@pytest.mark.parametrize("kills", ["renames", "random"])
def test_a_killed_publication_leaves_the_old_or_the_new_site(
    project: Path, new: Tree, tmp_path: Path, kills: str
) -> None:
    www = tmp_path / "www"
    old, saved = tree(www), tmp_path / "saved-www"
    done(project, "build")
    shutil.copytree(www, saved)
    shutil.copytree(project, tmp_path / "saved")  # it knows what it has published
    moments = (
        killed_at_each_rename(project, "publish")
        if kills == "renames"
        else killed_at_random(project, "publish", times=KILLS)
    )
    for _ in moments:
        assert_one_of(tree(www), old, new, tree(project / "build"))
        done(project, "publish")
        assert tree(www) == tree(project / "build")
        assert_nothing_beside(www)
        for place, copy in ((www, saved), (project, tmp_path / "saved")):
            shutil.rmtree(place)
            shutil.copytree(copy, place)


def test_a_killed_archive_leaves_the_old_or_the_new_one(project: Path, tmp_path: Path) -> None:
    target, archive = ("publish", f"zip:{tmp_path}/site.zip"), tmp_path / "site.zip"
    done(project, *target)
    done(project, "build")
    old, saved = archive.read_bytes(), tmp_path / "saved"
    shutil.copytree(project, saved)
    done(project, *target)
    new = archive.read_bytes()
    for _ in killed_at_random(project, *target, times=KILLS):
        assert archive.read_bytes() in {old, new}
        done(project, *target)
        assert archive.read_bytes() == new
        assert_nothing_beside(archive)
        archive.write_bytes(old)
        shutil.rmtree(project)
        shutil.copytree(saved, project)


def test_a_killed_preview_leaves_what_the_next_one_and_a_build_can_use(
    project: Path, new: Tree
) -> None:
    chance = random.Random(13)  # noqa: S311 - as above
    for turn in range(10):
        process = started(project, "serve", "--port", "0")
        time.sleep(chance.uniform(0.3, 1.5))
        for edit in range(3):
            (project / "rows.jsonl").write_text(rows(f"edit-{turn}-{edit}"))
            time.sleep(chance.uniform(0.0, 0.4))
        process.kill()
        process.wait()
    (project / "rows.jsonl").write_text(rows("new"))
    done(project, "build")
    assert tree(project / "build") == new
