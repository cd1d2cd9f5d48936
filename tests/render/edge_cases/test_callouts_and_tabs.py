"""The edge cases 1 to 25 of the language's reference: callouts, tabs, framework blocks."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.render.edge_cases.pages import FENCE, code_blocks, codes, html, page, panels, words


def test_case_01_a_tip_without_blank_lines_is_markdown():
    body = html("<Tip>\n*Note* the `code` of [a](https://a.example).\n</Tip>\n")
    assert 'class="sg-callout sg-callout-tip"' in body
    assert "<em>Note</em>" in body
    assert "<code>code</code>" in body
    assert '<a href="https://a.example"' in body


def test_case_02_a_one_line_tip_keeps_its_raw_link():
    body = html('<Tip>See <a href="https://a.example">the list</a> first.</Tip>\n')
    assert body.count("<aside") == 1
    assert '<a href="https://a.example" rel="noopener noreferrer">the list</a>' in body


def test_case_03_a_one_line_tip_of_plain_text_is_a_callout():
    body = html("<Tip>Use a recent driver.</Tip>\n\nAfter.\n")
    assert words(body) == "Tip Use a recent driver. After."
    assert body.index("</aside>") < body.index("After.")


def test_case_04_an_indented_tip_outside_a_list_holds_a_paragraph():
    body = html("  <Tip>\n\n  Indented *text*.\n\n  </Tip>\n")
    assert "<p>Indented <em>text</em>.</p>" in body
    assert "<aside" in body


def test_case_05_a_tip_in_an_indented_disclosure_keeps_heading_and_fence_inside():
    text = (
        "<details>\n  <summary>More</summary>\n\n  ### Inner\n\n"
        f"  {FENCE}py\n  x = 1\n  {FENCE}\n\n  <Tip>\n\n  Mind.\n\n  </Tip>\n</details>\n\nAfter.\n"
    )
    result = page(text)
    inside = result.html[result.html.index("<details") : result.html.index("</details>")]
    assert "Inner" in inside
    assert "<aside" in inside
    assert code_blocks(inside) == ["x = 1\n"]
    assert [heading.id for heading in result.headings] == ["inner"]


def test_case_06_the_title_of_a_tip_is_shown():
    result = page('<Tip title="How it works">\n\nText.\n\n</Tip>\n')
    assert '<p class="sg-callout-title">How it works</p>' in result.html
    assert codes(result) == []


def test_case_07_a_tip_with_warning_false_is_a_plain_tip():
    assert "sg-callout-tip" in html("<Tip warning={false}>\n\nText.\n\n</Tip>\n")
    assert "sg-callout-warning" in html("<Tip warning={true}>\n\nText.\n\n</Tip>\n")
    assert "sg-callout-warning" in html("<Tip warning>\n\nText.\n\n</Tip>\n")


def test_case_08_raw_code_in_a_tip_is_coloured_once_and_decoded_once():
    body = html(
        '<Tip>\n<p>See <code>outputs</code>:</p>\n<pre><code class="language-Python">'
        "&gt;&gt;&gt; with x:\n...     y = a &lt; b\n</code></pre>\n</Tip>\n"
    )
    assert body.count("<aside") == 1
    assert code_blocks(body) == [">>> with x:\n...     y = a < b\n"]
    assert 'data-copy="with x:' in body
    assert "&amp;" not in body


def test_case_09_panels_are_labelled_by_label_or_else_by_value():
    result = page(
        '<hfoptions id="x" >\n<hfoption value="tgi" label="TGI">\n\nOne.\n\n</hfoption>\n'
        '<hfoption value="vllm">\n\nTwo.\n\n</hfoption>\n</hfoptions>\n'
    )
    assert panels(result.html) == ["TGI", "vllm"]
    assert codes(result) == []


def test_case_10_a_label_may_hold_signs_of_comparison():
    result = page(
        '<hfoptions id="i">\n<hfoption id="uv (PyTorch >= 2.10 only)">\n\nA\n\n</hfoption>\n'
        '<hfoption id="pip">\n\nB\n\n</hfoption>\n</hfoptions>\n'
    )
    assert [unescape(name) for name in panels(result.html)] == ["uv (PyTorch >= 2.10 only)", "pip"]


def test_case_11_a_closing_tag_may_carry_an_attribute_and_a_tip_may_be_in_a_panel():
    result = page(
        '<hfoptions id="timm backbone">\n<hfoption id="a">\n\n<Tip>\nMind.\n</Tip>\n\n</hfoption>\n'
        '<hfoption id="b">\n\nB\n\n</hfoption>\n</hfoptions id="timm backbone">\n\nAfter.\n'
    )
    assert panels(result.html) == ["a", "b"]
    assert result.html.index("<aside") < result.html.index('data-tab="b"')
    assert result.html.rindex("</section>") < result.html.index("After.")
    assert codes(result) == []


def test_case_12_unclosed_options_reach_to_the_next_section_and_are_reported():
    result = page(
        '<hfoptions id="m">\n<hfoption id="480p">\n\nText.\n\n### Part\n\nMore.\n\n'
        "## Next\n\nOther.\n"
    )
    assert codes(result) == ["component-unclosed", "component-unclosed"]
    assert "hfoption" not in result.html
    assert words(result.html) == "Text. Part More. Next Other."
    place = result.diagnostics[0].location
    assert (place.chunk_id, place.row, place.line) == ("7_1", 12, 1)
    assert result.diagnostics[0].help == "write </hfoptions> after its body"


def test_case_13_tabs_nest_in_a_disclosure():
    body = html(
        '<details>\n<summary>S</summary>\n\n<hfoptions id="c">\n<hfoption id="a">\n\nA\n\n'
        '</hfoption>\n<hfoption id="b">\n\nB\n\n</hfoption>\n</hfoptions>\n\n</details>\n'
    )
    assert body.index("<details") < body.index("sg-tabs") < body.index("</details>")
    assert panels(body) == ["a", "b"]


def test_case_14_a_disclosure_nests_in_a_panel():
    body = html(
        '<hfoptions id="c">\n<hfoption id="a">\n\n<details>\n<summary>S</summary>\n\n'
        f"{FENCE}py\nx = 1\n{FENCE}\n\n</details>\n\n</hfoption>\n"
        '<hfoption id="b">\n\nB\n\n</hfoption>\n</hfoptions>\n'
    )
    first = body[body.index('data-tab="a"') : body.index('data-tab="b"')]
    assert first.index("<details") < first.index("x = ") < first.index("</details>")


def test_case_15_raw_figures_in_a_panel_are_kept():
    body = html(
        '<hfoptions id="c">\n<hfoption id="a">\n\n<figure>\n<img src="a.png" alt="A">\n'
        '<figcaption>Cap</figcaption>\n</figure>\n\n</hfoption>\n<hfoption id="b">\nB\n'
        "</hfoption>\n</hfoptions>\n"
    )
    assert "<figcaption>Cap</figcaption>" in body
    assert "<img" in body


def test_case_16_groups_of_one_name_may_have_different_options():
    group = (
        '<hfoptions id="usage">\n<hfoption id="{}">\n1\n</hfoption>\n<hfoption id="{}">\n2\n'
        "</hfoption>\n</hfoptions>\n\n"
    )
    body = html(group.format("a", "b") + group.format("b", "c"))
    assert panels(body) == ["a", "b", "b", "c"]
    assert body.count('data-group="usage"') == 2


def test_case_17_a_repeated_label_is_numbered():
    body = html(
        '<hfoptions id="g">\n<hfoption id="load">\n1\n</hfoption>\n<hfoption id="load">\n2\n'
        "</hfoption>\n</hfoptions>\n"
    )
    assert panels(body) == ["load", "load (2)"]


def test_case_18_a_single_option_is_only_its_content():
    body = html('<hfoptions id="g">\n<hfoption id="a">\n\nOnly.\n\n</hfoption>\n</hfoptions>\n')
    assert "sg-tab" not in body
    assert words(body) == "Only."


def test_case_19_a_body_may_start_with_a_link_on_the_next_line():
    body = html('<hfoption id="a">\n[L](https://l.example) is *new*.\n</hfoption>\n')
    assert '<a href="https://l.example"' in body
    assert "<em>new</em>" in body


def test_case_20_a_fence_may_touch_both_tags():
    result = page(
        f'<hfoptions id="g">\n<hfoption id="a">\n{FENCE}bash\nrun\n{FENCE}\n</hfoption>\n'
        f'<hfoption id="b">\n{FENCE}bash\nwalk\n{FENCE}\n</hfoption>\n</hfoptions>\n\nAfter.\n'
    )
    assert panels(result.html) == ["a", "b"]
    assert code_blocks(result.html) == ["run\n", "walk\n"]
    assert codes(result) == []


def test_case_21_a_fence_on_one_line_in_a_framework_block_is_code():
    body = html(
        f"<frameworkcontent>\n  <pt>{FENCE}bash pip install torch {FENCE}</pt>\n"
        "</frameworkcontent>\n"
    )
    assert code_blocks(body) == ["pip install torch\n"]
    assert 'data-lang="bash"' in body


def test_case_22_a_stray_tag_before_another_block_is_ignored():
    result = page(
        "<frameworkcontent>\n<pt>\nP\n</pt>\n<tf>\nT\n</tf>\n<tf>\n<jax>\nJ\n</jax>\n"
        "</frameworkcontent>\n"
    )
    assert re.findall(r"<summary>(\w+)", result.html) == ["PyTorch", "TensorFlow", "JAX"]
    assert words(result.html) == "PyTorch P TensorFlow T JAX J"
    assert codes(result) == ["component-unclosed"]


def test_case_23_a_tip_nests_in_a_framework_block():
    body = html("<frameworkcontent>\n<pt>\n<Tip>\n\nMind.\n\n</Tip>\n</pt>\n</frameworkcontent>\n")
    assert body.index("<details") < body.index("<aside") < body.index("</details>")


def test_case_24_a_heading_in_a_framework_block_is_in_the_table_of_contents():
    result = page(
        "<frameworkcontent>\n<jax>\n\n## FlaxAlbertModel\n\n[[autodoc]] FlaxAlbertModel\n"
        "    - __call__\n\n</jax>\n</frameworkcontent>\n"
    )
    assert [heading.text for heading in result.headings] == ["FlaxAlbertModel"]
    assert "[[autodoc]]" not in result.html


def test_case_25_a_table_may_touch_both_tags():
    body = html(
        "<tokenizerslangcontent>\n<python>\n| a | b |\n|---|---|\n| 1 | 2 |\n</python>\n"
        "<rust>\nR\n</rust>\n</tokenizerslangcontent>\n"
    )
    assert panels(body) == ["Python", "Rust"]
    assert "<td>1</td>" in body
    assert 'data-group="code"' in body


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("Before <Tip>x</Tip>", ["Before"]),
        ("Before <Tip>x</Tip> and *after*.", ["Before", "and <em>after</em>."]),
        ("<Tip>x</Tip> and <Tip warning>y</Tip>", ["and"]),
        ("A\n<Tip>x</Tip>\nB", ["A", "B"]),
        ("A <Note>x</Note><Added version='2'/> B", ["A", "B"]),
        ("> A <Tip>x</Tip>", ["A"]),
        ("1. A <Tip>x</Tip>\n\n2. B", ["A", "B"]),
    ],
)
def test_a_callout_in_a_sentence_stands_between_paragraphs_of_which_none_is_empty(text, around):
    body = html(f"{text}\n")
    callout = re.compile(r"<aside.*?</aside>", re.DOTALL)
    assert re.findall(r"<p\b[^>]*>(.*?)</p>", callout.sub("", body)) == around
    assert not re.search(r"<p[^>]*>\s*</p>", body)


def test_a_callout_in_the_text_of_a_task_keeps_its_box():
    body = html("- [x] Do <Tip>x</Tip> it\n\n- [ ] later\n")
    assert body.count('type="checkbox"') == 2
    assert "<aside" in body


def test_a_flag_whose_brace_is_never_closed_swallows_nothing():
    shown = html("<Tip warning={true>\nOne\n</Tip>\n\n<Tip warning={true}>\nTwo\n</Tip>\n")
    assert shown.count("sg-callout-warning") == 2
    assert "<p>One</p>" in shown
    assert "<p>Two</p>" in shown
