"""A site of Hugo: pages of folders, order and titles are those of files and front matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.start.generators.test_generators import HUGO

Run = Callable[..., tuple[int, str, str]]


def test_pages_of_hugo_that_are_called_as_parts_are_those_of_their_folders(
    run: Run, tmp_path: Path
) -> None:
    pages = {"_index": "Home", "b/_index": "Part", "b/one": "One", "_cut": "C", "_cut/_index": "D"}
    for name, title in pages.items():
        (tmp_path / f"content/{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"content/{name}.md").write_text(f"---\ntitle: {title}\n---\nText\n")
    (tmp_path / "hugo.toml").write_text('title = "T"\n')
    assert "not taken over" not in run("init")[2]
    assert run("build", "--strict", "--no-search")[0] == 0
    found = [tmp_path / "build" / name / "index.html" for name in ("", "b", "b/one", "_cut", "cut")]
    assert [file.exists() for file in found] == [True, True, True, False, False]
    page = found[2].read_text()
    for name in ("_index", "b/_index"):
        file = tmp_path / f"content/{name}.md"
        file.rename(file.with_name("index.md"))
    assert run("build", "--no-search")[0] == 0
    assert found[2].read_text() == page


def test_order_and_short_titles_of_hugo_are_those_of_its_front_matter(
    run: Run, tmp_path: Path
) -> None:
    for name, text in HUGO.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert run("init")[0] == run("build", "--no-search")[0] == 0
    html = (tmp_path / "build/b/index.html").read_text()
    assert 0 < html.index(">B<") < html.index(">Short<")
