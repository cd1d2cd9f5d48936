"""Labels, titles and names by which pages name each other and their places."""

from __future__ import annotations

import pytest

from sitegen.model import Document, LinkSpace, Section
from sitegen.model.objects import Named
from sitegen.plan.mentions import mentions
from sitegen.plan.references import References
from sitegen.render import render
from tests.plan.planned import references_of


def document(id: str, text: str) -> Document:
    return Document(id, id, text, (Section(0, "", "0_0", "f", 0),))


def index(*documents: Document) -> References:
    return references_of(documents, "lib")


def named(references: References, document: Document) -> Named:
    return references.of(document, mentions(document.text))


LABELLED = document("guide", "(start)=\n# The *start*\n\n(a place)=\nWords.\n")


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        ("{ref}`start`", ' href="../guide/#user-content-start">The start</a>', "[The start](guide"),
        ("{ref}`it <a PLACE>`", ' href="../guide/#user-content-a-place">it</a>', "[it](guide.md#"),
        (":ref:`a place`", ">a place</a>", "[a place]("),
        ("[x](start)", ' href="../guide/#user-content-start">x</a>', "[x](guide.md#"),
        ("[x](#start)", ' href="../guide/#user-content-start">x</a>', "[x](guide.md#"),
        ("[](start)", ">The start</a>", "[The start]("),
        ("<project:#start>", ">The start</a>", "[The start]("),
        ("{any}`start`", ">The start</a>", "[The start]("),
        ("{numref}`Fig. %s <start>`", ">The start</a>", "[The start]("),
        ("[x](guide.md#a-place)", ' href="../guide/#user-content-a-place">x</a>', "[x](guide.md#"),
    ],
)
def test_a_label_leads_to_its_place_by_its_title_or_heading(
    text: str, html: str, twin: str
) -> None:
    page = document("page", f"See {text}.\n")
    made = render(page, LinkSpace(), named(index(LABELLED, page), page))
    assert html in made.html
    assert twin in made.markdown
    assert not made.diagnostics


def test_a_label_that_is_the_id_of_its_heading_leads_to_that() -> None:
    one, page = document("one", "(part-two)=\n## Part two\n"), document("page", "{ref}`part-two`\n")
    made = render(page, LinkSpace(), named(index(one, page), page))
    assert ' href="../one/#part-two">Part two</a>' in made.html


def test_the_label_of_the_page_itself_comes_first_and_an_unknown_one_is_named() -> None:
    page = document("page", "(start)=\n# Own\n\n{ref}`start`, {ref}`none`, {ref}`genindex`\n")
    made = render(page, LinkSpace(), named(index(LABELLED, page), page))
    assert '<a class="sg-reference" href="#user-content-start">Own</a>, none, genindex' in made.html
    assert [each.code for each in made.diagnostics] == ["reference-unresolved"]


def test_a_link_to_an_id_of_the_page_itself_leads_there_whatever_has_a_label_of_its_name() -> None:
    page = document("page", "# Page\n\n[x](#start)\n\n## Start\n")
    made = render(page, LinkSpace(), named(index(LABELLED, page), page))
    assert '<a href="#start">x</a>' in made.html


def test_a_label_above_a_heading_that_a_column_says_is_called_as_that() -> None:
    sections = (Section(0, "", "0", "f", 0), Section(2, "", "1", "f", 1, (("The pump", 2),)))
    guide = Document("guide", "guide", "(pump)=\n\nIt pumps.\n", sections)
    page = document("page", "{ref}`pump`\n")
    made = render(page, LinkSpace(), named(index(guide, page), page))
    assert ">The pump</a>" in made.html


def test_a_card_and_a_button_lead_to_a_label() -> None:
    page = document(
        "page", ":::{card} T\n:link: start\n:link-type: ref\n:::\n\n```{button-ref} start\n```\n"
    )
    made = render(page, LinkSpace(), named(index(LABELLED, page), page))
    assert '<a href="../guide/#user-content-start">T</a>' in made.html
    assert ' href="../guide/#user-content-start">The <em>start</em></a>' in made.html


