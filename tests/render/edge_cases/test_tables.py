"""The edge cases 104 to 116 of the language's reference: tables."""

from __future__ import annotations

import html5lib

from tests.render.edge_cases.shown import body, cells

XHTML = "{http://www.w3.org/1999/xhtml}"


def test_case_104_a_numbered_entity_in_code_in_a_cell_dodges_the_pipe() -> None:
    assert cells("| a | b |\n|---|---|\n| `unet&#124;vae` | c |")[1] == [
        "<code>unet|vae</code>",
        "c",
    ]


def test_case_105_an_escaped_pipe_in_code_in_a_cell_loses_its_backslash() -> None:
    assert cells("| a | b |\n|---|---|\n| `x \\| y` | c |")[1] == ["<code>x | y</code>", "c"]


def test_case_106_outer_pipes_may_be_missing_on_one_side() -> None:
    assert cells("| Left | Right\n--- | ---\n| 1 | 2") == [["Left", "Right"], ["1", "2"]]


def test_case_107_a_table_of_images_without_outer_pipes_is_a_table() -> None:
    rows = cells('<img src="a.png"/> | <img src="b.png"/>\n---|---\nbefore | after')
    assert [len(row) for row in rows] == [2, 2]
    assert rows[0][0].startswith("<img ")
    assert rows[1] == ["before", "after"]


def test_case_108_a_table_indented_by_four_stands_in_its_list_item() -> None:
    html = body('1. Map these:\n\n    | A | B |\n    |---|---|\n    | `a, "b"` |  |\n\n2. Save')
    item = html[html.index("<li>") : html.index("</li>")]
    assert '<code>a, "b"</code>' in item
    assert "<td></td>" in item
    assert html.count("<li>") == 2


def test_case_109_a_table_indented_by_two_stands_in_its_list_item() -> None:
    html = body("- Numbers\n\n  | A | B |\n  |---|---|\n  | 1 | 2 |")
    assert "<td>1</td>" in html[html.index("<li>") : html.index("</li>")]


def test_case_110_empty_cells_and_rows_are_kept() -> None:
    assert cells("| A | B |\n|---|---|\n|  |  |\n|  | 2 |")[1:] == [["", ""], ["", "2"]]


def test_case_111_an_unclosed_player_ends_with_its_cell() -> None:
    html = body(
        '| Audio |\n|---|\n| <audio controls><source src="a.wav" type="audio/wav"/> |\n\nAfter.'
    )
    tree = html5lib.parseFragment(html)
    (player,) = tree.iter(XHTML + "audio")
    assert [child.tag for child in player] == [XHTML + "source"]
    assert [p.text for p in tree.iter(XHTML + "p")] == ["After."]


def test_case_112_an_unquoted_unclosed_image_in_a_cell_is_an_image() -> None:
    (row,) = cells("| A |\n|---|\n| <img src=https://e.org/a.png width=200> |")[1:]
    assert 'src="https://e.org/a.png"' in row[0]
    assert 'width="200"' in row[0]


def test_case_113_a_comment_in_a_cell_leaves_it_empty() -> None:
    assert cells("| A | B |\n|---|---|\n| <!-- later --> | x |")[1] == ["", "x"]


def test_case_114_a_raw_table_without_blank_lines_is_html_and_no_markdown() -> None:
    html = body("<table>\n<tr>\n<td><center>*as* it is</center></td>\n</tr>\n</table>")
    assert '<div align="center">*as* it is</div>' in html


def test_case_115_a_br_in_a_header_cell_breaks_the_line() -> None:
    assert cells("| A100<br>batch 1 |\n|---|\n| x |")[0] == ["A100<br>batch 1"]


def test_case_116_links_and_code_stand_in_cells() -> None:
    row = cells("| A | B |\n|---|---|\n| [Model](model.md) | `a` \\| `b` |")[1]
    assert row[0] == '<a href="../model/">Model</a>'
    assert row[1] == "<code>a</code> | <code>b</code>"


def test_a_table_glued_under_a_line_of_text_is_a_table_as_on_github() -> None:
    html = body("The results:\n| A | B |\n|---|---|\n| 1 | 2 |")
    assert "<p>The results:</p>" in html
    assert "<td>1</td>" in html
