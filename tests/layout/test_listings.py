"""Folders and groups without a page have one that lists what is in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen import build, load_config


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "installation": "Install it with one command, and it is there for all to use.",
        "quickstart": "Boil your first water in a minute, whatever the weather may be.",
        "guide/steam": "Steam is water that has had enough of being water for now.",
        "guide/deep/down": "Down here the pressure is high, and water boils at more degrees.",
        "has/index": "This folder has a page that says what is in it, as authors like.",
        "has/one": "One page beside the index of the folder that has a page.",
    }.items():
        file = tmp_path / "docs" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# The {name.rpartition('/')[2]}\n\n{text}\n", "utf-8")
    return tmp_path


def built(folder: Path) -> Path:
    build(load_config(flags={"input": ("docs",)}, environ={}, cwd=folder))
    return folder / "build"


def main_of(file: Path) -> str:
    found = re.search(r"<main.*?</main>", file.read_text("utf-8"), re.DOTALL)
    assert found
    return found[0]


def test_a_folder_without_an_index_lists_its_pages_with_what_they_say(folder: Path) -> None:
    listing = main_of(built(folder) / "guide/index.html")
    assert "<h1>Guide</h1>" in listing
    assert '<a href="steam/">The steam</a>' in listing
    assert "Steam is water that has had enough" in listing
    assert '<a href="deep/">Deep</a>' in listing


def test_every_folder_that_leads_to_a_page_has_one_itself(folder: Path) -> None:
    site = built(folder)
    assert (site / "guide/deep/index.html").is_file()
    assert "<h1>The index</h1>" not in main_of(site / "guide/deep/index.html")
    assert "says what is in it" in main_of(site / "has/index.html")  # the author's own


def test_breadcrumbs_and_sidebar_lead_to_the_list_of_a_folder(folder: Path) -> None:
    page = (built(folder) / "guide/deep/down/index.html").read_text("utf-8")
    assert '<li><a href="../../">Guide</a></li>' in page
    assert '<li><a href="../">Deep</a></li>' in page
    listing = (folder / "build/guide/deep/index.html").read_text("utf-8")
    assert '<li><a href="../">Guide</a></li>' in listing
    assert '<a href="../../guide/deep/" aria-current="page">Deep</a>' in listing


def test_a_link_to_a_folder_is_no_dead_link(folder: Path) -> None:
    (folder / "docs/quickstart.md").write_text("# Start\n\nRead the [guide](guide).\n", "utf-8")
    result = build(load_config(flags={"input": ("docs",)}, environ={}, cwd=folder))
    assert [each.code for each in result.diagnostics] == []


def test_the_start_page_says_what_the_site_is_and_starts_where_readers_do(folder: Path) -> None:
    site = built(folder)
    start = main_of(site / "index.html")
    assert "Boil your first water in a minute" in start
    assert '<a class="sg-cta sg-cta-first" href="quickstart/">' in start
    assert 'class="sg-search sg-search-large"' in start
    assert "Down here the pressure is high" in start  # what the section's first page says
    description = 'name="description" content="Boil your first water in a minute'
    assert description in (site / "index.html").read_text("utf-8")


def test_a_toctree_leaves_folders_with_their_lists(folder: Path) -> None:
    (folder / "docs/_toctree.yml").write_text(
        "- local: installation\n- title: All of it\n  sections:\n  - local: guide/steam\n"
        "  - local: guide/deep/down\n  - local: quickstart\n",
        "utf-8",
    )
    listing = main_of(built(folder) / "guide/index.html")
    assert '<a href="steam/">The steam</a>' in listing
    assert '<a href="deep/">Deep</a>' in listing


def test_a_page_of_ours_gives_way_to_a_folder_of_its_name(folder: Path) -> None:
    file = folder / "docs/search/how.md"
    file.parent.mkdir()
    file.write_text("# How to search\n\nLike this.\n", "utf-8")
    site = built(folder)
    assert "How to search" in main_of(site / "search/index.html")
    assert (site / "search-/index.html").is_file()


def test_a_hidden_page_is_in_no_list(folder: Path) -> None:
    (folder / "docs/guide/secret.md").write_text("---\nhidden: true\n---\n# Secret\n", "utf-8")
    (folder / "docs/_toctree.yml").write_text("- local: installation\n", "utf-8")
    site = built(folder)
    assert (site / "guide/secret/index.html").is_file()
    assert "Secret" not in main_of(site / "guide/index.html")


def test_a_group_of_other_sites_has_a_card_without_a_description(folder: Path) -> None:
    toctree = "- title: Away\n  sections:\n  - title: Far\n    url: https://example.org/\n"
    (folder / "docs/_toctree.yml").write_text(toctree, "utf-8")
    start = main_of(built(folder) / "index.html")
    assert '<a href="https://example.org/">Far</a>' in start


def test_a_group_of_pages_of_like_names_has_a_list_in_the_breadcrumbs(folder: Path) -> None:
    for name in (
        "spaces-docker",
        "spaces-gpu",
        "spaces-run",
        *(f"{c}page" for c in "abcdefghijklm"),
    ):
        (folder / f"docs/{name}.md").write_text(f"# {name.replace('-', ' ')}\n\nText.\n", "utf-8")
    site = built(folder)
    assert (
        '<li><a href="../spaces/">Spaces</a></li>' in (site / "spaces-gpu/index.html").read_text()
    )
    assert '<a href="../spaces-gpu/">' in main_of(site / "spaces/index.html")


def test_folders_that_differ_in_letter_case_alone_are_listed_once(folder: Path) -> None:
    for name in ("Guide/cold", "guide/deep/UP/a", "guide/deep/up/b"):
        file = folder / "docs" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# The {name}\n", "utf-8")
    site = built(folder)
    assert (site / "Guide/cold/index.html").is_file()
    assert (site / "guide/steam/index.html").is_file()
    listed = [path.relative_to(site).as_posix() for path in site.rglob("index.html")]
    folded = [path.casefold() for path in listed]
    assert len(folded) == len(set(folded))
    assert "guide/index.html" in folded
    assert "guide/deep/up/index.html" in folded
