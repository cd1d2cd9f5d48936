"""Tables of comma-separated values as others dump them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.rows import chunks, refusal


@pytest.mark.parametrize("told", ["docs/a.md", "a.md", '"{""source"": ""docs/a.md""}"'])
def test_a_table_without_a_header_is_refused_with_a_way_out(tmp_path: Path, told: str) -> None:
    rows = f'1,"# Pumps\n\nIt runs.",{told}\n2,It stops.,{told}\n'
    path = tmp_path / "d.csv"
    path.write_text(rows)
    assert "names the 3 columns, such as id,text,source" in refusal(path)
    path.write_text("id,text,source\n" + rows)
    assert [chunk.text for chunk in chunks(path)[0]] == ["# Pumps\n\nIt runs.", "It stops."]


@pytest.mark.parametrize("header", ["text,source", "id,text,source,column4"])
def test_the_header_that_is_advised_has_a_name_for_each_column(tmp_path: Path, header: str) -> None:
    row = {"id": "1", "text": '"# Pumps\n\nIt runs."', "source": "docs/a.md"}
    line = ",".join(row.get(name, "x") for name in header.split(","))
    path = tmp_path / "d.csv"
    path.write_text(f"{line}\n{line}\n")
    assert f"such as {header}, or" in refusal(path)
    path.write_text(f"{header}\n{line}\n")
    assert [chunk.source for chunk in chunks(path)[0]] == ["docs/a.md"]


def test_a_text_that_looks_like_a_list_of_several_values_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text('source,text\na.md,"[1, 2]"\nb.md,"[""x"", ""y""]"\n')
    assert [chunk.text for chunk in chunks(path)[0]] == ["[1, 2]", '["x", "y"]']
