"""Which files of a folder are its author's."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from sitegen.errors import ReadError
from sitegen.read.files import find_files
from sitegen.read.folders.authored import walk

Run = Callable[..., tuple[int, str, str]]


def folder(base: Path, *names: str) -> Path:
    for name in names:
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {path.stem}\n")
    return base


def names(base: Path) -> list[str]:
    return [path.relative_to(base).as_posix() for path in walk(base, [])]


def found(*inputs: Path | str) -> list[str]:
    return [file.name for file in find_files([str(item) for item in inputs], [])]


@pytest.mark.parametrize("output", ["build", "_site", "docs2", "a/b/site"])
def test_what_a_build_wrote_into_its_input_is_never_read_again(
    run: Run, tmp_path: Path, output: str
) -> None:
    folder(tmp_path, "index.md", "a.md", "img/a.svg")
    pages = [path.name for path in tmp_path.rglob("*.md")]
    for _ in range(3):
        code, out, err = run("build", ".", "-o", output, "--json", "--no-search")
        assert (code, f'"pages": {len(pages)}' in out) == (0, True), err
    assert run("check", ".", "--format", "json")[0] == 0
    assert sorted(found(tmp_path)) == ["a.md", "index.md"]
    assert sorted(found(f"{tmp_path}/**/*.md")) == ["a.md", "index.md"]


def test_a_site_is_no_input(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    folder(tmp_path / "docs", "index.md")
    assert run("build", "docs", "-o", "site", "--no-search")[0] == 0
    code, _, err = run("build", "site", "-o", "other")
    assert (code, "is a site that sitegen built - name what it was built from" in err) == (1, True)


def test_a_site_inside_the_static_folder_is_no_part_of_it(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    folder(tmp_path, "docs/index.md", "own/extra.css")
    (tmp_path / "sitegen.toml").write_text(
        'input = "docs"\noutput = "own/site"\ntheme.static = "own"'
    )
    said = [run("build", "--no-search", "--json", "--clean")[1] for _ in range(3)]
    assert len({json.loads(report)["files"]["bytes"] for report in said}) == 1


LEFTOVERS = (
    *("a.md~", "#a.md#", "a.md.bak", "a.md.orig", "a.md.rej", "a.swp", "4913", "Thumbs.db"),
    *("desktop.ini", "x/__pycache__/a.pyc", "node_modules/left/README.md", "CVS/Entries", ".#a.md"),
    *(".git/a.md", ".hg/a.md", "__MACOSX/a.md", "env/pyvenv.cfg", "env/lib/a.md", ".DS_Store"),
)


def test_leftovers_of_editors_and_programs_are_no_part_of_a_folder(tmp_path: Path) -> None:
    folder(tmp_path, "a.md", "x/b.svg", *LEFTOVERS)
    assert names(tmp_path) == ["a.md", "x/b.svg"]
    assert found(f"{tmp_path}/**/*.md") == ["a.md"]


def test_the_author_says_what_is_left_out_as_in_gitignore(tmp_path: Path) -> None:
    folder(tmp_path, "a.md", "drafts/b.md", "x/c.draft.md", "x/d.draft.md", "y/drafts/e.md")
    patterns = "# not yet\n/drafts/\n*.draft.md\n!x/d.draft.md\n"
    (tmp_path / ".sitegenignore").write_text(patterns)
    assert names(tmp_path) == ["a.md", "x/d.draft.md", "y/drafts/e.md"]
    assert sorted(found(f"{tmp_path}/**/*.md")) == sorted(names(tmp_path))


def test_the_settings_leave_out_what_every_step_then_leaves_out(run: Run, tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", "a.md", "b.md", "drafts/c.md", "drafts/d.png", "x/e.draft.md")
    (docs / "drafts/_toctree.yml").write_text("- local: c\n  title: C\n")
    (docs / ".sitegenignore").write_text("b.md\n")
    settings = tmp_path / "sitegen.toml"
    settings.write_text('input = "docs"\nexclude = ["drafts/", "*.draft.md"]\n')
    assert run("build", "--no-search")[0] == 0
    assert paths(tmp_path / "build") == {"a.md"}
    assert not (tmp_path / "build/drafts").exists()
    assert "1 page" in run("inspect")[1]
    settings.write_text('input = "docs"\n')  # seen, though no file of the input has changed
    assert run("build", "--no-search")[0] == 0
    assert paths(tmp_path / "build") == {"a.md", "drafts/c.md", "x/e.draft.md"}
    assert (tmp_path / "build/drafts/d.png").exists()
    settings.write_text('exclude = "!"\n')
    code, _, said = run("build", "docs")
    assert (code, "exclude: not a pattern" in said) == (1, True)


def paths(site: Path) -> set[str]:
    return {
        path.relative_to(site).as_posix() for path in site.rglob("*.md") if path.name != "llms.md"
    }


def test_a_pattern_that_cannot_be_is_named(tmp_path: Path) -> None:
    (folder(tmp_path, "a.md") / ".sitegenignore").write_text("!\n")
    with pytest.raises(ReadError, match="sitegenignore: not a pattern"):
        names(tmp_path)


def test_names_that_hosts_ask_for_are_found_on_top_alone(tmp_path: Path) -> None:
    folder(tmp_path, ".well-known/security.txt", "_headers", ".nojekyll", "x/.well-known/a.txt")
    assert names(tmp_path) == [".nojekyll", ".well-known/security.txt", "_headers"]


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Give a folder that others may read: those of pytest are for one user alone."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_folder_that_cannot_be_read_is_named_unless_it_is_left_out(open_to_all: Path) -> None:
    folder(open_to_all, "a.md", "secret/b.md")
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom sitegen.read.folders.authored import walk\n"
        "import encodings.utf_8_sig, pathspec\n"  # nobody may not be able to read those
        "os.setgid(65534), os.setuid(65534)\n"
        "try: print([p.name for p in walk(Path(sys.argv[1]), [])])\n"
        "except Exception as error: print(error)"
    )
    if os.getuid():
        pytest.skip("only root can become nobody")
    (open_to_all / "secret").chmod(0o700)

    def said() -> str:
        command = [sys.executable, "-c", script, str(open_to_all)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "secret: the folder cannot be read: Permission denied" in said()
    (open_to_all / ".sitegenignore").write_text("secret/\n")
    assert said() == "['a.md']\n"


def test_links_that_lead_to_themselves_are_left_out(tmp_path: Path) -> None:
    folder(tmp_path, "a.md")
    for name, target in (("b.md", "b.md"), ("c", "d"), ("d", "c"), ("e", ".")):
        (tmp_path / name).symlink_to(target)
    skipped: list[Path] = []
    assert [path.name for path in walk(tmp_path, skipped)] == ["a.md"]


def test_markdown_files_of_either_suffix_are_pages_that_links_find(
    project: Callable[..., Any],
) -> None:
    files = {"index.md": "# A\n\n[b](x/b.markdown)\n", "x/b.markdown": "# B\n\n[a](../index.md)\n"}
    built = project(files)
    assert (built.pages, built.codes) == ({"index": "", "x/b": "x/b/"}, [])
    assert 'href="x/b/"' in built.read("index.html")
