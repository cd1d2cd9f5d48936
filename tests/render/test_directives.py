"""Directives of MyST and reStructuredText that are no callouts: pictures, tables, cards, lists."""

from __future__ import annotations

import csv
from textwrap import indent

import pytest

from tests.cases import body

_LISTED = "* - A\n  - B\n* - 1\n  - *two*"
_FORMS = ("```{{{0}}} {1}\n{2}\n\n{3}\n```\n", ":::{{{0}}} {1}\n{2}\n\n{3}\n:::\n", "")


def _written(form: int, name: str, said: str, options: str, inside: str) -> str:
    if form < 2:
        return _FORMS[form].format(name, said, options, inside)
    body = "\n\n".join(filter(None, (options, inside)))
    indented = "\n".join(f"   {line}".rstrip() for line in body.splitlines())
    return f".. {name}:: {said}\n{indented}\n"


@pytest.mark.parametrize("form", [0, 1, 2])
@pytest.mark.parametrize(
    ("directive", "html", "twin"),
    [
        (
            ("image", "a b.png", ":alt: x [y]", ""),
            '<img src="../a%20b.png" alt="x [y]"',
            "a b.png>",
        ),
        (("image", "a.png", ":width: 30px\n:target: b.md", ""), '<a href="../b/"><img', "](b.md)"),
        (
            ("figure", "a.png", ":width: 50%", "Some *words*."),
            "<figcaption><p>Some <em>words",
            "\n\nSome",
        ),
        (
            ("figure-md", "f", "", "![x](a.png)\n\nWords."),
            "<figcaption><p>Words.",
            "![x](a.png)\n\nW",
        ),
        (("list-table", "T", ":header-rows: 1", _LISTED), "<td><em>two</em></td>", "| 1 | *two* |"),
        (
            ("list-table", "", ":stub-columns: 1", _LISTED),
            "<tr>\n<th>1</th>\n<td><em>",
            "| A | B |",
        ),
        (("csv-table", "T", ':header: "A", "B, C"', '1, "2, 3"'), "<td>2, 3</td>", "| A | B, C |"),
        (("glossary", "", "", "  a\n\nb\n  c"), "<p>a</p>\n<dl>", "a\n\nb\n\n: c"),
        (("csv-table", "", "", '1, "a\nb"'), "<td>a b</td>", "| 1 | a b |"),
        (("math", "", "", "a\n\nb"), ' alttext="a b"', "$$\na\nb\n$$"),
        (("csv-table", "", ":delim: tab", "1\t2"), "<td>2</td>", "| 1 | 2 |"),
        (
            ("table", "Words", "", "| a |\n|---|\n| 1 |"),
            "<figcaption>Words</figcaption>",
            "Words\n\n| a",
        ),
        (
            ("toctree", "", ":caption: C", "One <a>\nb/two-c\nd/*"),
            '<a href="../b/two-c/">two c<',
            "[One](a.md)",
        ),
        (
            ("glossary", "", "", "Term : x\n  What *it* is."),
            "<dt>Term</dt>\n<dd>",
            "Term\n\n: What",
        ),
        (("epigraph", "", "", "Words"), "<blockquote", "> Words"),
        (("sidebar", "On the side", "", "Words"), 'aria-label="On the side"', "> **On the side**"),
        (("prf:theorem", "", "", "Words"), 'aria-label="Theorem"', "> **Theorem**"),
        (
            ("rubric", "Words", "", ""),
            '<p data-chunk="1_0"><strong>Words</strong></p>',
            "**Words**",
        ),
        (("only", "html", "", "Some *words*"), "<em>words</em>", "*words*"),
        (("raw", "html", "", "<b>x</b><script>y</script>"), "<b", "<b>x</b>"),
        (("math", "", "", "a = b"), '<math alttext="a = b" display="block">', "$$\na = b\n$$"),
        (("code-block", "python", ":linenos:", "x = 1"), " data-numbered>", "```python"),
        (("graphviz", "", "", "digraph {}"), 'data-lang="graphviz"', "```dot\n"),
        (
            ("button-link", "https://e.org", "", "Press"),
            '<a class="sg-cta"',
            "[Press](https://e.org)",
        ),
        (
            ("card", "*Title*", ":link: a", "Head\n^^^\nWords\n+++\nFoot"),
            '<a href="../a/">Title</a>',
            "Head\n\nWords",
        ),
        (("grid", "1 2", "", "Words"), '<div class="sg-tiles"', "Words"),
        (("video", "a.mp4", "", ""), "<video", "<video"),
    ],
)
def test_a_directive_is_shown_as_what_it_says(
    form: int, directive: tuple[str, str, str, str], html: str, twin: str
) -> None:
    made = body(f"Before.\n\n{_written(form, *directive)}\nAfter.\n")
    shown = made.html.replace('<p data-chunk="1_0">Before.</p>\n', "", 1)
    assert html.replace(' data-chunk="1_0"', "") in shown
    assert twin in made.markdown
    assert "{" not in (made.markdown + shown).replace(" {}", "")
    assert not [each for each in made.diagnostics if each.code == "dialect"]


