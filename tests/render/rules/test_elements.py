"""Elements of raw HTML that nobody ends hold no more than what they stand before."""

from __future__ import annotations

import html5lib
import pytest

from tests.cases import body

MEDIA = ["<video controls src='https://a.example/b.mp4'>", "<audio>", "<a href='b'>", "<b>", "<i>"]
BOXES = [
    "<div align='center'>",
    "<details><summary>s</summary>",
    "<table><tr><td>cell",
    "<section>",
]


def parents(markdown: str, word: str) -> set[str]:
    """The elements that a browser puts a word into."""
    tree = html5lib.parse(f"<body>{body(markdown).html}", namespaceHTMLElements=False)
    above = {child: parent for parent in tree.iter() for child in parent}
    at = next(each for each in tree.iter() if word in (each.text or "") + (each.tail or ""))
    names = {at.tag} if word in (at.text or "") else set()
    while (at := above.get(at)) is not None:
        names.add(at.tag)
    return names - {"html", "body", "p"}


@pytest.mark.parametrize("opening", MEDIA)
def test_what_shows_or_formats_ends_with_its_block(opening: str) -> None:
    assert parents(f"{opening}\n\nafter\n", "after") == set()


@pytest.mark.parametrize("opening", BOXES)
def test_a_box_ends_before_the_next_section(opening: str) -> None:
    markdown = f"# Page\n\n{opening}\n\ninside\n\n## Next\n\nafter\n"
    assert len(parents(markdown, "inside") - {"summary"}) > 0
    assert parents(markdown, "after") == set()
    assert parents(markdown, "Next") <= {"h2"}


@pytest.mark.parametrize("opening", [*MEDIA, *BOXES])
def test_that_nobody_ends_an_element_is_reported_with_its_line(opening: str) -> None:
    (found,) = body(f"text\n\n{opening}\n\nafter\n").diagnostics[:1]
    assert (found.code, found.location.line) == ("component-unclosed", 3)


@pytest.mark.parametrize(
    "markdown",
    [
        "<div>\n\nin\n\n## H\n\nin\n\n</div>\n",
        "<details>\n<summary>s</summary>\n\n- a\n- b\n\n</details>\n",
        "<div>text</div> <b>x</b>\n",
        "<div>\n\ntext</div>\n",
        "text <details>\n\nin\n\n</details>\n",
        "<p align='center'>\n\ntext\n",
        "<br>\n\n<hr>\n\n<img src='a.png' alt=''>\n",
        "<!-- <div> -->\n\ntext\n",
        "```html\n<div>\n```\n",
        "`<div>`\n",
        "<pre>\n<div>\n</pre>\n",
    ],
)
def test_what_is_ended_or_needs_no_end_is_left_alone(markdown: str) -> None:
    assert "component-unclosed" not in {each.code for each in body(markdown).diagnostics}


def test_an_open_element_in_a_list_item_or_component_ends_with_it() -> None:
    assert parents("- <video>\n\n  in\n- two\n\nafter\n", "after") == set()
    assert parents("<Tip>\n\n<div>\n\nin\n\n</Tip>\n\nafter\n", "after") == set()


@pytest.mark.parametrize(
    "markdown",
    [
        "> [!NOTE]\n> quote <table><tr><td>x</td></tr>\n",
        "> <table><tr><td>x\n",
        "- <table><tr><td>x\n- two\n",
        "<Tip>\n\n<table><tr><td>x\n\n</Tip>\n",
        "> - <div><table><tr><td><b>x\n",
    ],
)
def test_an_open_table_ends_with_what_holds_it_and_is_told_of(markdown: str) -> None:
    assert parents(f"{markdown}\nafter\n\n## Next\n\nmore\n", "after") == set()
    assert parents(f"# T\n\n{markdown}\nafter\n\n## Next\n\nmore\n", "Next") <= {"h2"}
    found = [each.message for each in body(markdown).diagnostics]
    assert "<table> is never closed: it ends with its block" in found


@pytest.mark.parametrize("name", ["video", "div", "span", "a", "b", "details", "table", "iframe"])
def test_an_element_that_closes_itself_is_empty(name: str) -> None:
    assert parents(f"<{name} title='/' />\n\nafter\n", "after") == set()
    assert parents(f"one <{name}/> after\n", "after") == set()
    assert "component-unclosed" not in {each.code for each in body(f"<{name} />\n").diagnostics}


@pytest.mark.parametrize("opening", ["<a href='x'>", "<video>", "<div>", "<b>"])
def test_an_element_that_opens_at_the_very_end_of_a_page_is_ended(opening: str) -> None:
    for markdown in (f"text {opening}", f"# T\n\ntext {opening}", f"| a |\n|---|\n| {opening} |"):
        assert body(markdown).html


def test_a_link_that_nobody_ends_is_one_link() -> None:
    found = body("One <a href='https://a.b'>two\n\nthree\n")
    assert found.html.count("<a ") == 1
    assert [each.code for each in found.diagnostics] == ["component-unclosed"]


