"""The edge cases 26 to 46: includes, banners, quizzes, alerts and other parts of courses."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.render.edge_cases.pages import FENCE, code_blocks, codes, html, page, panels, words


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