@pytest.mark.parametrize("name", ["contents", "highlight", "index", "meta"])
def test_what_says_how_pages_are_made_is_not_shown(name: str) -> None:
    made = body(f"```{{{name}}} python\n:depth: 2\n```\n\n.. {name}:: python\n\nWords.\n")
    assert made.markdown == "Words.\n"
    assert not made.diagnostics


def test_a_toctree_that_is_hidden_is_not_shown() -> None:
    assert body("```{toctree}\n:hidden:\n\na\n```\n").markdown == "\n"


def test_cards_stand_in_their_grid_and_lead_where_they_say() -> None:
    card = "{} One *two*\n:link: a.md\n:link-type: doc\n\nWords.\n:::\n"
    text = (
        f"::::{{grid}} 1 2\n:gutter: 2\n\n:::{{grid-item-card}}{card.format(' {fas}`star`')}::::\n"
    )
    made = body(text)
    assert made.html.startswith('<div class="sg-tiles"')
    assert '<p class="sg-tile-title"><a href="../a/">One two</a></p>\n<p>Words.</p>' in made.html
    assert not made.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "```{image}\n:alt: x\n```\n",
        "```{csv-table} T\n:file: a.csv\n```\n",
        "```{autoclass} a.B\n:members:\n```\n",
        "```{list-table}\n```\n",
        ":::{image}\n:::\n",
        ":::table\nx\n:::\n",
    ],
)
def test_what_lacks_what_it_is_to_show_is_shown_as_written_and_reported(text: str) -> None:
    made = body(text)
    assert [each.code for each in made.diagnostics] == ["dialect"]


def test_a_list_of_lists_whose_cells_hold_lists_stays_one() -> None:
    made = body("```{list-table}\n* - A\n  - - x\n    - y\n```\n")
    assert "<table" not in made.html
    assert made.html.count("<li>") == 5


def test_paragraphs_of_a_cell_have_breaks_between_them() -> None:
    made = body("```{list-table}\n* - A\n\n    B\n  -\n```\n")
    assert "<td>A<br>B</td>\n<td></td>" in made.html


@pytest.mark.parametrize("limit", [1_000, 1 << 20])
def test_what_cannot_be_split_at_signs_is_shown_as_it_is(limit: int) -> None:
    before = csv.field_size_limit(limit)  # as who reads a dataset in this process sets it
    made = body(f"```{{csv-table}}\na,{'b' * 200_000}\n```\n")
    assert "<pre" in made.html
    assert csv.field_size_limit(before) == limit


@pytest.mark.parametrize(
    "options", [":header: >\n:    A; B\n:delim: ;\n", "---\nheader: A; B\n\ndelim: ;\n\n---\n"]
)
def test_options_may_go_on_in_further_lines(options: str) -> None:
    made = body(f"```{{csv-table}}\n{options}\n1; 2\n```\n")
    assert made.markdown == "| A | B |\n| --- | --- |\n| 1 | 2 |\n"


@pytest.mark.parametrize(
    ("said", "kind", "html"),
    [
        ("a.md", "doc", 'href="../a/"'),
        ("b/a", "", 'href="../b/a/"'),
        ("buttons", "", "<p data-chunk"),
    ],
)
def test_a_button_leads_to_a_page_and_shows_the_words_of_a_label(
    said: str, kind: str, html: str
) -> None:
    option = f":ref-type: {kind}\n" if kind else ""
    assert html in body(f"```{{button-ref}} {said}\n{option}\nPress\n```\n").html


