"""Power cuts: files with the right names that are empty, cut or hold zeros; a build heals them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.model.own_names import MANIFEST
from tests.clean_builds import config, tree
from tests.examples import some

Tear = Callable[[bytes], bytes]
TEARS: dict[str, Tear] = {
    "empty": lambda _: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "zeros": lambda data: bytes(len(data)),
    "half zeros": lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
}


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Path]:
    """A project that was built, and a clean build of it beside; nothing is left but these."""
    for number in range(3):
        (tmp_path / f"docs/p{number}.md").parent.mkdir(exist_ok=True)
        (tmp_path / f"docs/p{number}.md").write_text(f"# Page {number}\n\nText {number}.\n")
    (tmp_path / "sitegen.toml").write_text('input = "docs"\n')
    for output, more in (("out", {}), ("clean", {"cache": False})):
        build(config(tmp_path, output, search="headings", **more))
    yield tmp_path
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"docs", "sitegen.toml", "out", "clean", ".sitegen"}


def heals(folder: Path, edit: bool) -> None:
    """Build the same, or with a page that was edited meanwhile; compare with a clean build."""
    if edit:
        (folder / "docs/p1.md").write_text("# Page 1\n\nOther text.\n")
        build(config(folder, "clean", search="headings", cache=False, clean=True))
    build(config(folder, search="headings"))
    whole, found = tree(folder / "clean"), tree(folder / "out")
    if edit:  # of an old text, what is torn cannot be told from what somebody edited
        found = {path: data for path, data in found.items() if ".sitegen-kept" not in path}
    assert found == whole
    assert build(config(folder, search="headings")).report["files"]["changed"] == 0


@pytest.mark.integration
@pytest.mark.parametrize(("how", "edit"), some([*product(TEARS, (False, True))], least=4))
def test_each_file_of_a_site_and_its_state_that_was_torn_is_healed(
    built: Path, how: str, edit: bool
) -> None:
    files = [path for top in ("out", ".sitegen") for path in (built / top).rglob("*")]
    kinds = {(path.suffix, path.name == MANIFEST): path for path in files if path.is_file()}
    assert len(kinds) >= 11
    for file in kinds.values():
        if file.is_file():
            file.write_bytes(TEARS[how](file.read_bytes()))
            heals(built, edit)


@pytest.mark.parametrize("tear", TEARS.values(), ids=TEARS)
def test_all_of_a_site_and_its_state_that_were_torn_at_once_are_healed(
    built: Path, tear: Tear
) -> None:
    for file in [path for top in ("out", ".sitegen") for path in (built / top).rglob("*")]:
        if file.is_file():
            file.write_bytes(tear(file.read_bytes()))
    heals(built, edit=False)


@pytest.mark.integration
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.parametrize(
    ("target", "calls"),
    [
        ("file://{}/www", ["syncfs", "renameat", "syncfs"]),
        ("zip:site.zip", ["fsync", "rename", "fsync"]),
    ],
)
def test_what_is_published_here_is_on_the_disk_before_and_after_it_goes_live(
    built: Path, tmp_path_factory: pytest.TempPathFactory, target: str, calls: list[str]
) -> None:
    away = tmp_path_factory.mktemp("away")
    for text in ("first", "second"):
        (built / "docs/p1.md").write_text(f"# Page 1\n\nThe {text} text.\n")
        build(config(built, search="headings"))
        names = "trace=fsync,syncfs,rename,renameat,renameat2"
        publish = [sys.executable, "-m", "sitegen", "publish", target.format(away), "--site"]
        traced = subprocess.run(
            ["strace", "-qq", "-e", names, "-o", away / "trace", *publish, built / "out"],
            cwd=away,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=False,
        )
        assert traced.returncode == 0, traced.stderr
        lines = (away / "trace").read_text().splitlines()
        own = [line for line in lines if ".pyc" not in line and ".json" not in line]
        assert [re.split(r"2?\(", line)[0] for line in own] == calls, lines
