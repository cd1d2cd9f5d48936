"""Twins: the page as Markdown that any reader of Markdown knows, made from the page's tokens."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.model import Body
from tests.cases import body, needs_shared, real_documents
from tests.render.test_words_kept import PAGES

_BLOCKS = frozenset(
    ("aside", "blockquote", "br", "dd", "details", "div", "dt", "figcaption", "figure", "h1", "h2",
     "h3", "h4", "h5", "h6", "hr", "li", "p", "pre", "section", "summary", "table", "td", "th", "ul")
)  # fmt: skip
_WORD = re.compile(r"\w+")
LABELS = {"Note", "Tip", "Warning", "Caution", "API", "reference"}
"""What a twin may say besides: kinds of callouts with a title of their own, what a card is."""


class Said(NamedTuple):
    """What a page says to a reader."""

    headings: list[tuple[int, str]]
    code: list[str]
    lists: list[tuple[str, str]]
    words: Counter[str]


def said(page: Body) -> Said:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # html5lib warns of characters that XML has not
        tree = html5lib.parse(f"<main>{page.html}</main>", namespaceHTMLElements=False)
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    unsaid = {id(inner) for each in elements if hidden(each) for inner in each.iter()}
    return Said(
        [(heading.level, heading.text) for heading in page.headings],
        ["".join(each.itertext()) for each in elements if each.tag == "pre"],
        [
            (parent.tag, " ".join(w for w in "".join(text(item)).split() if w not in LABELS))
            for parent in elements
            if parent.tag in {"ol", "ul"} and id(parent) not in unsaid
            for item in parent
        ],
        Counter(_WORD.findall("".join(text(tree)))),
    )


def hidden(element: Element) -> bool:
    if element.tag == "summary":
        return element.text == "Check this answer"
    if element.get("class") == "sg-notebooks":  # of other notebooks the page's author tells
        return "".join(element.itertext()).startswith("Colab: Mixed")
    return element.get("class") in {"sg-anchor", "sg-hush"}


def text(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or hidden(element):
        return
    around = " " if element.tag in _BLOCKS else ""
    yield around
    if "alttext" in element.attrib:
        yield f" {element.attrib['alttext']} "
    elif element.tag == "code" and "title" in element.attrib:
        yield element.attrib["title"]  # the whole name of an object, of which a part is shown
    else:
        yield element.attrib.get("alt", "")
        yield element.text or ""
        for child in element:
            yield from text(child)
            yield child.tail or ""
    yield around


def assert_same(page: Body, id: str = "page") -> None:
    again = body(page.markdown, id)
    first, second = said(page), said(again)
    assert second.headings == first.headings
    assert second.code == first.code
    assert second.lists == first.lists
    assert first.words - second.words == Counter()
    assert set(second.words - first.words) <= LABELS
    assert body(again.markdown, id).markdown == again.markdown


@pytest.mark.real
@needs_shared
def test_twins_of_real_pages_built_again_say_the_same() -> None:
    failed = {}
    for document, made in real_documents():
        try:
            assert_same(made, document.id)
        except AssertionError as error:
            failed[document.id] = str(error)
    assert failed == {}


FURTHER = st.sampled_from(
    (
        *("# Title", "## Two [[id]]", "A\n===", "1. one\n2. two", "3) three\n4) four", "***", "---"),
        *("- a\n- b", "- a\n\n- b", "* c", "- [x] done\n- [ ] open", "+ <Tip>In it.</Tip>\n+ d"),
        *("Text <!-- c --> more", "<!-- c -->", "<!-- c --> # no heading", "a  \nb <!-- c -->  \nc"),
        *("[[autodoc]] a.Model\n    - fit\n    - all", "See [`~a.b.C`] and [`D()`].", "[[open-in-colab]]"),
        *("> quote\nlazy\n===", "> [!NOTE]\n> Said", "> [!TIP]", "<Tip title=\"A *b*\">\n\nc\n\n</Tip>"),
        *("A <Tip>b</Tip> c", "<Added version=\"2.0\">\n\nnew\n\n</Added>", "<pt>\n\nx\n\n</pt>"),
        *("| a | b |\n|:--|--:|\n| `x\\|y` | <PipelineTag pipeline=\"a-b\"/> |", "| a |\n|---|"),
        *("```py runnable:t\nx = 1  # doctest: +SKIP\n```", "~~~\n```\n~~~", "````md\n```\n````"),
        *("    indented", "Term\n: one\n: two", "Term\n\n: one\n\n  more", "$$\nx\n$$", "a $x$ b"),
        *("x[^1]\n\n[^1]: note\n\n    more", "[^9]: unused", "y^[in the text]", "[r]\n\n[r]: ./p 'T'"),
        *("<div>\n\nInside\n\n</div>", "<details>\n<summary>S</summary>\nX\n</details>", "<br>"),
        *("{#if fw === 'pt'}\n\nP\n\n{:else}\n\nT\n\n{/if}", "in {#if fw === 'pt'}p{:else}t{/if} it"),
        *("<hfoptions id=\"g\">\n<hfoption id=\"a\">\n\n- i\n\n</hfoption>\n<hfoption id=\"a\">\n\n1. j\n\n"
          "</hfoption>\n</hfoptions>", "<Youtube id=\"abcdefgh\"/>", "<Foo a=\"b\"/>", "a{' '}b", "</Tip>"),
        *("<Question choices={[{text: \"<b>x</b>\", explain: \"y\", correct: true}]} />", "a\n## b", "2. a"),
        *("[a](b.md 'T \"q\"') ![i](<x y.png>) <https://x.org/>", "[a](/docs/x)", "[x]()", "\\- a", "a\n  - b"),
        '<Docstring name={"class a.C"} anchor={"a.C"} source={"https://x.org/src"} />',
        "<frameworkcontent>\n<pt>\n\n```py\nx\n```\n\n</pt>\n<tf>\n\ny\n\n</tf>\n</frameworkcontent>",
    )
)  # fmt: skip


def within(page: str, around: str) -> str:
    match around:
        case "list":
            return "- " + page.replace("\n", "\n  ")
        case "numbers":
            return "7. first\n8. " + page.replace("\n", "\n   ")
        case "quote":
            return "> " + page.replace("\n", "\n> ")
        case "tip":
            return f"<Tip>\n\n{page}\n\n</Tip>"
    return page


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(FURTHER, min_size=1, max_size=4),
    st.sampled_from(("", "list", "numbers", "quote", "tip")),
    st.sampled_from(("\n\n", "\n")),
)
def test_twins_of_the_language_built_again_say_the_same(
    some: list[str], around: str, between: str
) -> None:
    assert_same(body(within(between.join(some), around)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
def test_twins_of_pages_built_again_say_the_same(page: str) -> None:
    assert_same(body(page))
