"""Components in odd places and in odd spellings: what is shown and what is reported."""

import re
from html import unescape
from pathlib import Path

import pytest

from sitegen.errors import Severity
from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.render import render
from sitegen.render.components.registry import tag_names

FENCE = "```"
GOLDEN = Path(__file__).parents[2] / "golden"
OLD = "https://huggingface.co/docs/transformers/en/tasks/asr"


def page(text: str, url: str = "") -> Body:
    sections = (Section(0, "", "", "docs.parquet", 3), Section(4, "", "", "docs.parquet", 4))
    return render(Document("page", "page.md", text, sections, url=url), LinkSpace())


def codes(body: Body) -> list[str]:
    return [finding.code for finding in body.diagnostics]


def words(body: Body) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body.html)).split())


def test_a_card_without_a_name_is_reported_and_left_out():
    body = page('<Docstring anchor={"a.B"} />\n')
    assert "<a" not in body.html
    assert codes(body) == ["component-malformed"]


def test_parameters_of_a_card_that_cannot_be_read_are_reported_and_the_card_is_shown():
    for good in ("", " parameters={[]}", ' parameters={[{"name": "x", "val": ": int"}]}'):
        assert codes(page(f'<Docstring name={{"class a.B"}}{good} />\n')) == []
    for bad in ('{{"name": "x"}}', '{[{"name": "x"}]}', '{["x"]}', "{1}", '"x: int"'):
        body = page(f'<Docstring name={{"class a.B"}} parameters={bad} />\n')
        assert "a.B" in words(body)
        assert codes(body) == ["component-malformed"], bad
        assert "write them as JSON" in body.diagnostics[0].help


def test_an_option_outside_its_group_is_shown_and_reported_with_its_place():
    body = page('Text.\n\n\n\n\n<hfoption id="a">\n\nInside.\n\n</hfoption>\n')
    assert words(body) == "Text. a Inside."
    (finding,) = body.diagnostics
    assert str(finding) == (
        "warning: <hfoption> outside <hfoptions> [component-misplaced]\n"
        "  --> row 4 of docs.parquet, page page, line 6\n"
        '  help: wrap it in <hfoptions id="...">'
    )


def test_an_unknown_attribute_is_reported_with_the_nearest_known_one():
    (finding,) = page('<Tip titel="x">\nT\n</Tip>\n').diagnostics
    assert (finding.code, finding.severity) == ("component-attribute", Severity.INFO)
    assert finding.help == "did you mean 'title'?"


@pytest.mark.parametrize("tag", ["<Foo prop={1}>", "<Foo/>", "</Foo>", "<Foo a={ {b: '>'} } />"])
def test_an_unknown_component_is_shown_as_text_and_reported(tag: str):
    body = page(f"One {tag} two.\n")
    assert words(body) == f"One {tag} two."
    assert [(f.code, f.severity) for f in body.diagnostics] == [
        ("component-unknown", Severity.INFO)
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<Foo path="a">*Body*</Foo>',
        '<Foo path="a">\n\nBody\n\n</Foo>',
        '<Foo a="1">x <Bar/></Foo>',
        '<Foo a="1">x <Foo a="2">y</Foo></Foo>',
        "<Foo>x</Foo>",
    ],
)
def test_an_unknown_component_and_its_end_are_one_finding(text: str):
    names = [finding.message.split(">")[0] for finding in page(f"{text}\n").diagnostics]
    assert len(names) == text.count("</Foo>") + text.count("<Bar/>")


@pytest.mark.parametrize("text", ["<Your model>", "<INSERT LINK>", "a <B> c", "<unk>", "<node>"])
def test_what_only_looks_like_a_tag_is_shown_and_not_reported(text: str):
    body = page(f"One {text} two.\n")
    assert text in words(body) or text == "a <B> c"
    assert codes(body) == []


def test_a_component_in_the_wrong_case_is_text_with_a_suggestion():
    body = page("<tip warning={true}>\n\nText.\n\n</tip>\n")
    assert "<tip warning={true}>" in words(body)
    assert body.diagnostics[0].help == "did you mean 'Tip'?"


def test_an_element_of_others_whose_name_is_hardly_like_a_component_is_no_misspelled_one():
    (finding,) = page('<ion-icon name="x"></ion-icon>\n').diagnostics
    assert finding.help == "it is shown as text"


