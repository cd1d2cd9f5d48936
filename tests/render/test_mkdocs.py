"""Attributes, icons, and HTML that holds Markdown, as themes of MkDocs and Jekyll have them."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        (
            "[Go](other){ .md-button .md-button--primary }",
            '<a class="sg-cta" href=',
            "[Go](other.md)\n",
        ),
        ('[x](other){:target="_blank"} on', '<a href="../other/">x</a> on', "[x](other.md) on"),
        (
            '![y](https://e.org/a.png){ align=left width="30" }',
            ' width="30" ',
            "(https://e.org/a.png)\n",
        ),
        ("![y](https://e.org/a.png){: height=20px }", ' height="20" ', "(https://e.org/a.png)\n"),
        ("# Go :material-rocket:{ .lg } on", 'id="go-on"', "# Go on\n"),
        ("[:octicons-arrow-right-24: More](other)", '">More</a>', "[More](other.md)"),
        ("# [T](other){ .x } more", 'id="t-more"', "# [T](other.md) more"),
    ],
)
def test_what_only_a_theme_of_mkdocs_looks_at_is_not_shown(text: str, html: str, twin: str) -> None:
    made = body(f"{text}\n")
    assert html in made.html
    assert twin in made.markdown
    assert "{" not in made.html + made.markdown
    assert not made.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "[x](other){#id}",
        "[x](other) {.a}",
        "f[x](other){n}",
        "`x`{ .a }",
        "9:30:15 :{ .a }",
        "pull:simple-web:1{ .a }",
        "{ .a }",
        "[x](other){}",
    ],
)
def test_what_is_no_such_list_or_has_an_id_is_shown(text: str) -> None:
    made = body(f"{text}\n")
    assert "{" in made.html
    assert "{" in made.markdown


def test_an_image_takes_no_size_that_is_none() -> None:
    assert "width" not in body("![y](https://e.org/a.png){ width=onload }\n").html
    assert "width" not in body('![y](https://e.org/a.png){ width="1;x" }\n').html


def test_an_element_that_says_it_holds_markdown_does() -> None:
    made = body(
        '<figure markdown="span">\n  ![A *sky*](https://e.org/a.png){ width="3" }\n'
        "  <figcaption>Blue</figcaption>\n</figure>\n\n"
        '<div class="grid" markdown>\n- **one**\n</div>\n'
    )
    assert '<img src="https://e.org/a.png" alt="A sky" width="3"' in made.html
    assert "<figcaption>Blue</figcaption>" in made.html
    assert "<li><strong>one</strong></li>" in made.html
    assert not made.diagnostics
    for tag in ('div markdown="0"', 'div class="dark markdown light"', 'pre markdown="1"'):
        assert "*a*" in body(f"<{tag}>\n*a*\n</{tag[:3]}>\n").html


@pytest.mark.parametrize(
    ("inside", "html", "twin"),
    [
        (
            "![a](https://e.org/a.png)\n<figcaption>The *sky*\nat <b>noon</b></figcaption>",
            "<figcaption>The <em>sky</em>\nat <b>noon</b></figcaption>",
            "The *sky*\nat <b>noon</b>",
        ),
        (
            "<figcaption class=x>Above</figcaption>\n\n| a |\n|---|\n| 1 |\n",
            '<figcaption>Above</figcaption>\n<div class="sg-table"',
            "Above\n\n| a |",
        ),
        ("*No* caption\n", "<p><em>No</em> caption</p>\n</figure>", "*No* caption"),
    ],
)
def test_a_figure_that_holds_markdown_has_its_caption(inside: str, html: str, twin: str) -> None:
    made = body(f"Before.\n<figure markdown>\n{inside}\n</figure>\nAfter.\n")
    assert html in made.html
    assert twin in made.markdown
    assert made.html.endswith("</figure>\n<p>After.</p>\n")
    assert not made.diagnostics


def test_a_figure_that_nothing_ends_is_reported() -> None:
    made = body("<figure markdown>\n" * 3_000 + "a\n")
    assert {each.code for each in made.diagnostics} == {"component-unclosed"}


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("{: .note }\nDo *it*\nnow.\n", "Note", "<p>Do <em>it</em>\nnow.</p>\n</aside>"),
        ("{:.warning}\n> Do it.\n>\n> - Now.\n", "Warning", "<li>Now.</li>\n</ul>\n</aside>"),
        (
            "{: .tip-title }\n> My *own*\n>\n> Do it.\n",
            "My <em>own</em>",
            "<p>Do it.</p>\n</aside>",
        ),
        ("- One\n\n  {: .note }\n  In it.\n", "Note", "<p>In it.</p>\n</aside>\n</li>"),
    ],
)
def test_a_block_below_the_class_of_a_callout_is_one(text: str, title: str, words: str) -> None:
    made = body(f"{text}\nAfter.\n")
    assert f'<p class="sg-callout-title">{title}</p>' in made.html
    assert words in made.html
    assert "<blockquote" not in made.html
    assert "{" not in made.html + made.markdown


def test_many_lines_of_attributes_take_time_as_their_number() -> None:
    html = body("{: .note }\nx\n" * 10_000).html
    assert html.count("<aside") == 1
    assert html.count("x") >= 10_000


def test_attributes_below_a_block_are_not_shown_and_their_ids_lead_there() -> None:
    made = body(
        "# A\n{: .no_toc }\n\nText.\n{: .note .fs-6 }\n\n## B\n{: #own }\n\n[b](#own)\n\n"
        "| a |\n|--|\n{: .wide }\n"
    )
    assert "{" not in made.html + made.markdown
    assert "<aside" not in made.html
    assert 'href="#user-content-own"' in made.html
    assert not made.diagnostics
    assert "{:toc}" in body("- TOC\n{:toc}\n").html


@pytest.mark.parametrize("around", ["{}", "- item\n\n  {}"])
@pytest.mark.parametrize("tag", ['<details open markdown="1">', "<details markdown>"])
def test_what_stands_below_the_summary_of_details_that_hold_markdown_is_markdown(
    around: str, tag: str
) -> None:
    lines = [tag, "<summary>S</summary>", "Very **so**.", "", "- a", "</details>"]
    indent = " " * (len(around) - len("{}")) and "  "
    made = body(around.format(f"\n{indent}".join(lines)) + "\n\nEnd.\n")
    assert "<summary>S</summary>\n<p>Very <strong>so</strong>.</p>" in made.html
    assert "<li>a</li>" in made.html
    assert not made.diagnostics


def test_code_may_say_its_language_in_a_sentence() -> None:
    made = body("Call `#!python f(1)`, not `#!/bin/sh -e` or `#!nothing x`.\n")
    assert (
        "<code>f(1)</code>, not <code>#!/bin/sh -e</code> or <code>#!nothing x</code>" in made.html
    )
    assert made.markdown == "Call `f(1)`, not `#!/bin/sh -e` or `#!nothing x`.\n"


def test_a_list_of_attributes_on_its_own_line_is_of_what_stands_beside_it() -> None:
    made = body("| a |\n|---|\n| 1 |\n{ .sortable }\n\nWords\n{ .big }\n\n{#here .x}\n## Head\n")
    assert made.html.count("<tr>") == 2
    assert "<p>Words</p>" in made.html
    assert '<a id="user-content-here"></a>' in made.html
    assert "{" not in made.html + made.markdown
    assert not made.diagnostics
    alone = body("A {.x} b\n\n{.lonely}\n\n[x](y.md){ data-preview }\n")
    assert "<p>{.lonely}</p>" in alone.html
    assert "data-preview" not in alone.html
    assert [each.code for each in alone.diagnostics] == ["dialect"]


@pytest.mark.parametrize(
    "text",
    [
        "The set\n{ n=1 }\nof things.\n",
        "{x=1}\n",
        "{x=0.5}\nwords\n",
        "words\n{data-x}\n",
        "Words\n{.big}\nmore of them.\n",
    ],
)
def test_braces_within_a_paragraph_or_around_a_formula_are_words(text: str) -> None:
    made = body(text)
    assert made.markdown == text
    assert made.html.count("<p") == 1


def test_an_item_ends_with_the_list_of_its_attributes() -> None:
    made = body("- one\n  {.first}\n- two\n")
    assert made.html.count("<li>") == 2
    assert "{" not in made.html
