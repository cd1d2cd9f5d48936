"""Datasets that others cut: what a check says of their columns, their pages and their cuts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from sitegen.build import examine
from sitegen.check import judge
from sitegen.config.file import load_config
from sitegen.errors import Diagnostic, Severity

Row = Mapping[str, object]
CODE = "```python\nstart()\nwait()\nstop()\n```"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"
TEXT = "A pump moves water from a low place to a high one and does not stop."


def found(folder: Path, rows: Sequence[Row], code: str) -> list[Diagnostic]:
    (folder / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    config = load_config(flags={"jobs": 1, "input": ("d.jsonl",)}, environ={}, cwd=folder)
    return [each for each in judge(examine(config), config.check) if each.code == code]


def cut(text: str, *ats: int) -> list[Row]:
    edges = [0, *ats, len(text)]
    return [
        {"text": text[a:b], "source": "docs/pump.md", "start_index": a} for a, b in pairwise(edges)
    ]


def test_rows_that_begin_inside_of_blocks_are_counted_by_kind(tmp_path: Path) -> None:
    page = f"# Pumps\n\n{TEXT}\n\n{CODE}\n\n{TABLE}\n\n{TEXT}\n"
    ats = [page.index("water"), page.index("wait"), page.index("stop()"), page.index("| 3")]
    said = {each.message for each in found(tmp_path, cut(page, *ats), "seam-inside")}
    assert said == {
        "rows that begin in the middle of blocks of code: 2",
        "rows that begin in the middle of tables: 1",
        "rows that begin in the middle of sentences: 1",
    }


def test_rows_that_begin_with_blocks_are_fine(tmp_path: Path) -> None:
    page = f"# Pumps\n\n{TEXT}\n\n{CODE}\n\n{TABLE}\n\n{TEXT}\n"
    ats = [page.index("```python"), page.index("| a"), page.rindex("A pump")]
    assert found(tmp_path, cut(page, *ats), "seam-inside") == []


def test_columns_that_nothing_is_read_from_are_named(tmp_path: Path) -> None:
    row = {"text": TEXT, "source": "docs/pump.md", "headline": "Pumps", "embedding": [0.5]}
    (finding,) = found(tmp_path, [row], "column-unused")
    assert finding.message == "columns that are not read: 'headline'"
    assert 'columns = { title = "NAME" }' in finding.help


def test_sections_that_come_again_and_again_are_out_of_order(tmp_path: Path) -> None:
    def rows(*sections: str) -> list[Row]:
        return [
            {"text": f"{TEXT} {n}", "source": "docs/pump.md", "source_section": f"#{section}"}
            for n, section in enumerate(sections)
        ]

    assert len(found(tmp_path, rows("a", "b", "a", "b", "c"), "section-again")) == 1
    assert found(tmp_path, rows("a", "a", "b", "b", "c", "a"), "section-again") == []


def test_a_page_for_each_row_is_warned_of_where_only_numbers_tell_them_apart(
    tmp_path: Path,
) -> None:
    rows = [{"text": f"{TEXT} {n}", "source": f"docs/p{n % 2}-{n}"} for n in range(12)]
    (finding,) = found(tmp_path, rows, "page-per-row")
    assert "the 12 sources are 2 with a number each" in finding.message
    pages = [{"text": f"{TEXT} {n}", "source": f"docs/{n * 'x'}.md"} for n in range(12)]
    assert found(tmp_path, pages, "page-per-row") == []
    rows = [{"text": f"{TEXT} {n}", "source": f"docs/p{n % 2}.md#chunk-{n}"} for n in range(12)]
    (finding,) = found(tmp_path, rows, "page-per-row")
    assert "the 12 sources are 2 pages with a number for each row" in finding.message
    assert finding.severity is Severity.INFO


def test_a_page_with_rows_of_several_urls_is_named(tmp_path: Path) -> None:
    rows = [
        {"text": f"{TEXT} {n}", "source": "docs/pump.md", "url": f"https://e.org/p{n}#a"}
        for n in range(2)
    ]
    (finding,) = found(tmp_path, rows, "urls-of-a-page")
    assert "https://e.org/p0, https://e.org/p1" in finding.message
