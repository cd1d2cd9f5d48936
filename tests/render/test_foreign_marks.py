"""Marks of other dialects that are taken for what they mean."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize("mark", ["{-}", "{.unnumbered}", "{: .a .b }"])
def test_a_heading_has_no_list_of_attributes_among_its_words(mark: str) -> None:
    found = body(f"# Page\n\n## Part {mark}\n\nWords.\n")
    assert [heading.id for heading in found.headings] == ["page", "part"]
    assert "{" not in found.html


def test_a_heading_takes_its_id_from_a_comment_of_mdx() -> None:
    found = body("# Page\n\n## Part {/* #own */}\n\n## f {a}\n")
    assert [heading.id for heading in found.headings] == ["page", "own", "f-a"]


def test_the_heading_that_begins_a_callout_of_quarto_is_its_title() -> None:
    found = body("::: {.callout-note}\n## A *title* ##\n\nWords.\n:::\n")
    assert 'class="sg-callout-title">A <em>title</em><' in found.html
    assert found.headings == ()
    kept = body('::: {.callout-note title="Own"}\n## A title\n:::\n')
    assert [heading.text for heading in kept.headings] == ["A title"]


@pytest.mark.parametrize("name", ["autosummary", "inheritance-diagram"])
def test_what_a_directive_names_is_shown(name: str) -> None:
    found = body(f"```{{{name}}} a.png\n:width: 1\n```\n")
    assert f'class="sg-code-title">{{{name}}} a.png<' in found.html
    assert "sg-code-title" not in body("```{code-block} python\nx\n```\n").html


@pytest.mark.parametrize(
    ("address", "theme"),
    [
        ("a.png#only-light", "dark:hidden"),
        ("a.png#only-dark", "dark:block"),
        ("a.png#gh-light-mode-only", "dark:hidden"),
        ("a.png#gh-dark-mode-only", "dark:block"),
    ],
)
def test_a_picture_is_seen_in_the_theme_that_its_address_names(address: str, theme: str) -> None:
    assert f'class="{theme}"' in body(f"![a]({address})").html
    assert f'class="b {theme}"' in body(f'<img src="{address}" class="b" alt="">').html
    assert "dark:" not in body("![a](a.png#other) ![a](a.png#only-darker)").html


def test_a_label_of_a_tab_may_hold_a_note_and_a_term() -> None:
    text = '[^1]: A note.\n\n*[T]: words\n\n=== "**T** [^1]"\n\n    x\n\n=== "U [^1]"\n\n    y\n'
    html = body(text).html
    assert 'data-tab="T' in html
    assert "A note." in html


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<ul><li v-for="i in 3">{{ i }}</li></ul>', "expressions of templates"),
        ("<table>\n<tr><td>{% include 'x' %}</td></tr>\n</table>", "tags of Liquid"),
        ("<ul>\n{items.map(i => <li>{i}</li>)}\n</ul>", "expressions of MDX"),
        ("{props.x ? <b>a</b> : <i>b</i>}", "expressions of MDX"),
        ("{user && <b>a</b>}", "expressions of MDX"),
        ('[block:callout]\n{"body": "b"}\n[/block]', "blocks of ReadMe"),
    ],
)
def test_what_another_program_would_run_is_reported_in_html_too(text: str, name: str) -> None:
    found = body(f"Words.\n\n{text}\n\n{text}\n").diagnostics
    assert [(each.code, each.message.startswith(name)) for each in found] == [("dialect", True)]
    assert found[0].location.line in {3, 4}


def test_code_in_html_is_none_of_it() -> None:
    assert not body(
        "<pre>{{ x }}</pre>\n\n<p><code>{% x %}</code><!-- {{ y }} --></p>\n"
    ).diagnostics


def test_a_component_in_capitals_is_reported_but_no_gap_to_be_filled() -> None:
    codes = [each.code for each in body('<X :a="1" /> <H color="x">green</H>\n').diagnostics]
    assert codes == ["component-unknown", "component-unknown"]
    assert not body("Write <NAME> or <API_KEY>.\n").diagnostics


def test_elements_in_capitals_are_no_components() -> None:
    assert not body('A <IMG SRC="x.png" ALT="y"> <BR/> <FONT COLOR=red>z</FONT>.\n').diagnostics
