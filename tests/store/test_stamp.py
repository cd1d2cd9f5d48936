"""What our code is known by: its own bytes, which are read again only where a file has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.store import stamp


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """The version of a package of two files, as each process asks for it."""
    package = tmp_path / "package"
    (package / "render").mkdir(parents=True)
    for name in ("build.py", "render/links.py"):
        (package / name).write_text(f"# {name}\n")
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr(stamp, "_PACKAGE", package)
    monkeypatch.setattr(stamp, "_KEPT", tmp_path / "stamp.digest")
    return stamp._own_version.__wrapped__


def test_source_that_nobody_touched_is_not_read_again(
    version: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = version()
    monkeypatch.setattr("builtins.open", None)
    assert version() == first
    (tmp_path / "stamp.digest").unlink()
    with pytest.raises(TypeError):
        version()


def test_what_is_kept_says_the_same_as_the_source(
    version: Callable[[], str], tmp_path: Path
) -> None:
    found = {version(), version()}
    (tmp_path / "stamp.digest").write_text("torn")
    found |= {version()}
    assert len(found) == 1


@pytest.mark.parametrize("name", ["build.py", "render/links.py", "render/new.py"])
def test_an_edited_file_makes_another_version(
    version: Callable[[], str], tmp_path: Path, name: str
) -> None:
    first = version()
    file = tmp_path / "package" / name
    file.write_text("# Build.py\n")
    assert version() != first


def test_another_file_of_one_size_and_time_makes_another_version(
    version: Callable[[], str], tmp_path: Path
) -> None:
    first = version()
    file, new = tmp_path / "package/build.py", tmp_path / "new.py"
    new.write_text("# BUILD.py\n")
    seen = file.stat()
    os.utime(new, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    new.replace(file)
    assert file.stat().st_size == seen.st_size
    assert version() != first
