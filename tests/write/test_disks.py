"""Disks that are full, mounted, or only to be read."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sitegen.errors import WriteError
from sitegen.model.own_names import MANIFEST
from sitegen.write.output import open_output
from sitegen.write.written import Written
from tests.write.sites import NEW, OLD, build, tree, without_foreign


def test_a_file_size_limit_is_a_write_error_and_the_old_site_stays(old_site: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        with pytest.raises(WriteError, match="ulimit -f"):
            build(old_site, {"big.html": "x" * 10_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert without_foreign(old_site) == OLD


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


def test_nothing_is_left_on_a_disk_that_was_full_before(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "small", "size=256k"):
        folder = tmp_path / "small" / "build"
        build(folder, OLD)
        with (tmp_path / "small" / "fill").open("wb", buffering=0) as fill, suppress(OSError):
            while True:
                fill.write(bytes(4096))
        with pytest.raises(WriteError, match="No space left") as caught:
            build(folder, NEW)
        assert caught.value.exit_code == 4
        assert tree(folder) == OLD
        assert {p.name for p in folder.parent.iterdir()} == {"build", "fill"}


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
