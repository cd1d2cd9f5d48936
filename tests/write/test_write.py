"""The last stage: what is on the disk after builds that end well, badly, or not at all."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.errors import OutputLockedError, OutputRefusedError, PlanError, WriteError
from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST
from sitegen.store.stat import Stat
from sitegen.write.manifest import Entry, dump_manifest
from sitegen.write.output import Written, open_output
from sitegen.write.tree import Tree

OLD = {"index.html": "old", "a/b/page.html": "old", "style.css": "same"}
NEW = {"index.html": "new", "c/page.html": "new", "style.css": "same"}


def build(folder: Path, files: Mapping[str, str], **options: object) -> Written:
    with open_output(folder, **options) as output:  # type: ignore[arg-type]
        for path, text in files.items():
            output.write(OutputFile(path, text.encode()))
        written = output.publish()
        # However the site went live, what the next build trusts is what lies there.
        assert output.signatures() == ({} if written.kept else signatures(folder))
        return written


def signatures(folder: Path) -> dict[str, Stat | None]:
    found: dict[str, Stat | None] = {}
    for path in folder.rglob("*"):
        name, info = path.relative_to(folder).as_posix(), path.lstat()
        if not (name.startswith(".sitegen-") or stat.S_ISDIR(info.st_mode)):
            is_file = stat.S_ISREG(info.st_mode)
            found[name] = Stat.from_info(info) if is_file else None
    return found


def tree(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != MANIFEST
    }


def identities(folder: Path) -> dict[Path, tuple[int, int]]:
    paths = [folder, *folder.rglob("*")]
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """An output folder that does not exist yet; nothing may be left beside it."""
    folder = tmp_path / "work" / "build"
    yield folder
    assert [p.name for p in folder.parent.glob("*")] in ([], ["build"])
    assert not list(folder.glob(".sitegen-[!m]*"))


@pytest.fixture(params=["exchange", "per file"])
def old_site(out: Path, request: pytest.FixtureRequest) -> Path:
    """A site whose folder can be swapped as a whole, and one where a foreign file forbids it."""
    build(out, OLD)
    if request.param == "per file":
        (out / "CNAME").write_text("theirs")
    return out


def without_foreign(folder: Path) -> dict[str, str]:
    return {path: text for path, text in tree(folder).items() if path != "CNAME"}


# --- builds that end well


def test_a_first_build_writes_the_site_with_the_modes_of_the_umask(out: Path) -> None:
    before = os.umask(0o027)
    try:
        written = build(out, OLD)
    finally:
        os.umask(before)
    assert tree(out) == OLD
    assert written == Written(added=3, changed=0, unchanged=0, removed=0, bytes=10)
    modes = {stat.S_IMODE(p.stat().st_mode) for p in (out, *out.rglob("*")) if p.is_dir()}
    assert modes == {0o750}
    assert {stat.S_IMODE(p.stat().st_mode) for p in out.rglob("*") if p.is_file()} == {0o640}


def test_a_second_build_replaces_adds_and_removes_and_leaves_equal_files_alone(
    old_site: Path,
) -> None:
    before = identities(old_site)[old_site / "style.css"]
    written = build(old_site, NEW)
    assert without_foreign(old_site) == NEW
    assert written == Written(added=1, changed=1, unchanged=1, removed=1, bytes=10)
    assert identities(old_site)[old_site / "style.css"] == before
    assert not (old_site / "a").exists()


def test_a_build_that_changes_nothing_touches_nothing(old_site: Path) -> None:
    before = identities(old_site)
    written = build(old_site, OLD)
    assert written == Written(added=0, changed=0, unchanged=3, removed=0, bytes=10)
    assert identities(old_site) == before


def test_a_clean_build_writes_every_file_anew(old_site: Path) -> None:
    before = identities(old_site)[old_site / "style.css"]
    assert build(old_site, OLD, clean=True).changed == 3
    assert identities(old_site)[old_site / "style.css"] != before


def test_a_file_may_become_a_folder_and_a_folder_a_file(old_site: Path) -> None:
    build(old_site, {"x": "file", "y/z/deep.html": "old"})
    (old_site / "y/empty").mkdir()
    build(old_site, {"x/page.html": "new", "y": "file"})
    assert without_foreign(old_site) == {"x/page.html": "new", "y": "file"}


def test_an_existing_empty_folder_is_taken_and_keeps_its_mode(out: Path) -> None:
    out.mkdir(parents=True)
    out.chmod(0o2775)
    build(out, OLD)
    assert tree(out) == OLD
    assert stat.S_IMODE(out.stat().st_mode) == 0o2775


def test_a_deleted_file_comes_back(old_site: Path) -> None:
    (old_site / "style.css").unlink()
    build(old_site, OLD)
    assert without_foreign(old_site) == OLD


def test_the_manifest_depends_on_the_files_alone(tmp_path: Path) -> None:
    build(tmp_path / "one", OLD)
    build(tmp_path / "two", dict(reversed(OLD.items())))
    one = (tmp_path / "one" / MANIFEST).read_bytes()
    assert one == (tmp_path / "two" / MANIFEST).read_bytes()
    files = json.loads(one)["files"]
    assert list(files) == sorted(OLD)
    assert files["style.css"]["size"] == 4
    assert files["style.css"]["sha256"].startswith("0967115f")


def test_a_folder_that_was_moved_still_knows_its_files(out: Path, tmp_path: Path) -> None:
    build(out, OLD)
    moved = out.rename(tmp_path / "moved")
    assert build(moved, NEW).removed == 1
    assert tree(moved) == NEW


def test_many_folders_need_few_descriptors(out: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    in_use = len(list(Path("/proc/self/fd").iterdir()))
    resource.setrlimit(resource.RLIMIT_NOFILE, (in_use + 48, limits[1]))
    try:
        files = {f"{n % 7}/{n}/deep/index.html": str(n) for n in range(200)}
        build(out, files)
        build(out, files | {"0/0/deep/index.html": "changed"})
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert len(tree(out)) == 200


# --- builds that end badly


@pytest.mark.parametrize("end", [RuntimeError, KeyboardInterrupt])
def test_leaving_without_publishing_leaves_the_old_site(
    old_site: Path, end: type[BaseException]
) -> None:
    before = identities(old_site)

    def interrupted() -> None:
        with open_output(old_site) as output:
            output.write(OutputFile("index.html", b"new"))
            output.write(OutputFile("new/page.html", b"new"))
            raise end

    with pytest.raises(end):
        interrupted()
    assert identities(old_site) == before


@pytest.mark.parametrize(
    "path",
    [
        *("", "/etc/x", "../x", "a/../../x", "a//b", "./a", "a/.", "a\\b", "a\0b", "a/"),
        *(".git/config", "a/.GIT/hooks", MANIFEST, ".sitegen-lock", "\ud800.html"),
    ],
)
def test_a_path_that_is_not_plainly_inside_is_a_bug(out: Path, path: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - UnicodeEncodeError is one
        build(out, {path: ""})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.html", "A.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
        ("a", "a/b.html"),
        ("A/b/c.html", "a"),
        ("Straße/x", "strasse"),
    ],
)
def test_two_files_for_one_path_are_refused_with_both_named(
    old_site: Path, one: str, other: str
) -> None:
    with pytest.raises(PlanError) as caught:
        build(old_site, {one: "1", other: "2"})
    assert repr(one) in caught.value.message
    assert repr(other) in caught.value.message
    with pytest.raises(PlanError):
        build(old_site, {other: "2", one: "1"})
    assert without_foreign(old_site) == OLD


def test_a_name_that_is_too_long_is_a_write_error_with_the_path(old_site: Path) -> None:
    with pytest.raises(WriteError, match="shorter name") as caught:
        build(old_site, {"x" * 300: ""})
    assert caught.value.exit_code == 4
    assert "xxx" in caught.value.location.file
    assert without_foreign(old_site) == OLD


def test_a_file_size_limit_is_a_write_error_and_the_old_site_stays(old_site: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        with pytest.raises(WriteError, match="ulimit -f"):
            build(old_site, {"big.html": "x" * 10_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert without_foreign(old_site) == OLD


# --- folders that are not ours


def test_dangerous_folders_are_refused_and_nothing_in_them_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "home" / "project"
    (project / "docs").mkdir(parents=True)
    (project / "docs" / "page.md").write_text("precious")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    (tmp_path / "file").write_text("precious")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(project)
    before = identities(tmp_path)
    for folder, reason in {
        Path("/"): "root of the file system",
        tmp_path: "home",
        tmp_path / "home": "home",
        Path(): "the folder you are in",
        Path(".."): "home",
        tmp_path / "empty" / "..": "home",
        project / "docs": "page.md",
        project / "docs" / "page.md": "not a folder",
        tmp_path / "repository": "git repository",
        tmp_path / "link": "symbolic link",
        tmp_path / "file": "not a folder",
    }.items():
        with pytest.raises(OutputRefusedError, match=reason) as caught:
            build(folder, OLD, protect=[project / "docs" / "page.md"], clean=True)
        assert caught.value.exit_code == 2
        assert "--output" in caught.value.help
    assert identities(tmp_path) == before


def test_a_folder_with_files_but_without_manifest_is_refused_with_some_named(out: Path) -> None:
    out.mkdir(parents=True)
    for name in "abcde":
        (out / name).write_text("theirs")
    with pytest.raises(OutputRefusedError, match="a, b, c and 2 more"):
        build(out, OLD)
    assert set(tree(out)) == set("abcde")


def test_foreign_files_survive_with_their_inodes(out: Path) -> None:
    build(out, OLD)
    (out / "a/b/notes.txt").write_text("theirs")
    (out / "link").symlink_to("/nonexistent")
    before = identities(out / "a/b")[out / "a/b/notes.txt"]
    build(out, NEW)
    assert identities(out / "a/b")[out / "a/b/notes.txt"] == before
    assert tree(out) == NEW | {"a/b/notes.txt": "theirs"}
    assert (out / "link").is_symlink()


@pytest.mark.parametrize("foreign", ["page.html", "page.html/x", "docs", "PAGE.html"])
def test_a_foreign_file_in_the_way_is_named_and_wins(out: Path, foreign: str) -> None:
    build(out, OLD)
    (out / foreign).parent.mkdir(exist_ok=True)
    (out / foreign).write_text("theirs")
    with pytest.raises(WriteError, match="not a file of sitegen") as caught:
        build(out, {"page.html": "new", "docs/index.html": "new"})
    assert caught.value.location.file.endswith(foreign)
    assert tree(out) == OLD | {foreign: "theirs"}


def test_an_edited_page_is_kept_beside_its_new_version(old_site: Path) -> None:
    for turn, kept in enumerate(["index.html.sitegen-kept", "index.html.sitegen-kept-2"]):
        (old_site / "index.html").write_text(f"edit {turn}")
        assert build(old_site, {"index.html": f"new {turn}"}).kept == (kept,)
        assert (old_site / kept).read_text() == f"edit {turn}"
        assert (old_site / "index.html").read_text() == f"new {turn}"
    assert build(old_site, {"index.html": "new 1"}).kept == ()


def test_an_edited_page_that_is_stale_stays(old_site: Path) -> None:
    (old_site / "a/b/page.html").write_text("edit")
    written = build(old_site, NEW)
    assert (written.removed, written.kept) == (0, ("a/b/page.html",))
    assert without_foreign(old_site) == NEW | {"a/b/page.html": "edit"}


def test_an_edited_page_that_gives_way_to_a_folder_is_set_aside(old_site: Path) -> None:
    build(old_site, {"a": "old"})
    (old_site / "a").write_text("edit")
    assert build(old_site, {"a/index.html": "new"}).kept == ("a.sitegen-kept",)
    assert (old_site / "a.sitegen-kept").read_text() == "edit"


def test_a_page_that_was_replaced_by_a_link_is_foreign(old_site: Path) -> None:
    for path in ("index.html", "a/b/page.html"):
        (old_site / path).unlink()
        (old_site / path).symlink_to("/nonexistent")
    with pytest.raises(WriteError, match="not a file of sitegen"):
        build(old_site, NEW)
    (old_site / "index.html").unlink()
    build(old_site, NEW)
    assert without_foreign(old_site) == NEW
    assert (old_site / "a/b/page.html").is_symlink()


def test_an_edit_that_the_new_site_agrees_with_is_no_edit(old_site: Path) -> None:
    (old_site / "index.html").write_text("new")
    assert build(old_site, NEW).kept == ()
    assert without_foreign(old_site) == NEW


@pytest.mark.parametrize("path", ["index.html", "style.css", "a/b/page.html"])
def test_an_edit_during_the_build_is_not_overwritten(old_site: Path, path: str) -> None:
    def edited_meanwhile() -> None:
        with open_output(old_site) as output:
            for name, text in NEW.items():
                output.write(OutputFile(name, text.encode()))
            (old_site / path).write_text("edit during the build")
            output.publish()

    with pytest.raises(WriteError, match="build again"):
        edited_meanwhile()
    assert without_foreign(old_site) == OLD | {path: "edit during the build"}


def test_an_edit_while_the_site_goes_live_is_looked_at_by_the_next_build(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(out, OLD)
    link = Tree.link

    def edited(self: Tree, path: str, target: Tree) -> None:
        link(self, path, target)
        (out / path).write_text("edited by hand")

    monkeypatch.setattr(Tree, "link", edited)
    with open_output(out) as output:
        for name, text in NEW.items():
            output.write(OutputFile(name, text.encode()))
        output.publish()
        assert output.signatures() == {}


def test_an_output_folder_that_becomes_a_link_during_the_build_is_not_followed(
    out: Path, tmp_path: Path
) -> None:
    build(out, OLD)
    (tmp_path / "victim").mkdir()

    def flipped() -> None:
        with open_output(out) as output:
            output.write(OutputFile("index.html", b"new"))
            out.rename(tmp_path / "away")
            out.symlink_to(tmp_path / "victim")
            output.publish()

    with pytest.raises(WriteError, match="replaced"):
        flipped()
    assert not list((tmp_path / "victim").iterdir())
    assert tree(tmp_path / "away") == OLD


def test_a_user_without_a_home_can_build(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/")
    build(Path("work/build"), OLD)
    assert tree(out) == OLD


# --- manifests that lie


@pytest.mark.parametrize(
    "path", ["../canary", "/canary", "a/../../canary", "..\\canary", "a//canary", MANIFEST]
)
def test_a_manifest_that_leads_outside_is_refused(out: Path, path: str) -> None:
    build(out, OLD)
    canary = out.parent.parent / "canary"
    canary.write_text("alive")
    (out / MANIFEST).write_bytes(dump_manifest({path: Entry.of(b"alive")}))
    with pytest.raises(OutputRefusedError, match="damaged"):
        build(out, NEW)
    assert canary.read_text() == "alive"
    assert tree(out) == OLD


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{", '{"version":1,"files":[]}', '{"version":2,"files":{}}', "\xff"),
        *("[" * 10**5, '{"version":1,"files":{"a":{"sha256":1,"size":1}}}'),
    ],
    ids=range(8),
)
def test_a_damaged_manifest_is_refused(out: Path, text: str) -> None:
    build(out, OLD)
    (out / MANIFEST).write_text(text, encoding="latin-1")
    with pytest.raises(OutputRefusedError, match="damaged"):
        build(out, NEW)
    assert tree(out) == OLD


def test_a_listed_folder_that_became_a_link_is_not_entered(out: Path, tmp_path: Path) -> None:
    build(out, OLD)
    (out / "a/b").rename(tmp_path / "victim")
    (out / "a/b").symlink_to(tmp_path / "victim")
    build(out, NEW)
    assert tree(tmp_path / "victim") == {"page.html": "old"}
    with pytest.raises(WriteError, match="a/b"):
        build(out, OLD)


def test_only_hash_equal_files_are_deleted_whatever_the_manifest_lists(out: Path) -> None:
    build(out, OLD)
    (out / "diary.txt").write_text("theirs")
    (out / MANIFEST).write_bytes(dump_manifest({"diary.txt": Entry.of(b"other")}))
    with pytest.raises(WriteError):
        build(out, NEW)
    build(out, {"x.html": "new"})
    assert (out / "diary.txt").read_text() == "theirs"


# --- two builds, killed builds


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


# --- disks that are full, small or read-only


@contextmanager
def tmpfs(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small file system")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("options", ["size=256k", "nr_inodes=20"])
def test_a_full_disk_is_a_write_error_and_the_old_site_stays(tmp_path: Path, options: str) -> None:
    with tmpfs(tmp_path / "small", options):
        folder = tmp_path / "small" / "build"
        build(folder, OLD)
        big = {f"{n}.html": "x" * 90_000 for n in range(30)}
        with pytest.raises(WriteError, match=r"No space left.* about . MB.*old site") as caught:
            build(folder, big)
        assert caught.value.exit_code == 4
        assert tree(folder) == OLD
        assert [p.name for p in folder.parent.iterdir()] == ["build"]


def test_a_folder_that_is_a_file_system_of_its_own_is_staged_inside(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "build", "size=1m"):
        build(tmp_path / "build", OLD)
        (tmp_path / "build/.sitegen-stage-0123abcd").mkdir()
        written = build(tmp_path / "build", NEW)
        assert written == Written(added=1, changed=1, unchanged=1, removed=1, bytes=10)
        assert tree(tmp_path / "build") == NEW
        hidden = [path.name for path in (tmp_path / "build").glob(".*")]
        assert hidden == [MANIFEST]


def test_a_folder_below_a_read_only_one_is_staged_inside(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "above", "size=1m"), tmpfs(tmp_path / "above/build", "size=1m"):
        subprocess.run(["mount", "-o", "remount,ro", tmp_path / "above"], check=True)
        build(tmp_path / "above/build", OLD)
        build(tmp_path / "above/build", NEW)
        assert tree(tmp_path / "above/build") == NEW


def test_a_read_only_folder_within_the_site_is_found_out_before_rendering(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    build(folder, OLD)
    with tmpfs(tmp_path / "disk", "size=1m"):
        (tmp_path / "disk" / "page.html").write_text("old")
        subprocess.run(["mount", "--bind", tmp_path / "disk", folder / "a/b"], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", folder / "a/b"], check=True)
        try:
            with pytest.raises(WriteError, match="'a/b' in it is not writable"):
                build(folder, NEW)
        finally:
            subprocess.run(["umount", folder / "a/b"], check=True)
    assert tree(folder) == OLD
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.parametrize("exists", [True, False])
def test_a_read_only_disk_is_found_out_before_anything_is_rendered(
    tmp_path: Path, exists: bool
) -> None:
    with tmpfs(tmp_path / "disk", "size=1m"):
        folder = tmp_path / "disk" / "build"
        if exists:
            build(folder, OLD)
        subprocess.run(["mount", "-o", "remount,ro", tmp_path / "disk"], check=True)
        with pytest.raises(WriteError) as caught, open_output(folder):
            pytest.fail("rendering began")
        assert caught.value.exit_code == 4
        assert "--output" in caught.value.help
