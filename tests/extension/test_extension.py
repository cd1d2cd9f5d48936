"""A file that adds one of each thing, named on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.extension import extended
from sitegen.render.components import COMPONENTS
from sitegen.store.stamp import code_version
from tests.extension.steps import FILE, PAGE, Run, read, write


def test_each_part_of_an_extension_is_used_by_a_build(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index=PAGE.format(title="Home"))
    code, _, err = run("build", "docs", "--extension", FILE, "-v", "--no-search")
    assert code == 0, err
    html = read(tmp_path, "index.html")
    assert '<div class="steps">\n<ol>\n<li>One *thing*.</li>' in html
    assert "**Do**\n\n1. One *thing*." in read(tmp_path, "index.md")
    assert read(tmp_path, "titles.txt") == "Home"


def test_without_being_named_it_adds_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index=PAGE.format(title="Home"))
    code, _, err = run("build", "docs", "-v", "--no-search")
    assert (code, "component-unknown" in err or "Recipe" in err) == (0, True)
    assert "<em>thing</em>" in read(tmp_path, "index.html")
    assert "Recipe" not in COMPONENTS


@pytest.mark.integration
def test_worker_processes_have_its_components_too(run: Run, tmp_path: Path) -> None:
    pages = {f"p{n}": PAGE.format(title=f"P{n}") + "\nWords. " * 600 for n in range(120)}
    write(tmp_path, **pages)
    for jobs in ("1", "2"):
        options = ("--extension", FILE, "--jobs", jobs, "-o", f"b{jobs}", "--no-cache", "-q")
        assert run("build", "docs", "--no-search", *options)[0] == 0
    for n in range(120):
        one, two = ((tmp_path / f"b{j}" / f"p{n}" / "index.html").read_bytes() for j in "12")
        assert one == two
        assert b'<div class="steps">' in one


def test_a_reader_reads_files_of_its_suffix(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.bar").write_text("a.md|# A\nb.md|Hello.\n")
    assert run("build", "rows.bar", "--extension", FILE, "--no-search")[0] == 0
    assert "Hello." in read(tmp_path, "b/index.html")
    code, _, err = run("build", "rows.bar")
    assert (code, "no reader for .bar" in err) == (1, True)


def test_its_findings_have_help_and_severities_can_be_set(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index="# LOUD\n\n<Recipe>\n\nNo list.\n\n</Recipe>\n")
    found = json.loads(run("check", "docs", "--extension", FILE, "--format", "json")[1])["findings"]
    helps = {each["code"]: each["help"] for each in found}
    assert helps["steps-without-list"] == "write a numbered list"
    assert helps["title-shouts"] == "write it as a title"
    (tmp_path / "sitegen.toml").write_text('input = "docs"\ncheck.rules.title-shouts = "error"\n')
    assert run("check", "--extension", FILE)[0] == 1
    code, _, err = run("check")
    assert (code, "no rule 'title-shouts'" in err) == (2, True)


def test_a_site_is_published_by_its_scheme(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index="# A\n")
    assert run("build", "docs", "--no-search")[0] == 0
    code, _, err = run("publish", f"drawer://{tmp_path}/drawer", "--extension", FILE)
    assert code == 0, err
    assert (tmp_path / "drawer" / "index.html").is_file()
    assert run("publish", f"drawer://{tmp_path}/drawer")[0] == 2


def test_its_version_enters_what_is_remembered(tmp_path: Path) -> None:
    before = code_version()
    with extended((), [Path(FILE)]):
        assert code_version() != before
    assert code_version() == before
    other = tmp_path / "sitegen_steps.py"
    other.write_text(Path(FILE).read_text().replace('version="1.0"', 'version="2.0"'))
    with extended((), [Path(FILE)]):
        one = code_version()
    with extended((), [other]):
        assert code_version() != one


def test_an_edited_file_is_noticed_by_the_next_build(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index=PAGE.format(title="Home"))
    own = tmp_path / "own.py"
    for look in ("steps", "stairs"):
        own.write_text(Path(FILE).read_text().replace('class="steps"', f'class="{look}"'))
        assert run("build", "docs", "--extension", "own.py", "--no-search", "-q")[0] == 0
        assert f'<div class="{look}">' in read(tmp_path, "index.html")


_ANCHORS = """
from sitegen.extension import Extension
from sitegen.feeds import Feed
from sitegen.model import OutputFile

def anchors(whole, _):
    bodies = [page.body for page in whole.pages]
    found = [*bodies[0].anchors, *(remote.url for remote in bodies[0].remotes)]
    yield OutputFile("anchors.txt", " ".join(found).encode())

extension = Extension("anchors", "1.0", feeds=[Feed("anchors", lambda _: True, anchors)])
"""


def test_a_feed_can_ask_for_the_anchors_and_remote_addresses_of_pages(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "anchors.py").write_text(_ANCHORS)
    write(tmp_path, index="# Home\n\n## Part\n\n![](https://example.org/a.png)\n")
    for _ in range(2):
        assert run("build", "docs", "--extension", "anchors.py", "--no-search")[0] == 0
        assert read(tmp_path, "anchors.txt") == "home part https://example.org/a.png"
        (tmp_path / "docs" / "other.md").write_text("# Other\n")