PAGES = (
    document("index", "# Home\n"),
    document("guide/pump", "# The `pump` of *all* [[id]]\n"),
    Document("My Notes", "My Notes", "# Other\n", (), title="Notes & more"),
    document("other/pump", "No heading.\n"),
)


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        ("[](pump.md)", '<a href="../pump/">The pump of all</a>', "[The pump of all](pump.md)"),
        ("<project:pump.md>", ">The pump of all</a>", "[The pump of all](pump.md)"),
        ("{doc}`pump`", '<a href="../pump/">The pump of all</a>', "[The pump of all](pump.md)"),
        (":doc:`pump`", ">The pump of all</a>", "[The pump of all](pump.md)"),
        ("{any}`pump`", ">The pump of all</a>", "[The pump of all](pump.md)"),
        ("{doc}`words <pump>`", ">words</a>", "[words](pump.md)"),
        ("{doc}`../other/pump`", ">pump</a>", "[pump](../other/pump.md)"),
        ("[](../My%20Notes.md)", ">Notes &amp; more</a>", "[Notes \\& more]("),
        ("[](#own-place)", '<a href="#own-place">Own place</a>', "[Own place]("),
        ("[[pump]]", '<a href="../pump/">pump</a>', "[pump](pump.md)"),
        ("[[other/pump]]", '<a href="../../other/pump/">other/pump</a>', "[other/pump]("),
        ("[[my-notes]]", ">my-notes</a>", "[my-notes]("),
        ("[[Notes & more|them]]", ">them</a>", "[them]("),
        ("[[them|My Notes]]", ">them</a>", "[them]("),
        (
            "[[home#Its part]]",
            'index.html#its-part">home &gt; Its part</a>',
            "[home \\> Its part](",
        ),
        ("[[The `pump` of *all*]]", ">The pump of all</a>", "[The pump of all](pump.md)"),
        ("[[the pump of all]]", ">the pump of all</a>", "[the pump of all](pump.md)"),
        ("[[#Own place]]", '<a href="#own-place">Own place</a>', "[Own place]("),
    ],
)
def test_a_page_that_is_named_by_its_address_or_its_name_alone_is_linked_by_its_title(
    text: str, html: str, twin: str
) -> None:
    page = document("guide/page", f"# Page\n\nSee {text}.\n\n## Own place\n")
    made = render(page, LinkSpace(), named(index(*PAGES, page), page))
    assert html.replace("index.html", "../../") in made.html
    assert twin in made.markdown
    assert not made.diagnostics


def test_a_heading_that_is_a_link_without_words_has_the_id_of_their_title() -> None:
    page = document("guide/page", "# Page\n\n## [](pump.md)\n")
    made = render(page, LinkSpace(), named(index(*PAGES, page), page))
    assert [each.id for each in made.headings] == ["page", "the-pump-of-all"]
    assert made.headings[1].text == "The pump of all"


def test_a_table_of_contents_calls_pages_by_their_titles() -> None:
    page = document("guide/page", "```{toctree}\n:maxdepth: 2\n\npump\nSaid <../index>\n```\n")
    made = render(page, LinkSpace(), named(index(*PAGES, page), page))
    assert '<a href="../pump/">The <code>pump</code> of <em>all</em></a>' in made.html
    assert ">Said</a>" in made.html


@pytest.mark.parametrize("title", ["Of [x](y.md)", "A ] B", "A \\", "[A](javascript:x) B", "<b>A"])
def test_a_title_with_brackets_is_the_words_of_a_link_in_tables_of_contents(title: str) -> None:
    page = document("page", "```{toctree}\n\nother\n```\n\n```{button-ref} other\n```\n")
    made = render(page, LinkSpace(), named(index(document("other", f"# {title}\n"), page), page))
    assert made.html.count('href="../other/"') == made.html.count("<a ") == 2
    assert "](" not in made.html


@pytest.mark.parametrize(
    "text",
    [
        "[](日本.md)",
        "[](%E6%97%A5%E6%9C%AC.md)",
        "[](#日本-語)",
        '[](日本.md "t")',
        "[](<日本.md>)",
    ],
)
def test_addresses_in_all_scripts_are_called_as_their_pages_and_headings(text: str) -> None:
    page = document("page", f"# Page\n\n{text}\n\n## 日本 語\n")
    made = render(page, LinkSpace(), named(index(document("日本", "# 日本 語\n"), page), page))
    assert ">日本 語</a>" in made.html
    assert not made.diagnostics


@pytest.mark.parametrize(
    "text", ["[[nowhere]]", "[[[pump]]]", "x[[pump]]", "\\[[pump]]", "`[[pump]]`"]
)
def test_what_names_no_page_is_no_link_of_a_wiki(text: str) -> None:
    page = document("guide/page", f"# Page\n\n{text}\n")
    made = render(page, LinkSpace(), named(index(*PAGES, page), page))
    assert "<a href" not in made.html.partition("<p>")[2]


def test_titles_are_told_to_pages_that_ask_for_them_only() -> None:
    asks, page = document("asks", "[](guide/pump.md)\n"), document("page", "[x](guide/pump.md)\n")
    references = index(*PAGES, asks, page)
    assert named(references, asks).titles == (("guide/pump.md", "The `pump` of *all*"),)
    assert named(references, page).titles == ()


def test_a_label_is_no_object() -> None:
    page = document("page", "[`start`]\n")
    references = index(LABELLED, page)
    assert references.objects == ()
    assert named(references, page).references == ()
