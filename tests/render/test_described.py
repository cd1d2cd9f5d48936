"""Objects that Sphinx describes by hand are cards of the API that references lead to."""

from __future__ import annotations

import pytest

from sitegen.model import Document, LinkSpace, Section
from sitegen.model.objects import ApiDoc, Named
from sitegen.plan.mentions import mentions
from sitegen.render import render
from tests.cases import body
from tests.plan.planned import references_of

CARD = '<section class="sg-api" id="lib.go"'


@pytest.mark.parametrize(
    "text",
    [
        ".. module:: lib\n\n.. function:: go(a=1)\n\n   Goes *on*.\n",
        ".. py:currentmodule:: lib\n\n.. py:function:: lib.go(a=1)\n\n   Goes *on*.\n",
        "```{py:function} lib.go(a=1)\nGoes *on*.\n```\n",
        ":::{function} lib.go(a=1)\nGoes *on*.\n:::\n",
    ],
)
def test_a_function_is_a_card(text: str) -> None:
    made = body(text)
    assert CARD in made.html
    assert "<p>Goes <em>on</em>.</p>\n</section>" in made.html
    assert "go(a=1)`\n\nGoes *on*." in made.markdown
    assert "::" not in made.html
    assert not made.diagnostics


def test_methods_stand_in_the_card_of_their_class() -> None:
    made = body(
        ".. class:: Pump(x)\n\n   A pump.\n\n   .. method:: go()\n\n      Goes.\n\nAfter.\n"
    )
    outer = made.html.partition('id="Pump"')[2]
    assert 'id="Pump.go"' in outer.partition("</section>\n</section>")[0]
    assert made.html.endswith("<p>After.</p>\n")


def test_fields_of_a_call_say_what_is_given_and_what_comes_back() -> None:
    made = body(
        ".. function:: go(a)\n\n   :param int a: how far\n   :param b: what\n   :returns: all\n"
        "   :raises ValueError: never\n   :since: 2\n"
    )
    for shown in ("<code>a</code> (int)", "<code>b</code>", "Returns", "Raises <code>ValueError"):
        assert f"<dt>{shown}" in made.html
    assert "<dt>since</dt>" in made.html


@pytest.mark.parametrize("text", [".. class:: Special\n", ".. function:: a b\n\n   x\n"])
def test_what_names_no_object_is_shown_as_it_is_written(text: str) -> None:
    made = body(text)
    assert text.partition("\n")[0] in made.html
    assert [each.code for each in made.diagnostics] == ["dialect"]


@pytest.mark.parametrize(
    "form",
    [
        "````{{note}}\n{}````\n",
        "> {}",
        "`````{{tab-set}}\n````{{tab-item}} A\n{}````\n`````\n",
        "- item\n\n  > {}",
    ],
)
def test_an_object_is_a_card_in_fences_of_other_directives_and_in_quotes(form: str) -> None:
    text = "```{py:function} lib.go(a=1)\nGoes *on*.\n```\n"
    before = form.rpartition("\n")[2].partition("{}")[0].replace("- ", "  ")
    made = body(form.format(text.rstrip("\n").replace("\n", f"\n{before}") + "\n"))
    assert CARD in made.html
    assert "<p>Goes <em>on</em>.</p>" in made.html
    assert not made.diagnostics


@pytest.mark.parametrize("around", ["````{code-block} md", "````md", "````{literalinclude} x.md"])
def test_an_object_in_an_example_of_code_is_none(around: str) -> None:
    made = body(f"{around}\n```{{py:function}} lib.go(a=1)\nGoes *on*.\n```\n````\n")
    assert "sg-api" not in made.html
    assert "\n```{py:function} lib.go(a=1)\nGoes *on*.\n```\n" in made.markdown


def test_each_way_to_call_an_object_is_shown_and_it_has_one_id() -> None:
    made = body(
        ".. function:: lib.go(a)\n              lib.go(a, b)\n   lib.stop(c)\n   :noindex:\n\n"
        "   Goes *on*.\n\n.. data:: lib.size\n   Words here (and so)\n"
    )
    assert made.html.count('id="lib.go"') == made.html.count('id="lib.stop"') == 1
    for call in ("lib.go(a)", "lib.go(a, b)", "lib.stop(c)"):
        assert f"API reference: `{call}`" in made.markdown
    assert "`lib.stop(c)`\n\nGoes *on*." in made.markdown
    assert "`lib.size`\n\nWords here (and so)" in made.markdown
    assert not made.diagnostics


def test_a_class_of_a_style_sheet_is_not_shown_and_what_it_is_for_is() -> None:
    made = body(".. class:: special\n\n   A *b*\n\n.. rst-class:: wide\n\nEnd.\n")
    assert "A <em>b</em></p>\n<p>End.</p>" in made.html
    assert "special" not in made.html
    assert not made.diagnostics


def test_references_lead_to_what_is_described() -> None:
    api = ".. module:: lib\n\n.. class:: Pump()\n\n   .. method:: go()\n\n      Goes.\n"
    pages = [
        Document(id, id, text, (Section(0, "", "0_0", "f", 0),))
        for id, text in (("api", api), ("page", "[`Pump`], :meth:`~lib.Pump.go`, {meth}`go`\n"))
    ]
    named = references_of(pages, "").of(pages[1], mentions(pages[1].text))
    made = render(pages[1], LinkSpace(), named)
    assert made.html.count('href="../api/#lib.Pump.go"') == 2
    assert 'href="../api/#lib.Pump"' in made.html


def test_a_callout_ends_where_it_does_whatever_a_docstring_above_it_holds() -> None:
    doc = ApiDoc("lib.f", text="Words\n\n:::note\n\nIn.\n\nIn.\n\n:::")
    page = "[[autodoc]] lib.f\n\n:::note\n\nA.\n\n:::\n\nBehind."
    section = Section(0, "", "1_0", "docs.parquet", 0)
    made = render(Document("p", "p.md", page, (section,)), LinkSpace(), Named("lib", docs=(doc,)))
    assert made.html.endswith("<p>A.</p>\n</aside>\n<p>Behind.</p>\n")
    assert ":::" not in made.html
