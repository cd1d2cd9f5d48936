"""The edge cases 1 to 65 and 97 to 103 of the language's reference, by their numbers."""

import re
from html import unescape

import pytest

from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.read.text import Repairs, clean
from sitegen.render import render

FENCE = "```"


def page(text: str, *, url: str = "", id: str = "guide/page") -> Body:
    section = Section(0, "", "7_1", "docs.parquet", 12)
    return render(Document(id, f"{id}.md", text, (section,), url=url), LinkSpace())


def html(text: str) -> str:
    return page(text).html


def codes(body: Body) -> list[str]:
    return [finding.code for finding in body.diagnostics]


def words(fragment: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", fragment)).split())


def panels(fragment: str) -> list[str]:
    return re.findall(r'<section class="sg-tab" data-tab="([^"]*)"', fragment)


def code_blocks(fragment: str) -> list[str]:
    found = re.findall(r"<code class=\"language-[^\"]*\">(.*?)</code></pre>", fragment, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", code)) for code in found]


# Components


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


def test_case_26_an_include_that_leaves_the_folder_is_a_notice():
    result = page(
        '<tokenizerslangcontent>\n<python>\n<literalinclude>\n{"path": "../../bindings/t.py",\n'
        '"language": "python"}\n</literalinclude>\n</python>\n</tokenizerslangcontent>\n'
    )
    assert "sg-callout-problem" in result.html
    assert "../../bindings/t.py" in result.html
    assert codes(result) == ["include-missing"]


def test_case_27_only_existing_languages_are_tabs_in_a_fixed_order():
    body = html(
        "<inferencesnippet>\n<curl>\nC\n</curl>\n<python>\nP\n</python>\n</inferencesnippet>\n"
    )
    assert panels(body) == ["Python", "cURL"]


def test_case_28_an_inference_snippet_over_many_lines_is_a_table_and_examples():
    result = page(
        "<InferenceSnippet\n    pipeline=text-generation\n"
        '    providersMapping={ {"baseten":{"modelId":"a/b","providerModelId":"c"},'
        '"novita":{"modelId":"d/e","providerModelId":"f"} } }\nconversational />\n\nAfter.\n'
    )
    assert 'href="https://huggingface.co/d/e"' in result.html
    assert panels(result.html) == ["Python", "JavaScript", "cURL"]
    assert all("a/b" in code for code in code_blocks(result.html))
    assert "After." in result.html
    assert codes(result) == []


def test_case_29_a_banner_over_many_lines_lists_its_notebooks():
    result = page(
        '<CourseFloatingBanner chapter={7}\n  classNames="absolute z-10"\n  notebooks={[\n'
        '    {label: "Google Colab", value: "https://colab.research.google.com/x.ipynb"},\n'
        '    {label: "Aws Studio", value: "https://studiolab.sagemaker.aws/x.ipynb"},\n]} />\n'
        "\n# T\n"
    )
    assert re.findall(r'<li><a href="([^"]*)"', result.html) == [
        "https://colab.research.google.com/x.ipynb",
        "https://studiolab.sagemaker.aws/x.ipynb",
        "https://discuss.huggingface.co/t/chapter-7-questions",
    ]
    assert 'aria-label="Notebooks"' in result.html
    assert codes(result) == []


def test_case_30_a_banner_goes_on_at_column_zero():
    body = html(
        '<CourseFloatingBanner chapter={2}\n  notebooks={[\n    {label: "Colab", value: '
        '"https://colab.example/x"},\n]}\naskForHelpUrl="https://help.example" />\n\nText.\n'
    )
    assert 'href="https://help.example"' in body
    assert "askForHelpUrl" not in body


def test_case_31_a_question_is_a_quiz_that_reads_without_a_script():
    result = page(
        '<Question\n\tchoices={[\n\t\t{\n\t\t\ttext: "It is <code>a</code>",\n'
        '\t\t\texplain: "No: \\"b\\"."\n\t\t},\n\t\t{\n\t\t\ttext: "b",\n'
        '\t\t\texplain: "Yes!",\n\t\t\tcorrect: true,\n\t\t},\n\t]}\n/>\n\nAfter.\n'
    )
    assert '<fieldset class="sg-quiz"' in result.html
    assert re.findall(r'data-correct="(\w+)"', result.html) == ["false", "true"]
    assert result.html.count("<summary>Check this answer</summary>") == 2
    assert 'No: "b".' in unescape(result.html)
    assert "<code>a</code>" in result.html
    assert codes(result) == []


def test_case_32_entities_in_a_quiz_are_decoded_after_its_tags():
    body = html(
        '<Question choices={[{text: "The &#60;mask> token", explain: "", correct: true}]} />\n'
    )
    assert "The &lt;mask&gt; token" in body


def test_case_33_a_bad_string_of_a_quiz_does_not_break_the_page():
    body = html(
        '<Question choices={[{text: "a `b</a></div></fieldset>", explain: "<b>c"}, {text: ""}]}/>\n'
        "\n*After*\n"
    )
    assert body.count("</fieldset>") == 1
    assert body.count("<b>") == body.count("</b>")
    assert "a `b" in body
    assert "<em>After</em>" in body


def test_case_34_choices_at_column_zero_are_one_component():
    body = html(
        '<Question\nchoices={[\n{\ntext: "One",\nexplain: "E1",\n},\n{\ntext: "Two",\n'
        'explain: "E2",\ncorrect: true\n}\n]}\n/>\n'
    )
    assert body.count("sg-choice-text") == 2
    assert "{" not in body


def test_case_35_variants_stand_inside_an_alert():
    result = page(
        "> [!TIP]\n> {#if fw === 'pt'}\n> Use *torch*.\n> {:else}\n> Use *keras*.\n> {/if}\n"
        "\nAfter.\n"
    )
    assert result.html.count("<aside") == 1
    assert panels(result.html) == ["PyTorch", "TensorFlow"]
    assert "<em>keras</em>" in result.html
    assert result.html.index("keras") < result.html.index("</aside>") < result.html.index("After.")
    assert codes(result) == []


def test_case_36_a_variant_without_else_is_labelled():
    body = html("{#if fw === 'tf'}\n\nFor Keras.\n\n{/if}\n\nFor all.\n")
    assert words(body) == "TensorFlow For Keras. For all."
    assert "sg-tabs" not in body


def test_case_37_lists_may_start_right_after_the_marks():
    body = html("{#if fw === 'pt'}\n- a\n- b\n{:else}\n- c\n{/if}\n")
    assert panels(body) == ["PyTorch", "TensorFlow"]
    assert body.count("<ul") == 2
    assert body.count("<li") == 3


@pytest.mark.parametrize(
    "tag",
    [
        "<Youtube id='dQw4w9WgXcQ' />",
        '<Youtube  id="dQw4w9WgXcQ"/>',
        '<Youtube id="dQw4w9WgXcQ" />',
    ],
)
def test_case_38_videos_in_odd_spellings_are_links(tag: str):
    result = page(tag + "\n\nText.\n")
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in result.html
    assert codes(result) == []


def test_case_39_a_badge_between_lists_is_a_badge():
    body = html('- a\n\n<PipelineTag pipeline="text-to-image"/>\n\n- b\n')
    assert '<span class="sg-tag">Text-to-Image</span>' in body
    assert body.count("<ul") == 2


# Alerts


def test_case_40_text_on_the_marker_line_belongs_to_the_alert():
    assert words(html("> [!TIP] To avoid waits,\n> go on.\n")) == "Tip To avoid waits, go on."


def test_case_41_a_title_line_then_text_and_a_fence_are_one_alert():
    body = html(f"> [!NOTE] How does it work?\n>\n> So:\n>\n> {FENCE}py\n> x = 1\n> {FENCE}\n")
    assert body.count("<aside") == 1
    assert "<p>How does it work?</p>" in body
    assert code_blocks(body) == ["x = 1\n"]


def test_case_42_the_kind_of_an_alert_may_be_in_mixed_case():
    assert "sg-callout-tip" in html("> [!Tip]\n> Text\n")


def test_case_43_an_alert_needs_no_space_after_its_sign():
    assert "sg-callout-warning" in html(">[!WARNING]\n>Text\nand a lazy line.\n")


def test_case_44_an_alert_in_a_list_item_stays_in_it_and_an_indented_one_is_normal():
    body = html("1. item\n\n   > [!NOTE]\n   > Inside.\n\n2. next\n")
    assert body.index("<li") < body.index("<aside") < body.index("</li>")
    assert body.count("<ol") == 1
    assert "sg-callout-note" in html("  > [!NOTE]\n  > Text\n")


def test_case_45_a_fence_in_an_alert_has_no_signs_of_quotes():
    body = html(f"> [!TIP]\n> {FENCE}py\n> x = 1\n> y = 2\n> {FENCE}\n")
    assert code_blocks(body) == ["x = 1\ny = 2\n"]


def test_case_46_a_link_split_over_quoted_lines_is_one_link_without_svelte_spaces():
    body = html(
        '> [!TIP]\n> See{" "}\n> <a\n> href="https://a.example"\n> >the course</a>{" "}\n> now.\n'
    )
    assert words(body) == "Tip See the course now."
    assert '<a href="https://a.example"' in body


def test_case_47_a_doctest_without_a_fence_is_code_and_reported():
    result = page(">>> x_token = tokenizer('a')\n'b'\n\nText.\n")
    assert code_blocks(result.html) == [">>> x_token = tokenizer('a')\n'b'\n"]
    assert "<blockquote" not in result.html
    assert codes(result) == ["doctest-unfenced"]


# Code


def test_case_48_a_longer_fence_holds_a_shorter_one():
    body = html(f'{FENCE}`py\ns = "{FENCE}"\n{FENCE}`\n\n*After*\n')
    assert code_blocks(body) == [f's = "{FENCE}"\n']
    assert "<em>After</em>" in body


def test_case_49_an_indented_fence_inside_code_closes_nothing():
    result = page(f"{FENCE}python\na\n    {FENCE}json\nb\n{FENCE}`\n\n<Tip>\n*After*\n</Tip>\n")
    assert code_blocks(result.html) == [f"a\n    {FENCE}json\nb\n"]
    assert "<em>After</em>" in result.html
    assert codes(result) == []


def test_case_50_a_fence_may_be_closed_by_a_longer_one():
    result = page(f"{FENCE}py\na\n{FENCE}`\n\nAfter\n")
    assert code_blocks(result.html) == ["a\n"]
    assert codes(result) == []


@pytest.mark.parametrize("info", [" py", " Python", "Python", "py:"])
def test_case_51_python_is_known_in_every_spelling(info: str):
    assert 'class="language-python"' in html(f"{FENCE}{info}\nx\n{FENCE}\n")


def test_case_52_braces_of_quarto_are_python():
    assert 'class="language-python"' in html(f"{FENCE}{{python}}\nx\n{FENCE}\n")


def test_case_53_a_language_in_another_script_is_plain_text():
    assert 'class="language-text"' in html(f"{FENCE}النص\nx\n{FENCE}\n")


def test_case_54_a_python_output_is_labelled_output():
    body = html(f"{FENCE}python out\n{{'a': 1}}\n{FENCE}\n")
    assert 'class="language-python"' in body
    assert ">Output</figcaption>" in body


def test_case_55_a_split_fence_is_two_tabs():
    body = html(
        f"{FENCE}py\n>>> import torch\n>>> # ===PT-TF-SPLIT===\n>>> import keras\n{FENCE}\n"
    )
    assert panels(body) == ["PyTorch", "TensorFlow"]
    assert code_blocks(body) == [">>> import torch\n", ">>> import keras\n"]
    body = html(f"{FENCE}py\na\n===STRINGAPI-READINSTRUCTION-SPLIT===\nb\n{FENCE}\n")
    assert panels(body) == ["String API", "ReadInstruction"]


def test_case_56_flags_of_doctests_go_from_every_prompt_line():
    text = (
        f"{FENCE}py\n>>> a()  # doctest: +IGNORE_RESULT\n    >>> b(  # doctest: +SKIP, +ELLIPSIS\n"
        f"    ...     c)  # doctest: +SKIP\n{FENCE}\n"
    )
    assert code_blocks(html(text)) == [">>> a()\n    >>> b(\n    ...     c)\n"]


def test_case_57_a_fence_indented_in_a_list_item_is_code_of_the_item():
    body = html(f"1. Item:\n\n    {FENCE}bash\n    run\n    {FENCE}\n\n2. Next\n")
    assert code_blocks(body)[0].strip() == "run"
    assert body.count("<ol") == 1


def test_case_58_a_closing_script_in_a_fence_is_escaped():
    body = html(f"{FENCE}html\n<script>alert(1)</script>\n{FENCE}\n")
    assert "<script" not in body
    assert "</script" not in body
    assert code_blocks(body) == ["<script>alert(1)</script>\n"]


def test_case_59_tildes_inside_a_fence_are_text():
    result = page(f"{FENCE}\n~~~~~~\n[AAAA]\n~~~~~~\n{FENCE}\n\n<Tip>\nT\n</Tip>\n")
    assert code_blocks(result.html) == ["~~~~~~\n[AAAA]\n~~~~~~\n"]
    assert codes(result) == []


def test_case_60_a_diagram_is_a_figure_with_its_source():
    body = html(f"{FENCE}mermaid\ngraph TD\n  A-->B\n{FENCE}\n")
    assert '<figure class="sg-code sg-mermaid"' in body
    assert code_blocks(body) == ["graph TD\n  A-->B\n"]


def test_case_61_templates_in_code_and_fences_are_literal():
    body = html(
        f"Use `{{% macro x %}}` here.\n\n{FENCE}jinja\n{{{{ a }}}}{{#if fw === 'pt'}}\n{FENCE}\n"
    )
    assert "{% macro x %}" in body
    assert code_blocks(body) == ["{{ a }}{#if fw === 'pt'}\n"]


def test_case_62_braces_in_inline_code_are_literal():
    assert "<code>{{num_query_tokens}}</code>" in html("With `{{num_query_tokens}}` tokens.\n")


def test_case_63_the_end_of_a_comment_in_inline_code_ends_none():
    body = html("The `-->` sign and `<!--` too.\n\nAfter.\n")
    assert "<code>--&gt;</code>" in body
    assert "<code>&lt;!--</code>" in body
    assert "After." in body


def test_case_64_raw_html_that_is_never_closed_does_not_leak():
    body = html("<div>\n<progress value='3' max='4'></progress>\n[3/4]\n<p>\n</div>\n\nAfter.\n")
    assert "<progress" in body
    assert body.count("<p>") == body.count("</p>")
    assert body.index("</div>") < body.index("After.")


def test_case_65_words_after_the_language_are_ignored():
    body = html(f"{FENCE}python no-style\nx\n{FENCE}\n")
    assert 'class="language-python"' in body
    assert "no-style" not in body


# Comments and files


def test_case_97_line_ends_of_windows_are_normalised_when_read():
    text, _ = clean("<Tip>\r\n\r\nText.\r\n\r\n</Tip>\r\n", None, Repairs("a.md"))
    assert text == "<Tip>\n\nText.\n\n</Tip>\n"


def test_case_98_an_empty_file_is_a_page_without_words():
    assert words(html("")) == ""


def test_case_99_a_page_inside_a_directed_div_is_markdown():
    result = page('<div dir="rtl" lang="ar">\n\n# عنوان\n\nنص *مهم*.\n\n</div>\n')
    assert 'dir="rtl"' in result.html
    assert [heading.level for heading in result.headings] == [1]
    assert "<em>مهم</em>" in result.html


def test_case_100_the_comment_that_hides_the_table_of_contents_marks_the_page():
    result = page("<!-- DISABLE-FRONTMATTER-SECTIONS -->\n\n# Title\n\n## Part\n")
    assert result.html.startswith('<div class="sg-no-toc">')


def test_case_101_the_comments_about_tables_and_code_mark_the_page():
    assert '<div class="sg-stretch-tables">' in html("# T\n\n<!-- STRETCH TABLES -->\n\nx\n")
    assert '<div class="sg-wrap-code">' in html("# T\n\nx <!-- WRAP CODE BLOCKS -->\n")
    assert "sg-wrap-code" not in html(f"{FENCE}\n<!-- WRAP CODE BLOCKS -->\n{FENCE}\n")


def test_case_102_an_anchor_by_hand_stays_as_an_empty_target():
    body = html("<a id='byte-pair-encoding'></a>\n\n### Byte-Pair Encoding (BPE)\n")
    assert "byte-pair-encoding" in body
    assert 'id="byte-pair-encoding-bpe"' in body


def test_case_103_unusual_spaces_stay_in_the_text():
    body = html("a\u00a0b \u200bc\u200f\n")
    assert "a\u00a0b" in unescape(body)
    assert "\u200bc\u200f" in body
