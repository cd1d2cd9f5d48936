"""The edge cases 66 to 73 and 81 to 83: signs in prose, comments, notes."""

from __future__ import annotations

import re

import pytest

from sitegen.model import Document, LinkSpace, Section
from sitegen.model.objects import ApiDoc, Named
from sitegen.render import render
from tests.cases import body as rendered
from tests.cases import seconds
from tests.render.edge_cases.shown import body, shown


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


@pytest.mark.parametrize("text", ["- {}", "> {}", "{}", "<Tip>\n\n{}\n\n</Tip>"])
def test_a_comment_over_blank_lines_is_none_of_the_text_behind_its_end(text: str) -> None:
    indent = {"- ": "  ", "> ": "> "}.get(text[:2], "")
    comment = "<!-- a\n\n# No heading\n\n--> The **end**."
    found = rendered(text.format(comment.replace("\n", f"\n{indent}")))
    assert "<strong>end</strong>" in found.html
    assert "heading" not in found.html
    assert "--" not in found.html
    assert (found.headings, found.diagnostics) == ((), ())


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


@pytest.mark.integration
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


def test_each_line_above_a_definition_is_a_term() -> None:
    page = rendered("A\nB\n: both\n: again\n\nC\nD\n\n: loose")
    html = page.html
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["A", "B", "C", "D"]
    assert html.count("<dd>") == 3
    assert page.markdown == "A\nB\n\n: both\n\n: again\n\nC\nD\n\n: loose\n"
    assert "A\nB\n: both" in rendered("A\nB\n: both").markdown


def test_a_docstring_defines_terms_on_a_page_that_defines_none() -> None:
    text, section = "Two\nlines.\n\n[[autodoc]] lib.X", Section(0, "", "1", "docs.parquet", 0)
    named = Named("lib", docs=(ApiDoc("lib.X", text="A\nB\n: both"),))
    html = render(Document("a", "a.md", text, (section,)), LinkSpace(), named).html
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["A", "B"]


@pytest.mark.parametrize(
    "text",
    ["> [!NOTE]\n> A\n> : b", "> [!NOTE]\n: b", "One\n- x\n: y", "A\n> B\n: c", "A\n\nB\n\nC :\nd"],
)
def test_what_is_no_paragraph_is_no_term(text: str) -> None:
    assert "<dt>" not in body(text)


def test_a_task_that_says_nothing_has_its_box() -> None:
    page = rendered("- [ ] \n- [ ]\n- [x] b\n- [x] ```\n  c\n  ```\n1. [x]\n\n   d")
    assert page.html.count('type="checkbox"') == page.html.count('"task-list-item"') == 5
    assert page.html.count("checked") == 3
    assert re.findall(r"\[[ x]\]", page.markdown) == ["[ ]", "[ ]", "[x]", "[x]", "[x]"]
    assert body("[ ]\n\n> [x]") == "<p>[ ]</p>\n<blockquote>\n<p>[x]</p>\n</blockquote>\n"


@pytest.mark.integration
def test_many_definitions_take_no_longer_each_than_few() -> None:
    for text in ("a\n: b\n", "a\nb\n: c\n"):
        assert seconds(text * 4000) < 8 * max(seconds(text * 1000), 0.05)


@pytest.mark.parametrize("between", ["", " ", "\t"])
def test_a_comment_behind_another_one_is_a_comment_over_blank_lines_too(between: str) -> None:
    found = rendered(f"<!-- a -->{between}<!-- b -->{between}<!-- c\n\nd --> The **end**.")
    assert found.html.count("<p") == 1
    assert ">The <strong>end</strong>.</p>" in found.html
    assert found.diagnostics == ()