def test_a_stray_closing_tag_is_left_out_and_reported():
    body = page("One.\n\n</Tip>\n\nTwo </Tip> three.\n{/if}\n")
    assert words(body) == "One. Two three."
    assert codes(body) == ["component-stray-end"] * 3
    assert [finding.location.line for finding in body.diagnostics] == [3, 6, 5]


def test_a_tag_in_a_sentence_that_is_never_closed_loses_no_words():
    body = page("One <Tip> two.\n\nThree.\n")
    assert words(body) == "One <Tip> two. Three."
    assert codes(body) == ["component-unclosed"]


def test_a_tag_that_overlaps_another_ends_with_it():
    body = page('<Tip>\n\n<hfoptions id="g">\n\nA\n\n</Tip>\n\nB\n\n</hfoptions>\n\nC\n')
    assert words(body) == "Tip A B C"
    assert codes(body) == ["component-unclosed", "component-stray-end"]


def test_an_unknown_alert_stays_a_quote_and_is_reported():
    body = page("> [!FOO]\n> Text\n")
    assert "<blockquote" in body.html
    assert words(body) == "[!FOO] Text"
    assert codes(body) == ["alert-unknown"]
    assert page("> [!WARNIG] x\n").diagnostics[0].help == "did you mean 'warning'?"


def test_what_obsidian_says_behind_a_bar_is_for_its_themes():
    assert words(page("> [!info|wide] Title\n> Text\n")) == "Title Text"
    assert codes(page("> [!nonsense|left] Title\n")) == ["alert-unknown"]


def test_other_conditions_are_not_evaluated_but_all_shown():
    body = page("{#if x > 1}\n\nA\n\n{:else}\n\nB\n\n{/if}\n")
    assert words(body) == "If x > 1 A If not x > 1 B"
    assert codes(body) == ["expression-unsupported"]


def test_conditions_in_a_sentence_name_their_framework():
    body = page("Use {#if fw === 'pt'}`torch`{:else}`keras`{/if} here.\n")
    assert words(body) == "Use (PyTorch) torch (TensorFlow) keras here."


def test_the_switch_of_a_course_is_a_group_like_its_variants():
    body = page("<FrameworkSwitchCourse {fw} />\n\n# T\n")
    assert 'class="sg-tabs" data-group="fw"' in body.html
    assert codes(body) == []


def test_every_framework_has_a_disclosure_and_text_between_them_stays():
    body = page(
        "<frameworkcontent>\nBefore\n<pt>\nP\n</pt>\n<flax>\nF\n</flax>\nAfter\n</frameworkcontent>\n"
    )
    assert re.findall(r"<summary>(\w+)", body.html) == ["PyTorch", "Flax"]
    assert sorted(words(body).split()) == ["After", "Before", "F", "Flax", "P", "PyTorch"]


def test_components_stand_in_table_cells():
    body = page(
        "| a | b |\n|---|---|\n| <Tip>mind *it*</Tip> | "
        '<PipelineTag pipeline="fill-mask"/> `<Tip>` |\n'
    )
    assert re.search(r"<td>\s*<aside[^>]*>.*<em>it</em>.*?</aside>\s*</td>", body.html, re.DOTALL)
    assert "<code>&lt;Tip&gt;</code>" in body.html
    assert codes(body) == []


def test_components_stand_in_raw_html_without_blank_lines():
    body = page(
        '<div class="flex">\n<PipelineTag pipeline="fill-mask"/>\n</div>\n\n'
        "<table>\n<tr><td><Tip>\n\n*One*\n\n</Tip></td>\n<td>Two</td></tr>\n</table>\n\nAfter.\n"
    )
    assert re.search(r'<div class="flex"[^>]*>\s*<span class="sg-tag"', body.html)
    assert re.search(
        r"<td>\s*<aside.*<em>One</em>.*</aside>\s*</td>\s*<td>Two", body.html, re.DOTALL
    )
    assert words(body) == "Fill Mask Tip One Two After."
    assert codes(body) == []


def test_a_closing_tag_may_stand_outside_the_indent_of_its_list_item():
    body = page("1. one\n   <Tip>\n   Text\n</Tip>\n2. two\n")
    assert body.html.count("<ol") == 1
    assert words(body) == "one Tip Text two"
    assert codes(body) == []


