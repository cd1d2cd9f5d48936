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


def test_a_text_that_looks_like_a_list_of_several_values_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text('source,text\na.md,"[1, 2]"\nb.md,"[""x"", ""y""]"\n')
    assert [chunk.text for chunk in chunks(path)[0]] == ["[1, 2]", '["x", "y"]']
