"""Pages that a version has in common with the one before: taken from there, under its own name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.build import build
from sitegen.config import Config
from tests.pipeline.of_versions import configured, write

MARK = '<a class="sg-version" href="../../versions.html" data-version="1.0">1.0</a>'
BOTH = {
    "index.md": "# Start\n\nVersion 1.0 and 2.0, `1.0`.\n",
    "a/same.md": "# Same\n\nA text.\n",
    "a/marked.md": f"# Marked\n\n{MARK}\n\n```html\n{MARK}\n```\n",
    "a/deep/hindi.md": "---\nlanguage: de\n---\n# Seite\n\nEin Text.\n",
    "a/chunk.md": "# Chunk\n\n## 1.0\n\nWhat is new in 1.0.\n",
}
PAGES = {
    "1.0": BOTH | {"a/edited.md": "# Edited\n\nOne.\n"},
    "2.0": BOTH | {"a/edited.md": "# Edited\n\nTwo.\n"},
}
OVERRIDE = '{% extends "sitegen/base.html" %}{% block versions %}<b>{{ version.name }}</b>'
SETTINGS = {
    "plain": "",
    "tools": 'theme.open_in = { Tool = "https://t.org/?u={url}" }',
    "print": "feeds.print_page = true",
    "checks": "check.page = true",
    "no twins": "feeds.markdown = false",
    "own": 'theme.templates = "own"',
}


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _both(folder: Path, top: str = "") -> Config:
    write(folder, PAGES)
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own/base.html").write_text(f"{OVERRIDE}{{% endblock %}}")
    return configured(folder, "2.0", "1.0", top=top)


@pytest.mark.integration
@pytest.mark.parametrize("top", SETTINGS.values(), ids=SETTINGS)
def test_they_are_what_a_build_makes_that_remembers_nothing(top: str, tmp_path: Path) -> None:
    config = _both(tmp_path, top)
    build(config)
    clean = replace(config, output=tmp_path / "clean", cache=False)
    build(clean)
    assert _files(config.output) == _files(clean.output)


def test_a_page_that_is_the_same_is_not_laid_out_again(tmp_path: Path) -> None:
    config = _both(tmp_path)
    build(config, ("1.0",))
    there = config.output / "1.0/a/same/index.html"
    before = there.stat()
    there.write_bytes(there.read_bytes().replace(b"A text.", b"A TEXT."))
    os.utime(there, ns=(before.st_mtime_ns, before.st_mtime_ns))
    build(config, ("2.0",))
    taken = (config.output / "2.0/a/same/index.html").read_text()
    assert "A TEXT." in taken, "what cannot be told from the page that was built is taken for it"
    assert 'data-version="2.0"' in taken
    assert 'data-version="1.0"' not in taken


def test_a_page_that_somebody_has_touched_is_not_taken(tmp_path: Path) -> None:
    config = _both(tmp_path)
    build(config, ("1.0",))
    there = config.output / "1.0/a/same/index.html"
    there.write_text(there.read_text() + "<!-- mine -->")
    (config.output / "1.0/a/chunk/index.html").unlink()
    build(config, ("2.0",))
    assert "mine" not in (config.output / "2.0/a/same/index.html").read_text()
    assert "What is new in 1.0." in (config.output / "2.0/a/chunk/index.html").read_text()


@pytest.mark.integration
def test_a_version_that_is_called_otherwise_says_so_on_each_page(tmp_path: Path) -> None:
    config = _both(tmp_path)
    build(config)
    new = tuple(replace(each, name=f"v{each.name}", address=each.name) for each in config.versions)
    build(replace(config, versions=new))
    for version in ("1.0", "2.0"):
        for page in ("", "a/same/", "a/edited/", "a/deep/hindi/", "404.html"):
            file = config.output / version / page
            text = (file / "index.html" if file.is_dir() else file).read_text()
            assert f'data-version="v{version}"' in text


READER = """
import os
import subprocess
import sys
from sitegen.extension import Extension
from sitegen.read.columns.mapping import Column
from sitegen.read.rows import Table

def open_table(stream, file):
    cells = {"text": f"# Read by {os.getpid()}", "source": "index.md"}
    return Table([*map(Column, cells)], lambda columns: [[[cells[c.name]] for c in columns]])

extension = Extension("pid", "1", readers={".pid": open_table})
"""


@pytest.mark.integration
def test_one_process_reads_all_versions(tmp_path: Path) -> None:
    (tmp_path / "reader.py").write_text(READER)
    listed = "".join(
        f'[[versions]]\nname = "{name}"\ninput = "{name}.pid"\n' for name in ("2.0", "1.0")
    )
    (tmp_path / "sitegen.toml").write_text(f'output = "site"\njobs = 1\n{listed}')
    for name in ("1.0", "2.0"):
        (tmp_path / f"{name}.pid").write_text("rows")
    command = [sys.executable, "-m", "sitegen", "build", "-q", "--extension", "reader.py"]
    subprocess.run(command, cwd=tmp_path, check=True)
    first, second = (tmp_path / f"site/{name}/index.md" for name in ("1.0", "2.0"))
    assert first.read_text().startswith("# Read by ")
    assert first.read_text() == second.read_text()
