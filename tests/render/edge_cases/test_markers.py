"""The edge cases 137 to 144: documented objects and the toctree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it.rules_block import StateBlock

from sitegen.errors import Diagnostic
from sitegen.plan.nav import plan
from sitegen.plan.toctree import read_toctree
from sitegen.render.syntax import autodoc
from tests.plan.planned import references_of
from tests.render.edge_cases.linked import body, codes, document, html


def card(text: str) -> list[str]:
    return re.findall(r'id="(transformers\.[^"]*)"', html(text))


def test_case_137_an_indented_marker_takes_its_more_indented_members() -> None:
    assert card("  [[autodoc]] LevitModel\n    - forward\n") == [
        "transformers.LevitModel",
        "transformers.LevitModel.forward",
    ]


def test_case_138_members_on_the_line_of_the_marker_are_a_list() -> None:
    found = body("[[autodoc]] Trainer - train - all\n")
    assert 'id="transformers.Trainer.train"' in found.html
    assert "all public methods" in found.html
    assert codes(found) == ["autodoc-crowded"]


def test_case_139_three_markers_on_a_line_are_three_objects() -> None:
    assert card("[[autodoc]] A [[autodoc]] B [[autodoc]] C\n    - run\n") == [
        "transformers.A",
        "transformers.B",
        "transformers.C",
        "transformers.C.run",
    ]


def test_case_140_underscores_of_a_member_are_not_emphasis() -> None:
    shown = html("[[autodoc]] Config\n    - all\n    - __call__\n")
    assert "<code>__call__</code>" in shown
    assert "<strong>" not in shown


def test_case_141_a_marker_in_code_is_literal() -> None:
    assert "<code>[[autodoc]]</code>" in html("> Write `[[autodoc]]` on a line.\n")
    assert "[[autodoc]] X" in html("```\n[[autodoc]] X\n```\n")
    assert references_of([document("```\n[[autodoc]] X\n```\n")], "p").objects == ()


def toctree(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "_toctree.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_case_142_entries_without_a_page_are_left_out_of_the_navigation(tmp_path: Path) -> None:
    notices: list[Diagnostic] = []
    text = (
        "- title: A\n  sections:\n  - local: index\n    title: I\n  - local: gone\n    title: G\n"
    )
    entries = read_toctree(toctree(tmp_path, text), notices)
    site = plan([document("# I", "index").head()], entries, title="", language="", notices=notices)
    assert [page.document.id for page in site.pages] == ["index"]
    assert any("gone" in finding.message for finding in notices)


def test_case_143_an_unknown_key_is_ignored_and_named(tmp_path: Path) -> None:
    notices: list[Diagnostic] = []
    text = "- title: A\n  প্রতিযোগিতা: 1\n  sections:\n  - local: index\n    title: I\n"
    entries = read_toctree(toctree(tmp_path, text), notices)
    assert [entry.local for top in entries for entry in top.walk()] == ["", "index"]
    assert [finding.code for finding in notices] == ["toctree-key"]


def test_case_144_a_node_may_be_a_page_and_a_group(tmp_path: Path) -> None:
    text = "- local: a\n  title: A\n  isExpanded: true\n  new: true\n  sections:\n"
    text += "  - local: b\n    title: B\n"
    notices: list[Diagnostic] = []
    entries = read_toctree(toctree(tmp_path, text), notices)
    pages = [document("# A", "a").head(), document("# B", "b").head()]
    site = plan(pages, entries, title="", language="", notices=notices)
    (item,) = [item for item in site.navigation if item.permalink == "a/"]
    assert [inner.permalink for inner in item.items] == ["b/"]
    assert notices == []


@pytest.mark.parametrize("marker", ["::: lib.Kettle", "::: no object", "[[autodoc]] lib.Kettle"])
def test_what_stands_in_a_list_item_looks_no_further_than_the_item(
    monkeypatch: pytest.MonkeyPatch, marker: str
) -> None:
    looked: list[int] = []
    line_of = autodoc._line

    def line(state: StateBlock, line: int) -> str:
        looked.append(line)
        return line_of(state, line)

    monkeypatch.setattr(autodoc, "_line", line)
    body(f"- {marker}\n" * 100)
    assert 0 < len(looked) <= 500