def test_many_elements_that_nobody_ends_take_time_as_their_number() -> None:
    assert "</div>" in body("<div>\n\n" * 15_000).html


STRAYS = [
    "</div>",
    "</section>",
    "</li>",
    "</p>",
    "</ul>",
    "</td>",
    "</table>",
    "</aside>",
    "</tr>",
]
AROUND = [
    "- a {}\n- b\n",
    "> a {}\n",
    "| a {} | b |\n|---|---|\n| c | d |\n",
    "<Tip>\n\na\n\n{}\n\nb\n\n</Tip>\n",
    '<hfoptions id="g">\n<hfoption id="x">\n\na {}\n\n</hfoption>\n<hfoption id="y">\n\nb\n\n'
    "</hfoption>\n</hfoptions>\n",
    "<div>\n\n- a {}\n\n</div>\n",
    "a {}\n",
]


@pytest.mark.parametrize("stray", STRAYS)
@pytest.mark.parametrize("around", AROUND)
def test_the_end_of_nothing_ends_nothing_around_it_and_is_reported(around: str, stray: str) -> None:
    if stray == "</div>" and around.startswith("<div>"):
        return  # that one ends something
    text = f"# Page\n\n{around}\nEnd.\n"
    made, without = body(text.format(stray)), body(text.format(""))
    assert "".join(made.html.split()) == "".join(without.html.split())
    (found,) = (each for each in made.diagnostics if each.code == "component-stray-end")
    assert found.message == f"{stray} closes nothing"
    line = text.format(stray)[: text.format(stray).index(stray)].count("\n") + 1
    assert found.location.line == line


@pytest.mark.parametrize(
    "html",
    [
        "<table><td>a</td></tr><td>b</td></table>",
        "<ul><li>a<li>b</li></ul>",
        "<p align='center'>\n\ntext\n\n</p>",
        "<div>\n\n- a\n\n</div>",
        "<table>\n<tr>\n<td>\n\ntext\n\n</td>\n</tr>\n</table>",
        "<!-- </div> -->",
        "a </s> b",
        "<pre>\n<div>\n</pre>",
        "text <b>a</b></i>",
        "`</div>`",
    ],
)
def test_ends_that_browsers_do_without_or_that_are_words_are_not_reported(html: str) -> None:
    assert "component-stray-end" not in [each.code for each in body(f"{html}\n").diagnostics]


@pytest.mark.parametrize(
    "html",
    [
        '<div>\n<script>document.write("</div>")</script>\n</div>',
        '<div>\n<style>p:before { content: "</div>" }</style>\n</div>',
        "<div>\n<template></div></template>\n</div>",
        "<div>\n<object><div></object>\n</div>",
        "<pre>x</pre> <div>\n\ntext\n\n</div>",
        "<style>p {}</style><div>\n\ntext\n\n</div>",
        '<div>\n<!-- </div> -->\n<b title="</div>">x</b>\n</div>',
        '<div>\n<other title="<div>">\n</div>\n</div>',
        f'<div title="{"long " * 2_000}">\n\n<div>\n\ntext\n\n</div>',
    ],
)
def test_what_is_no_tag_of_the_page_neither_opens_nor_ends_an_element(html: str) -> None:
    found = body(f"{html}\n\nafter\n")
    assert not {"component-stray-end", "component-unclosed"} & {e.code for e in found.diagnostics}
    assert parents(f"{html}\n\nafter\n", "after") == set()


@pytest.mark.parametrize(
    "html",
    [
        "<div>\n\n| a {} |\n|---|\n| c |\n\n</div>",
        "<div>\n\n| a |\n|---|\n| c {} |\n\n</div>",
        "<div><table><tr><td>x{}</td></tr></table></div>",
        "<div>\n<table>\n<tr>\n<td>\n\nx {}\n\n</td>\n</tr>\n</table>\n</div>",
    ],
)
def test_an_end_in_a_cell_ends_nothing_around_the_table(html: str) -> None:
    made, without = (
        body(html.format("</div>") + "\n\nafter\n"),
        body(html.format("") + "\n\nafter\n"),
    )
    assert "".join(made.html.split()) == "".join(without.html.split())
    assert [each.code for each in made.diagnostics] == ["component-stray-end"]
    assert parents(html.format("</div>") + "\n\nafter\n", "after") == set()


def test_an_end_in_code_of_html_is_no_word_as_browsers_leave_it_out() -> None:
    found = body("<pre>\na </div>\n</pre>\n")
    assert [each.code for each in found.diagnostics] == ["component-stray-end"]


@pytest.mark.parametrize(
    "text",
    [
        "<table>\n" + "<tr><td>a</td></tr>\n" * 20_000 + "</table>\n",
        "<div>\n" + "</section>\n" * 20_000,
        "<div>\n\n" * 8_000 + "</section> </b>\n\n" * 8_000,
        "<div>\n" + "<!-- a\n" * 20_000,
    ],
)
def test_tags_take_time_as_their_number(text: str) -> None:
    assert body(text).html