def test_components_follow_each_other_on_a_line():
    body = page(
        '<hfoptions id="g"><hfoption id="a">A</hfoption><hfoption id="b">\nB\n'
        "</hfoption></hfoptions> end\n"
    )
    assert re.findall(r'data-tab="(\w)"', body.html) == ["a", "b"]
    assert words(body) == "a A b B end"
    assert codes(body) == []


def test_tags_in_code_and_comments_are_none():
    body = page(f"<Tip>\n`</Tip>` <!-- </Tip> -->\n\n{FENCE}\n</Tip>\n{FENCE}\nin\n</Tip>\nout\n")
    assert body.html.index(">in<") < body.html.index("</aside>") < body.html.index(">out<")
    assert codes(body) == []


def test_a_fence_that_is_never_closed_is_reported_and_ends_with_its_component():
    body = page(f"<Tip>\n\n{FENCE}py\nx = 1\n\n</Tip>\n\nAfter.\n")
    assert words(body) == "Tip Python x = 1 After."
    assert codes(body) == ["fence-unclosed"]
    assert body.diagnostics[0].location.line == 3


def test_a_runnable_block_shows_no_notes_to_the_test_runner():
    body = page(
        f"{FENCE}py runnable:quick\nx = 1\nassert x  # doc-builder: hide\n"
        f"assert y  # ignore-bare-assert\n{FENCE}\n"
    )
    assert 'data-runnable="quick"' in body.html
    assert words(body) == "Python x = 1 assert y"
    assert "hide" in words(page(f"{FENCE}py\nx  # doc-builder: hide\n{FENCE}\n"))


@pytest.mark.parametrize("text", ["[[open-in-colab]]\n\nText.\n", "Text [[open-in-colab]]\n"])
def test_the_notebooks_marker_becomes_links_below_the_text(text: str):
    body = page(text, OLD)
    assert re.findall(r'href="([^"]*ipynb)"', body.html) == [
        f"https://colab.research.google.com/github/huggingface/notebooks/blob/main/"
        f"transformers_doc/en/{part}asr.ipynb"
        for part in ("", "pytorch/", "tensorflow/")
    ]
    assert 'aria-label="Notebooks"' in body.html
    assert "[[" not in body.html
    assert "<p></p>" not in body.html


def test_the_notebooks_marker_of_another_host_shows_nothing():
    assert words(page("[[open-in-colab]]\n\nText.\n", "https://a.example/docs/x/en/y")) == "Text."
    assert words(page("[[open-in-colab]]\n\nText.\n")) == "Text."
    assert words(page("Write `[[open-in-colab]]`.\n", OLD)) == "Write [[open-in-colab]] ."


def test_a_quiz_that_cannot_be_read_is_shown_as_written():
    body = page("<Question choices={[ {text: } ]} />\n\n*After*\n")
    assert "{text: }" in words(body)
    assert "<em>After</em>" in body.html
    assert codes(body) == ["component-malformed"]


def test_a_tag_that_cannot_be_parsed_is_shown_as_written():
    body = page('<Question choices={[ {text: "a" \n/>\n\n*After*\n')
    assert 'choices={[ {text: "a"' in words(body)
    assert "<em>After</em>" in body.html
    assert codes(body) == ["component-malformed"]


def test_versions_are_named_in_the_title():
    body = page('<Added version="2.3.0">For all.</Added>\n\n<Deprecated version="v3"/>\n')
    assert words(body) == "Added in 2.3.0 For all. Deprecated in v3"
    assert "sg-callout-warning" in body.html


@pytest.mark.integration
def test_hostile_numbers_of_tags_take_no_long_time_and_lose_no_words():
    for text in (
        "<Tip>\n" * 3000 + "word",
        "<Tip>" * 3000 + "word" + "</Tip>",
        "> " * 90 + "<Tip>\n" + "word",
        "</hfoption>\n" * 3000 + "word",
        '<Question choices={["' * 1000 + "word",
        "{#if fw === 'pt'}\n" * 2000 + "word\n" + "{:else}\n" * 2000,
    ):
        assert "word" in words(page(text))


@pytest.mark.parametrize("name", [f"<{name}" for name in tag_names()] + ["[!", "{#if", "[[open"])
def test_every_component_has_a_golden_case(name: str):
    assert any(name in file.read_text("utf-8") for file in GOLDEN.glob("*.md"))