@pytest.mark.parametrize("mark", ["```", ":::"])
def test_a_directive_that_nothing_ends_is_reported(mark: str) -> None:
    made = body(f"{mark}{{note}}\nWords.\n")
    assert [each.code for each in made.diagnostics] == ["component-unclosed"]
    assert "<p>Words.</p>" in made.html


def test_an_address_of_code_is_none() -> None:
    made = body("```{button-link} javascript:x()\nPress\n```\n\n```{iframe} javascript:x()\n```\n")
    assert 'href="javascript' not in made.html
    assert 'src="javascript' not in made.html


def test_roles_are_pictures_badges_files_and_numbered_documents() -> None:
    made = body(
        "{octicon}`rocket;1em` {bdg-primary}`New` {download}`it <a.zip>` {bdg-link-x}`go <b.md>` "
        "{pep}`8` {rfc}`x` {math}`a^2`\n"
    )
    assert '<span class="sg-tag">New</span>' in made.html
    assert (
        '<a href="https://peps.python.org/pep-0008/" rel="noopener noreferrer">PEP 8</a>'
        in made.html
    )
    assert ">it</a>" in made.html
    assert '<a href="../b/">go</a>' in made.html
    assert "RFC x" in made.html
    assert '<math alttext="a^2">' in made.html
    assert "$`a^2`$" in made.markdown
    assert "{" not in made.markdown


@pytest.mark.parametrize(
    "text",
    [
        "```{glossary}\na\n  b\n```\n",
        ":::{card}\n",
        "```{list-table}\n* - a\n",
        ".. figure:: a\n\n",
    ],
)
def test_many_directives_take_time_as_their_number(text: str) -> None:
    assert body(text * 1_000).html


_ROWS = [
    ".. tab:: A\n\n   one\n\n.. tab:: B\n\n   two\n",
    "```{tab} A\none\n```\n\n```{tab} B\ntwo\n```\n",
    ":::{tab-item} A\none\n:::\n:::{tab-item} B\ntwo\n:::\n",
    "/// tab | A\none\n///\n\n/// tab | B\ntwo\n///\n",
]


@pytest.mark.parametrize("row", _ROWS)
def test_tabs_below_each_other_without_a_set_around_them_are_one(row: str) -> None:
    set_of_two = f".. tabs::\n\n{indent(_ROWS[0], '   ')}"
    assert body(f"{row}\nafter\n").html == body(f"{set_of_two}\nafter\n").html
    assert not body(row).diagnostics
    apart = body(f"{row}\nwords\n\n{row}")
    assert apart.html.count('class="sg-tabs"') == 2
    further = "   .. tab:: D\n\n      words\n"
    inside = body(f".. tabs::\n\n   .. tab:: C\n\n{indent(row, '      ')}\n{further}\n{_ROWS[0]}")
    assert inside.html.count('class="sg-tabs"') == 3
    assert not {each.code for each in inside.diagnostics} - {"dialect"}


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("describe", "opt", "opt"),
        ("js:function", "$.get(a, b)", "$.get(a, b)"),
        ("c:function", "int foo(int a)", "int foo(int a)"),
        ("cpp:class", "A", "A"),
        ("http:get", "/users/(id)", "GET /users/(id)"),
    ],
)
def test_what_is_no_object_of_python_stands_over_its_words(
    name: str, said: str, shown: str
) -> None:
    for text in (f".. {name}:: {said}\n\n   Words.\n", f"```{{{name}}} {said}\nWords.\n```\n"):
        made = body(text)
        assert f"<dt><code>{shown}</code></dt>" in made.html
        assert "<p>Words.</p>" in made.html
        assert not made.diagnostics


def test_what_says_who_wrote_or_how_it_is_printed_is_not_shown() -> None:
    made = body(".. codeauthor:: Me\n.. tabularcolumns:: |l|\n\nA :index:`word` here.\n")
    assert made.markdown == "A word here.\n"
    assert not made.diagnostics
