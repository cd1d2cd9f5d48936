"""The last stage: what is on the disk after a build."""

from __future__ import annotations

import json
import os
import resource
import stat
from pathlib import Path

import pytest

from sitegen.errors import PlanError, WriteError
from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST
from sitegen.write.output import open_output
from sitegen.write.written import Written
from tests.write.sites import NEW, OLD, build, identities, tree, without_foreign


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
