r"""The edge cases 66 to 83 and 104 to 116 of the language's reference, by their numbers.

The reference leaves 79 and 104 open: numbered entities in inline code are decoded, as authors who
type `&#124;` there expect, named ones are not.
"""

from __future__ import annotations

import re

import html5lib
import pytest

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model import Document, LinkSpace, Section
from sitegen.read.inputs import read
from sitegen.render import render
from tests.cases import SHARED, needs_shared

XHTML = "{http://www.w3.org/1999/xhtml}"


def body(text: str) -> str:
    html = rendered(text)[0]
    return re.sub(r' data-chunk="[^"]*"', "", html)


def rendered(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    section = Section(0, "", "1_0", "docs.parquet", 0)
    result = render(Document("guide/page", "guide/page.md", text, (section,)), LinkSpace())
    return result.html, result.diagnostics


def shown(text: str) -> str:
    """Give the text that a reader sees, formulas as their TeX."""
    html = re.sub(r'<math alttext="([^"]*)".*?</math>', r"\1", body(text), flags=re.DOTALL)
    return " ".join(
        "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext()).split()
    )


def cells(text: str) -> list[list[str]]:
    """Give the inner HTML of a table's cells, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", body(text), re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def test_case_66_a_link_target_that_is_a_note_to_self_leaves_the_text() -> None:
    html = body("The code is [here](<INSERT LINK TO GITHUB REPO HERE>).")
    assert "here" in html
    assert "INSERT LINK" not in re.sub(r'href="[^"]*"', "", html)


def test_case_67_a_token_in_bold_prose_is_text() -> None:
    assert "<strong>&lt;|im_end|&gt;</strong>" in body("ends with **<|im_end|>** always")


def test_case_68_a_token_in_code_is_code() -> None:
    assert '<code>"&lt;|image|&gt;"</code>' in body('the `"<|image|>"` token')


def test_case_69_brackets_around_a_token_are_text() -> None:
    assert shown(text := '["<unk>", "ug"] and <unk> alone') == text


def test_case_70_doubled_angles_are_text() -> None:
    assert shown(text := "The <<tool_descriptions>> variable") == text


def test_case_71_an_arrow_between_words_is_text() -> None:
    assert shown(text := "English <-> German") == text


def test_case_72_signs_of_comparison_are_text() -> None:
    assert shown(text := "sequence length < 1024 and > 2") == text


def test_case_73_braces_in_an_address_are_encoded_and_kept() -> None:
    html = body("see https://huggingface.co/{username}/x")
    assert 'href="https://huggingface.co/%7Busername%7D/x"' in html
    assert ">https://huggingface.co/{username}/x</a>" in html


def test_case_74_a_less_than_sign_in_a_formula_is_no_tag() -> None:
    html = body("$$p(x_i | x_{<i})$$\n\nand $x_{<i}$ too <b>bold</b>")
    assert html.count("<math ") == 2
    assert html.count('<mo lspace="0" rspace="0">&lt;</mo><mi>i</mi>') == 2
    assert "<b>bold</b>" in html


def test_case_75_a_formula_stands_in_a_table_cell() -> None:
    assert cells("| a |\n|---|\n| \\\\(x_1\\\\) |")[1][0].startswith('<math alttext="x_1">')


def test_case_76_dollars_make_formulas_in_cells_and_before_punctuation() -> None:
    assert cells("| a |\n|---|\n| $I$ |")[1][0].startswith('<math alttext="I">')
    assert '<math alttext="v"><mi>v</mi></math>, so' in body("vector $v$, so")


@pytest.mark.parametrize("text", ["$$\\\\( x^2 \\\\)$$", "\\($$x^2$$\\)", "\\\\($x^2$\\\\)"])
def test_case_77_doubled_delimiters_make_one_formula(text: str) -> None:
    html = body(f"A formula {text} in a sentence.")
    assert 'A formula <math alttext="x^2"><msup>' in html
    assert "</math> in a sentence." in html


@pytest.mark.parametrize(
    "text",
    [
        "cheap ($0.14 per million tokens) or $5",
        "from $5 to $10 and $20",
        "from $5 to 6$ or so",
        "US$5 and US$6",
        "pay \\$5$ now",
        "set $HOME and $PATH first",
        "a $ b $ c",
        "$",
        "$$",
        "$$ $$",
    ],
)
def test_case_78_money_and_lone_dollars_are_no_formulas(text: str) -> None:
    assert "<math" not in body(text)
    assert shown(text) == text.replace("\\$", "$")


def test_case_79_delimiters_in_code_are_code_and_numbered_entities_there_are_decoded() -> None:
    html = body("Use `$$ ... $$` or `&#92;&#92;(...&#92;&#92;)` or `&amp;lt;`.\n\n```\n$x$\n```")
    assert "<code>$$ ... $$</code>" in html
    assert "<code>\\\\(...\\\\)</code>" in html
    assert "<code>&amp;amp;lt;</code>" in html
    assert "<math" not in html


def test_case_80_row_breaks_in_a_formula_make_rows() -> None:
    html = body("$$\na = b \\\\\nc = d \\\\\n$$")
    assert html.count("<mtr>") == 2
    assert html.startswith('<div class="sg-math" tabindex="0"><math alttext="a = b')
    assert 'display="block"' in html


def test_case_81_the_name_of_an_emoji_is_text() -> None:
    assert shown(text := "Nice :smile: work") == text


def test_case_82_hashes_in_the_comment_of_a_licence_make_no_headings() -> None:
    licence = "<!-- Copyright 2025 The Team\n#\n# Licensed under the Licence;\n#\n# not this\n-->"
    assert re.sub(r"<a class.*?</a>", "", body(f"{licence}\n\n# HiDream\n\nText.")) == (
        '<h1 id="hidream">HiDream </h1>\n<p>Text.</p>\n'
    )


def test_case_83_a_heading_in_a_comment_over_blank_lines_is_none() -> None:
    html = body("## Models\n\n<!---\n### Logos\n\nhidden\n\n--->\n\nShown.")
    assert html.count("</h") == 1
    assert "Shown." in html
    assert "Logos" not in html
    assert "hidden<" not in html


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


@pytest.mark.parametrize(
    "text",
    [
        "- item\n\n  $$\n  x\n  $$",
        "> $$x$$",
        "text\n$$x$$\nmore",
        "<Tip>\n$$x$$\n</Tip>",
    ],
)
def test_a_display_formula_stands_in_lists_quotes_components_and_under_text(text: str) -> None:
    assert '<div class="sg-math" tabindex="0"><math alttext="x" display="block">' in body(text)


def test_a_formula_takes_its_markup_out_before_emphasis_and_escapes() -> None:
    html = body("*a $x*y*z$ b* and \\\\(a_1 \\% b_2\\\\) and _c_")
    assert '<em>a <math alttext="x*y*z">' in html
    assert 'alttext="a_1 \\% b_2"' in html
    assert html.count("<em>") == 2


def test_a_formula_in_a_heading_is_shown_and_named_in_the_contents() -> None:
    section = Section(0, "", "1_0", "docs.parquet", 0)
    page = render(Document("a", "a.md", "## The $\\alpha$ value\n", (section,)), LinkSpace())
    assert "<math" in page.html
    assert page.headings[0].text == "The \\alpha value"


@needs_shared
def test_the_formulas_of_real_pages_are_all_good() -> None:
    config = Config(input=(str(SHARED / "data" / "transformers-docs.parquet"),))
    formulas = 0
    for chunk in read(config.input, config.columns, []):
        if "$" in chunk.text or "\\\\(" in chunk.text:
            html, findings = rendered(chunk.text)
            formulas += html.count("<math ")
            assert [f.message for f in findings if f.code == "bad-math"] == []
    assert formulas == 192


def test_a_bad_formula_shows_its_source_and_is_reported_with_its_chunk() -> None:
    html, findings = rendered("Look: $\\frac{1}$ and $$\\nosuch{<b>}$$ here.")
    assert '<code class="sg-math-error">$\\frac{1}$</code>' in html
    assert '<code class="sg-math-error">$$\\nosuch{&lt;b&gt;}$$</code>' in html
    assert [finding.code for finding in findings] == ["bad-math", "bad-math"]
    assert findings[0].location is not None
    assert findings[0].location.chunk_id == "1_0"
    assert "\\nosuch" in findings[1].message


def test_a_description_gives_a_formula_as_its_source() -> None:
    section = Section(0, "", "1_0", "docs.parquet", 0)
    text = "The matrix $E_1$ has a size that grows with the length of the sequence."
    page = render(Document("a", "a.md", text, (section,)), LinkSpace())
    assert page.description == text.replace("$", "")


def test_a_description_says_what_is_shown_and_not_what_only_screen_readers_hear() -> None:
    section = Section(0, "", "1_0", "docs.parquet", 0)
    text = "What changed since is written down in full, with the reasons, [here](./history)."
    page = render(Document("a", "a.md", text, (section,)), LinkSpace())
    assert "(history)" in page.html
    assert page.description == text.replace("[here](./history)", "here")


def test_a_seam_between_chunks_makes_no_definition() -> None:
    text = "The end of a chunk\n\n: the rest of a line that was cut.\n\nTerm\n: with a meaning"
    sections = tuple(Section(line, "", f"1_{line}", "docs.parquet", line) for line in (0, 2))
    html = render(Document("a", "a.md", text, sections), LinkSpace()).html
    assert '<p data-chunk="1_2">: the rest of a line that was cut.</p>' in html
    assert "<dl>\n<dt>Term</dt>\n<dd>with a meaning</dd>\n</dl>" in html


def test_definitions_that_nest_deep_or_are_many_lose_no_words() -> None:
    deep = "\n".join(f"{'  ' * depth}: w{depth}" if depth else "w0" for depth in range(300))
    assert shown(deep).split().count("w299") == 1
    assert body("term\n: word\n\n" * 5_000).count("<dd>word</dd>") == 5_000
    assert shown("term\n" + ": " * 5_000 + "word").endswith("word")


def test_footnotes_are_notes_with_links_there_and_back() -> None:
    html = body("Text[^1].\n\n[^1]: The *note*.")
    assert 'href="#' in html
    assert "The <em>note</em>." in html


def test_a_task_list_has_boxes_that_say_their_state() -> None:
    html = body("- [ ] open\n- [x] **done**\n- [y] none")
    assert html.count("<input ") == 2
    assert 'aria-label="To do"> open' in html
    assert 'checked=""> <strong>done</strong>' in html
    assert "[y] none" in html


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\text{<img src=x onerror=alert(1)>}",
        r"\text{\u003cscript>}",
        r"\class{sg-header}{x}",
        r"\style{position:fixed}{x}",
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}[1]{\sqrt{#1}}\a{\a{x}}",
        r"\label{x}\ref{x}",
        r"\color{red;position:fixed}{x}",
        r"\hspace{99999em}x",
        "\\sqrt" * 700 + " x",
        "{" * 1900 + "x" + "}" * 1900,
        "x^{" * 5000,
        "(" * 3000,
        "f([" * 600,
        "\\langle x" * 300,
        "{(}" * 500,
        "(&" * 500,
        "\x00",
        "\ud800",
        "&lt;script&gt;",
        "&#60;script&#62;",
        "</math><script>alert(1)</script>",
        "<!--",
        "]]>",
    ],
)
def test_nothing_of_a_hostile_formula_becomes_markup(tex: str) -> None:
    tree = html5lib.parseFragment(body(f"$${tex}$$\n\nand ${tex}$ after").replace("\x00", ""))
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2]
        assert name not in {"script", "img", "a", "annotation-xml", "maction", "svg"}
        assert not any(key.startswith("on") or "href" in key for key in element.attrib)
        assert "position" not in element.get("style", "")
    assert "after" in "".join(tree.itertext())
