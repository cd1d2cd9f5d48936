"""What lies in an output folder: files by their stat, and of a site below its manifest alone."""

from __future__ import annotations

import os
from pathlib import Path

from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.write.listing import list_files
from sitegen.write.output import open_output


def _site(folder: Path, *paths: str) -> None:
    with open_output(folder) as output:
        for path in paths:
            output.write(OutputFile(path, path.encode()))
        output.publish()


def _listed(folder: Path) -> tuple[set[str], set[str]]:
    files, folders = list_files(lambda at: f"{folder}/{at}", skip=RESERVED)
    return set(files), set(folders)


def test_of_a_site_below_there_is_its_manifest_alone(tmp_path: Path) -> None:
    _site(tmp_path / "out" / "1.0", "index.html", "a/b/index.html")
    _site(tmp_path / "out", "index.html", "deep/index.html")
    os.mkfifo(tmp_path / "out" / "deep" / "pipe")
    files, folders = _listed(tmp_path / "out")
    assert files == {"index.html", "deep/index.html", "deep/pipe", f"1.0/{MANIFEST}"}
    assert folders == {"1.0", "deep"}


def test_a_site_below_stays_as_it_is_whatever_is_built_above(tmp_path: Path) -> None:
    _site(tmp_path / "out" / "1.0", "index.html", "a/index.html")
    for above in (("index.html",), ("index.html", "new.html"), ("other.html",)):
        _site(tmp_path / "out", *above)
        assert (tmp_path / "out" / "1.0" / "a" / "index.html").read_bytes() == b"a/index.html"
        assert _listed(tmp_path / "out")[0] == {*above, f"1.0/{MANIFEST}"}
