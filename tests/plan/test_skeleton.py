from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from sitegen.errors import PlanError
from sitegen.model import Document
from sitegen.plan.skeleton import completed, skeleton
from sitegen.plan.toctree import read_toctree

Run = Callable[..., tuple[int, str, str]]


def documents(*ids: str) -> list[Document]:
    return [Document(id, f"{id}.md", "", (), title=f"T {id}") for id in ids]


def locals_of(text: str, tmp_path: Path) -> list[str]:
    (tmp_path / "t.yml").write_text(text, encoding="utf-8")
    found = read_toctree(tmp_path / "t.yml", [])
    return [entry.local for top in found for entry in top.walk() if entry.local]


def test_a_skeleton_follows_folders_and_their_index_pages_head_them() -> None:
    text = skeleton(documents("index", "guide/b", "guide/index", "api/x", "guide/a10", "guide/a2"))
    assert yaml.safe_load(text) == [
        {"local": "index", "title": "T index"},
        {"title": "API", "sections": [{"local": "api/x", "title": "T api/x"}]},
        {
            "local": "guide/index",
            "title": "T guide/index",
            "sections": [
                {"local": f"guide/{name}", "title": f"T guide/{name}"}
                for name in ("a2", "a10", "b")
            ],
        },
    ]


def test_titles_that_look_like_yaml_are_quoted(tmp_path: Path) -> None:
    odd = ["a: b", "- x", "no", "1.10", "[x]", "'", '"', "# x", "é", "a #b", "{x}", "%x", "@x"]
    text = skeleton([Document(f"p{n}", "", "", (), title=title) for n, title in enumerate(odd)])
    (tmp_path / "t.yml").write_text(text, encoding="utf-8")
    assert [entry.title for entry in read_toctree(tmp_path / "t.yml", [])] == odd


AUTHORED = """\
# Ours: keep the order.
- title: Start   # first
  sections:
  - local: index
    title: Home

  # The guides
  - title: Guides
    isExpanded: true
    sections:
      - local: guide/b.md
        title: >-
          Bee
          and more

      - {local: guide/x, title: X}
- title: API
  sections:
  - local: api/index
    title: API
    sections:
    - local: api/m
      title: M
"""


def test_a_page_is_added_where_the_pages_of_its_folder_stand_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    ids = ["index", "guide/b", "guide/x", "api/index", "api/m"]
    new = ["guide/c", "guide/a", "api/a", "api/z", "other/a", "other/b", "install"]
    text = completed(AUTHORED, documents(*ids, *new))
    kept = [line for line in text.splitlines() if line in AUTHORED.splitlines()]
    assert [line for line in AUTHORED.splitlines() if line not in kept] == []
    assert locals_of(text, tmp_path) == [
        *("index", "install", "guide/a", "guide/b", "guide/c", "guide/x"),
        *("api/index", "api/a", "api/m", "api/z", "other/a", "other/b"),
    ]


def test_a_complete_toctree_stays_as_it_is() -> None:
    ids = ["index", "guide/b", "guide/x", "api/index", "api/m"]
    assert completed(AUTHORED, documents(*ids)) == AUTHORED


def test_any_pages_taken_out_of_a_toctree_come_back_into_their_folders(tmp_path: Path) -> None:
    ids = [f"{folder}{n}" for folder in ("", "a/", "b/c/") for n in range(6)]
    shuffled = random.Random(0)  # noqa: S311 - no secrets
    for _ in range(40):
        some = shuffled.sample(ids, 9)
        text = completed(skeleton(documents(*some)), documents(*ids))
        assert sorted(locals_of(text, tmp_path)) == sorted(ids)
        assert completed(text, documents(*ids)) == text


def test_a_toctree_in_brackets_is_refused_with_a_remedy() -> None:
    with pytest.raises(PlanError, match="brackets - write it as a list"):
        completed("[{local: a, title: A}]\n", documents("a", "b"))


def test_the_command_prints_a_toctree_that_a_build_takes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    for name in ("index", "guide/one", "guide/two"):
        (tmp_path / "docs" / f"{name}.md").write_text(f"# About {name}\n\nText.\n")
    code, out, err = run("toctree", "docs")
    assert (code, err) == (0, "3 pages by folders and titles\n")
    (tmp_path / "docs" / "_toctree.yml").write_text(out)
    (tmp_path / "docs" / "guide" / "three.md").write_text("# Three\n")
    code, out, err = run("toctree", "docs", "-o", "docs/_toctree.yml")
    assert (code, out, err) == (0, "", "1 page added to docs/_toctree.yml\n")
    assert run("build", "docs", "--strict", "--no-search")[0] == 0
    assert run("toctree", "docs")[2] == "docs/_toctree.yml has all pages\n"


def test_a_toctree_in_another_encoding_of_yaml_is_completed_as_well(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("index", "café"):
        (tmp_path / "docs" / f"{name}.md").write_text(f"# About {name}\n", encoding="utf-8")
    file = tmp_path / "docs" / "_toctree.yml"
    file.write_text("- local: café\n  title: Das Café\n", encoding="utf-16")
    code, out, err = run("toctree", "docs")
    assert (code, err) == (0, "1 page added to docs/_toctree.yml\n")
    assert "- local: café\n  title: Das Café\n" in out
