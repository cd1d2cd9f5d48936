"""Tables: what their bars stand for."""

from __future__ import annotations

import re

import pytest

from tests.cases import body, seconds

HEAD = "| a | b |\n|---|---|\n"


def cells(row: str) -> list[str]:
    return re.findall(r"<td>(.*?)</td>", body(HEAD + row).html)


@pytest.mark.parametrize(
    ("row", "first"),
    [
        ("| `x|y` | c |", "<code>x|y</code>"),
        ("| `x||y` and `|` | c |", "<code>x||y</code> and <code>|</code>"),
        ("`x|y` | c", "<code>x|y</code>"),
        ("| $|x|$ | c |", '<math alttext="|x|">'),
        ("| \\\\(a|b\\\\) | c |", '<math alttext="a|b">'),
        ("| `x\\|y` | c |", "<code>x|y</code>"),
    ],
)
def test_a_bar_in_code_or_a_formula_ends_no_cell_where_the_row_would_have_too_many(
    row: str, first: str
) -> None:
    found, last = cells(row)
    assert found.startswith(first)
    assert last == "c"
    assert body(HEAD + row).diagnostics == ()


@pytest.mark.parametrize("row", ["| `x|y` |", "| $5 | $6 |", "| `a | b` |"])
def test_a_bar_ends_a_cell_where_the_row_has_as_many_as_the_header(row: str) -> None:
    assert len(cells(row)) == 2
    assert body(HEAD + row).diagnostics == ()


@pytest.mark.parametrize("row", ["| a | b | c |", "| $5 | $6 | $7 |", "| `a|b` | c | d |"])
def test_cells_that_are_too_many_all_the_same_are_reported(row: str) -> None:
    assert [found.code for found in body(HEAD + row).diagnostics] == ["table-extra-cells"]


@pytest.mark.parametrize("unit", ["`", "`a|", "$", "$a|", "\\\\(a|", "$$", "``a"])
def test_signs_that_nothing_closes_take_time_as_their_number(unit: str) -> None:
    row = "| a | b | c | {} |"
    short, long = (HEAD + row.format(unit * n) for n in (8_000, 32_000))
    assert seconds(long) < 8 * max(seconds(short), 0.05)


@pytest.mark.parametrize("row", ["| `a|b` | c |", "| c | $|x|$ |", "`a|b` | c"])
def test_a_bar_in_code_of_the_head_ends_no_cell_where_the_row_below_has_fewer(row: str) -> None:
    page = body(f"{row}\n|---|---|\n| 1 | 2 |")
    assert page.html.count("<th>") == 2
    assert cells("| 1 | 2 |") == ["1", "2"]
    assert page.diagnostics == ()


@pytest.mark.parametrize("mark", ["-", "*", "1."])
@pytest.mark.parametrize("head", ["a | b", "| a | b", "| a | b |"])
@pytest.mark.parametrize("under", ["--|--", "|---|---|", "|---|---|---|"])
def test_a_table_that_begins_an_item_stands_in_it(mark: str, head: str, under: str) -> None:
    indent = " " * (len(mark) + 1)
    html = body(f"{mark} one\n{mark} {head}\n{indent}{under}\n{indent}1 | 2\n{mark} three\n").html
    assert html.count("<li>") == 3
    assert f"<th>{mark}" not in html
    item = html.split("<li>")[2]
    assert "<table>" in item
    assert "<th>a</th>" in item
    assert "<td>2</td>" in item
