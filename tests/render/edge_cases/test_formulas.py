"""The edge cases 74 to 80: formulas, where they stand and what they may not do."""

from __future__ import annotations

import html5lib
import pytest

from sitegen.config import Config
from sitegen.model import Document, LinkSpace, Section
from sitegen.read.inputs import read
from sitegen.render import render
from tests.cases import SHARED, needs_shared
from tests.render.edge_cases.shown import body, cells, rendered, shown


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


def test_a_formula_between_dollars_and_backticks_is_one_as_on_github() -> None:
    assert '<math alttext="x_1">' in body("A formula $`x_1`$ here")
    assert "<math" not in body("It costs $`x`, or `$x$`, or $`a` b$")


@pytest.mark.parametrize(
    "text", ["\\\\[ x^2 \\\\]", "\\\\[\nx^2\n\\\\]", "Words:\n  \\\\[ x^2 \\\\]\nmore"]
)
def test_a_formula_between_brackets_stands_on_lines_of_its_own(text: str) -> None:
    assert '<math alttext="x^2" display="block">' in body(text)


def test_brackets_that_are_escaped_twice_in_a_sentence_are_no_formula() -> None:
    assert shown("a list\\\\[int\\\\] b") == "a list\\[int\\] b"
    assert shown("\\\\[1\\\\] first") == "\\[1\\] first"


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
