"""A folder of Markdown beside a dataset: its pages stand beside the others, or in their place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    return folder


def dataset(tmp_path: Path, root: str) -> None:
    rows = [
        {
            "text": f"Words of chunk {n}, all of it.",
            "source": f"{root}{name}.md",
            "id": f"{n}_0",
        }
        for n, name in enumerate(("index", "guide", "other"))
    ]
    (tmp_path / "docs.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))


@pytest.mark.parametrize("root", ["", "docs/", "/data/lib/docs/source/"])
@pytest.mark.parametrize("draft", ["draft: true", "published: false"])
def test_a_draft_leaves_the_page_of_the_dataset_where_it_is(
    run: Run, tmp_path: Path, pages: Path, root: str, draft: str
) -> None:
    dataset(tmp_path, root)
    (pages / "guide.md").write_text(f"---\n{draft}\n---\n\n# My guide\n")
    _, _, err = run("build", "docs.jsonl", "pages", "-v")
    assert (err.count("[draft]"), err.count("[page-overlaid]")) == (1, 0)
    assert "pages/guide.md" in err
    html = (tmp_path / "build" / "guide" / "index.html").read_text()
    assert ("Words of chunk 1" in html, "My guide" in html) == (True, False)


def test_a_draft_leaves_all_pages_of_the_dataset_that_have_its_name_where_they_are(
    run: Run, tmp_path: Path, pages: Path
) -> None:
    names = ("docs/guide.md", "docs/guide.mdx", "docs/other.md")
    rows = [{"text": f"# Page\n\nWords of {name}.", "source": name} for name in names]
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (pages / "guide.md").write_text("---\ndraft: true\n---\n\n# My guide\n")
    code, _, err = run("build", "docs.jsonl", "pages", "-v")
    assert (code, err.count("[draft]"), err.count("[page-overlaid]")) == (0, 1, 0)
    built = [path.read_text() for path in (tmp_path / "build").rglob("index.html")]
    assert all(any(f"Words of {name}." in html for html in built) for name in names)


@pytest.mark.parametrize("root", ["", "docs/", "/data/lib/docs/source/"])
def test_a_page_of_the_folder_stands_in_place_of_the_datasets(
    run: Run, tmp_path: Path, pages: Path, root: str
) -> None:
    dataset(tmp_path, root)
    (pages / "guide.md").write_text("# My guide\n\nIn place of the dataset's: [other](other.md).\n")
    (pages / "about.md").write_text("# About\n\nWho made this: see the [guide](guide.md).\n")
    _, _, err = run("build", "docs.jsonl", "pages", "-v")
    assert "'pages/guide.md' stands in place of the page" in err
    assert "warning" not in err
    assert err.count("[page-overlaid]") == 1
    build = tmp_path / "build"
    assert "My guide" in (build / "guide" / "index.html").read_text()
    assert "Words of chunk 1" not in (build / "guide" / "index.html").read_text()
    assert "Words of chunk 0" in (build / "index.html").read_text()
    assert "Words of chunk 2" in (build / "other" / "index.html").read_text()
    assert "Who made this" in (build / "about" / "index.html").read_text()
    assert not (build / "guide-2").exists()


def test_the_folder_may_have_the_start_page(run: Run, tmp_path: Path, pages: Path) -> None:
    dataset(tmp_path, "/data/lib/docs/source/")
    (pages / "index.md").write_text("# Welcome\n\nTo [these pages](guide.md) of mine.\n")
    run("build", "docs.jsonl", "pages")
    html = (tmp_path / "build" / "index.html").read_text()
    assert "Welcome" in html
    assert 'href="guide/"' in html


def test_a_readme_replaces_no_start_page(run: Run, tmp_path: Path, pages: Path) -> None:
    dataset(tmp_path, "docs/")
    (pages / "README.md").write_text("# Read me\n\nWords of the folder that tell what it is.\n")
    assert "path-collision" in run("build", "docs.jsonl", "pages", "-v")[2]
    assert "Words of chunk 0" in (tmp_path / "build" / "index.html").read_text()
