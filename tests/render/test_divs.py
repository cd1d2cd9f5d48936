"""Divisions and bracketed words of Pandoc and Quarto, callouts of Docsify, tags of JSDoc."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("::: {.column width=50%}\nWords *x*.\n:::\n", "Words *x*.\n"),
        (":::: {.columns}\n\n::: {.column}\na\n:::\n\n::: {.column}\nb\n:::\n\n::::\n", "a\n\nb\n"),
        ("::: {layout-ncol=2} :::\na\n\nb\n:::\n", "a\n\nb\n"),
        ("Above.\n::: {#place}\nWords.\n:::\nBelow.\n", None),
    ],
)
def test_a_division_shows_what_it_holds(text: str, twin: str | None) -> None:
    made = body(text)
    assert ":::" not in made.html + made.markdown
    assert twin in {None, made.markdown}
    assert twin or 'id="user-content-place"' in made.html
    assert not made.diagnostics


def test_headings_of_a_set_of_tabs_are_its_tabs() -> None:
    made = body(
        "::: {.panel-tabset group=x}\nFirst.\n\n## *One* {#a}\n\na\n\n### Deep\n\n"
        "```md\n## no\n```\n\n## Two\nb\n:::\n\nAfter.\n"
    )
    assert [made.html.count(f'data-tab="{label}"') for label in ("One", "Two", "no")] == [1, 1, 0]
    assert made.html.index("First.") < made.html.index("sg-tabs")
    assert [each.text for each in made.headings] == ["Deep"]
    assert made.html.endswith("<p>After.</p>\n")
    assert '<a id="user-content-a"></a>' in made.html  # which links may lead to


@pytest.mark.parametrize("mark", [" note", " {.x}"])
def test_a_container_ends_with_the_item_that_holds_it_whatever_ends_another_below(
    mark: str,
) -> None:
    made = body(f"- :::{mark}\n  One.\n\nBetween.\n\n:::{mark}\nTwo.\n:::\n")
    assert "<p>Between.</p>" in made.html.partition("</ul>")[2]
    assert [each.code for each in made.diagnostics] == ["component-unclosed"]


def test_containers_in_many_items_take_time_as_their_number() -> None:
    assert body("- ::: {.a}\n" * 8_000).html.count("<li>") == 8_000


@pytest.mark.parametrize(
    "text",
    [
        "# [Linux](#tab/linux)\n\na\n\n# [Mac](#tab/mac)\n\nb\n\n---\n",
        "<!-- tabs:start -->\n\n#### **Linux**\n\na\n\n#### Mac\n\nb\n\n<!-- tabs:end -->\n",
    ],
)
def test_headings_that_are_tabs_elsewhere_are_tabs(text: str) -> None:
    made = body(f"# Page\n\n{text}\n## After\n")
    assert made.markdown == "# Page\n\n**Linux**\n\na\n\n**Mac**\n\nb\n\n## After\n"
    assert not made.diagnostics


@pytest.mark.parametrize("text", ["# [Linux](#tab/x)\n\na\n", "<!-- tabs:start -->\n\na\n"])
def test_without_an_end_or_a_heading_they_stay_what_they_are(text: str) -> None:
    assert "sg-tabs" not in body(text).html
    assert ">a<" in body(text).html


def test_a_division_that_nothing_ends_is_reported() -> None:
    assert [each.code for each in body("::: {.x}\na\n").diagnostics] == ["component-unclosed"]


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        ("[a *b*]{.mark} c", "<mark>a <em>b</em></mark> c", "<mark>a *b*</mark> c"),
        ("[a]{.underline}", "<ins>a</ins>", "<ins>a</ins>"),
        ("[a `b]`]{#id .x y=z} c", ">a <code>b]</code> c<", "a `b]` c"),
        (
            "?> A *tip*\nthat goes on.\n\nx",
            "sg-callout-tip",
            "> [!TIP]\n> A *tip*\n> that goes",
        ),
        ("!> Look", "sg-callout-important", "> [!IMPORTANT]\n> Look"),
        ("{@link https://e.org words}", ">words</a>", "[words](https://e.org)"),
    ],
)
def test_what_only_others_mark_so_is_what_it_says(text: str, html: str, twin: str) -> None:
    made = body(f"{text}\n")
    assert html in made.html
    assert made.markdown.startswith(twin)
    assert not made.diagnostics


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("?> A\n# B\n", "> [!TIP]\n> A\n\n# B\n"),
        ("?> A\n```\nb\n\nc\n```\n", "> [!TIP]\n> A\n\n```\nb\n\nc\n```\n"),
        ("A\n?> b\n", "A\n?> b\n"),
    ],
)
def test_a_callout_that_a_sign_begins_is_one_paragraph(text: str, twin: str) -> None:
    assert body(text).markdown == twin


def test_a_title_over_dashes_in_a_tab_ends_it_not() -> None:
    made = body("# [A](#tab/a)\n\nx\n\nSub\n---\n\ny\n\n---\n\nz\n")
    assert made.markdown == "**A**\n\nx\n\n# Sub\n\ny\n\nz\n"


@pytest.mark.parametrize(
    "text", ["![a]{.b}", "[^a]{.b}", "[a]{b}", "[a] {.b}", "[x](y){.z}", "what?> x"]
)
def test_other_brackets_stay(text: str) -> None:
    assert "<mark" not in (html := body(f"{text}\n").html)
    assert "aside" not in html
    assert text[0] in html or "<a" in html


@pytest.mark.parametrize(
    "text", ["<note>\n<p>A note</p>\n</note>\n", "a<br/ >b\n", "a <br / > b\n"]
)
def test_tags_that_are_shown_as_written_are_reported(text: str) -> None:
    made = body(text)
    assert "&lt;" in made.html
    assert [each.code for each in made.diagnostics] == ["markup-shown"]


@pytest.mark.parametrize(
    "text",
    [
        *("::: {.a}\n", ":::{only} x\n", "::: {.a}\nx\n:::\n", "?> a\n", "[a]{.", "{@link a "),
        *("# [a](#tab/a)\n", "<!-- tabs:start -->\nx\n"),
    ],
)
def test_many_of_them_take_time_as_their_number(text: str) -> None:
    assert body(text * 3_000).html


@pytest.mark.parametrize(
    ("said", "is_shown"),
    [
        ('.content-visible when-format="html"', True),
        ('.content-visible when-format="html:js"', True),
        ('.content-visible when-format="pdf"', False),
        ('.content-visible unless-format="pdf"', True),
        ('.content-visible unless-format="html"', False),
        ('.content-hidden when-format="html"', False),
        (".content-hidden when-format=typst", True),
        ('.content-hidden unless-format="html"', True),
        ('.content-hidden unless-format="pdf"', False),
        (".content-hidden", True),
    ],
)
def test_what_is_for_other_output_is_not_shown(said: str, is_shown: bool) -> None:
    made = body(f"A\n\n::: {{{said}}}\nWords.\n:::\n\nB\n")
    assert ("Words." in made.html, "Words." in made.markdown) == (is_shown, is_shown)
    assert "B" in made.html
    assert ":::" not in made.html


def test_a_callout_of_quarto_may_lack_its_braces() -> None:
    assert "sg-callout-tip" in body("::: callout-tip\nWords.\n:::\n").html


def test_a_division_for_print_that_never_ends_hides_nothing() -> None:
    made = body('::: {.content-visible when-format="pdf"}\nA\n\nB\n')
    assert "A" in made.html
    assert "B" in made.html
    assert [each.code for each in made.diagnostics] == ["component-unclosed"]


def test_conditions_that_go_on_and_on_are_soon_read() -> None:
    for said in (".content-visible ", '.content-hidden when-format=" '):
        assert "A" in body(f"::: {{{said * 10_000}}}\nA\n:::\n").html
