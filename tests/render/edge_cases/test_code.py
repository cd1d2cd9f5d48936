"""The edge cases 47 to 65: fences, doctests, code in lines."""

from __future__ import annotations

import pytest

from tests.render.edge_cases.pages import FENCE, code_blocks, codes, html, page, panels


def test_case_47_a_doctest_without_a_fence_is_code_and_reported():
    result = page(">>> x_token = tokenizer('a')\n'b'\n\nText.\n")
    assert code_blocks(result.html) == [">>> x_token = tokenizer('a')\n'b'\n"]
    assert "<blockquote" not in result.html
    assert codes(result) == ["doctest-unfenced"]


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


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n  ```sh\n  ls\n```\n\nAfter *it*.\n\n## Next\n",
        "> a\n> ~~~sh\n> ls\n~~~\nAfter *it*.\n\n~~~py\nx\n~~~\n",
        "!!! note\n\n    ```sh\n    ls\n```\n\nAfter *it*.\n",
        "- a\n  - b\n\n    ```sh\n    ls\n  ```\n\n  After *it*.\n",
    ],
)
def test_a_fence_may_be_closed_outside_of_what_holds_it(text: str):
    result = page(text)
    assert code_blocks(result.html)[0] == "ls\n"
    assert "After <em>it</em>." in result.html
    assert codes(result) == ["fence-unclosed"]


def test_a_mark_below_an_open_fence_begins_code_where_another_closes_it():
    result = page("- a\n\n  ```sh\n  ls\n\n```\n*two*\n```\n\nAfter *it*.\n")
    assert code_blocks(result.html) == ["ls\n\n", "*two*\n"]
    assert "After <em>it</em>." in result.html
