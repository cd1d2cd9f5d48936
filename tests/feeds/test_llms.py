"""Twins: the page as Markdown that any reader of Markdown knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from sitegen.feeds import llms as module
from sitegen.urls import markdown_folders, twin_path


def test_a_twin_gives_way_to_a_folder_of_its_name() -> None:
    taken = markdown_folders(["a.md/", "b/"])
    assert twin_path("b/", taken) == "b.md"
    assert twin_path("A/", taken) not in {"A.md", "a.md"}
    assert twin_path("") == "index.md"


def test_every_page_has_its_twin_and_names_it(project: Callable[..., Any]) -> None:
    built = project({"index.md": "# Start", "a/b.md": "# B\n\n<Tip>\nHi\n</Tip>"})
    assert built.read("a/b.md") == "# B\n\n> [!TIP]\n> Hi\n"
    assert '<link rel="alternate" type="text/markdown" href="../b.md">' in built.read(
        "a/b/index.html"
    )


def test_llms_lists_pages_in_the_order_of_the_navigation(project: Callable[..., Any]) -> None:
    toctree = "- title: G\n  sections:\n  - {local: b, title: Bee}\n  - {local: a, title: Ay}\n"
    pages = {"a.md": "# A\n\n" + "What it says. " * 5, "b.md": "# B", "_toctree.yml": toctree}
    built = project(pages, base_url="https://h/d/")
    lines = [line for line in built.read("llms.txt").splitlines() if line]
    assert lines[2] == "## G"
    assert lines[3] == "- [Bee](https://h/d/b.md)"
    assert lines[4].startswith("- [Ay](https://h/d/a.md): What it says.")


def test_signs_of_a_title_are_no_markdown_in_the_list(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# Use <tips>, `x[0]` & a\\\\b\n"}, base_url="https://h/d/")
    assert "- [Use \\<tips>, x\\[0\\] & a\\\\b](https://h/d/a.md)" in built.read("llms.txt")


def test_the_whole_is_split_where_it_is_too_long(
    project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FULL_LIMIT", 60)
    built = project({"a.md": "# A\n" + "x" * 50, "b.md": "# B\n" + "y" * 50})
    assert "x" * 50 in built.read("llms-full-1.txt")
    assert "y" * 50 in built.read("llms-full-2.txt")
    assert "llms-full-2.txt" in built.read("llms-full.txt")


def test_llms_of_many_pages_lists_lists_of_its_sections(
    project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {"index.md": "# Home"} | {f"guide/p{n}.md": f"# Page {n}" for n in range(5)}
    listed = re.findall(r"^- \[.*", project(pages).read("llms.txt"), re.MULTILINE)
    monkeypatch.setattr(module, "LISTED", 3)
    built = project(pages | {"api/x.md": "# X"})
    top = built.read("llms.txt")
    names = re.findall(r"\]\((llms-\d+\.txt)\)", top)
    parts = [re.findall(r"^- \[.*", built.read(name), re.MULTILINE) for name in names]
    assert [line for part in parts for line in part if "[X]" not in line] == listed
    assert max(map(len, parts)) == 3
    assert re.findall("^## .*", top, re.MULTILINE) == ["## API", "## Guide"]


def test_a_projects_own_llms_txt_stays(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# A", "llms.txt": "ours"})
    assert built.read("llms.txt") == "ours"
