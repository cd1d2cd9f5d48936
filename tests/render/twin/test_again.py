"""A twin, built again as a page, says what its page says."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model import Body
from tests.cases import body, needs_shared, real_documents
from tests.examples import examples
from tests.render.test_words_kept import PAGES
from tests.render.twin.said import hidden, text

_WORD = re.compile(r"(?<!\[\^)\w+")  # no reference to a note that there is not
# What a twin may say besides: kinds of callouts with a title of their own, what a card is.
LABELS = {"Note", "Tip", "Warning", "Caution", "API", "reference"}
# Each construct of the language, between lines of `%`; a `·` is a space at the end of a line.
LANGUAGE = Path(__file__).with_name("language.txt").read_text("utf-8").replace("·", " ")
CONSTRUCTS = st.sampled_from(LANGUAGE.strip("\n").split("\n%\n"))


class Said(NamedTuple):
    """What a page says to a reader."""

    headings: list[tuple[int, list[str]]]
    code: list[str]
    lists: list[tuple[str, list[str]]]
    words: Counter[str]


def said(page: Body) -> Said:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # html5lib warns of characters that XML has not
        tree = html5lib.parse(f"<main>{page.html}</main>", namespaceHTMLElements=False)
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    unsaid = {id(inner) for each in elements if hidden(each) for inner in each.iter()}
    return Said(
        [
            (int(each.tag[1]), without_labels("".join(text(each))))
            for each in elements
            if re.fullmatch("h[1-6]", each.tag)
        ],
        ["".join(each.itertext()) for each in elements if each.tag == "pre"],
        [
            (parent.tag, without_labels("".join(text(item))))
            for parent in elements
            if parent.tag in {"ol", "ul"} and id(parent) not in unsaid
            for item in parent
        ],
        Counter(_WORD.findall("".join(text(tree)))),
    )


def without_labels(said: str) -> list[str]:
    return [word for word in _WORD.findall(said) if word not in LABELS]


def assert_same(page: Body, id: str = "page") -> None:
    again = body(page.markdown, id)
    first, second = said(page), said(again)
    assert second.headings == first.headings
    assert second.code == first.code
    assert second.lists == first.lists
    assert first.words - second.words == Counter()
    assert set(second.words - first.words) <= LABELS


@pytest.mark.real
@needs_shared
def test_twins_of_real_pages_built_again_say_the_same() -> None:
    failed = {}
    for document, made in real_documents():
        if "<FileTree>" in document.text:
            continue  # its twin is the list that the tree was made of
        try:
            assert_same(made, document.id)
        except AssertionError as error:
            failed[document.id] = str(error)
    assert failed == {}


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


@pytest.mark.integration
@examples(300)
@example(["3) three\n4) four"], "tip", "\n")
@example(["1. one\n2. two", "Term\n: one\n: two"], "list", "\n\n")
@example(["1. one\n2. two", "| a |\n|---|"], "", "\n")
@example(["1. one\n2. two", "A\n===", "    indented"], "", "\n")
@example(["x[^1]\n\n[^1]: note", "[^1]: other"], "", "\n\n")
@given(
    st.lists(CONSTRUCTS, min_size=1, max_size=4),
    st.sampled_from(("", "list", "numbers", "quote", "tip")),
    st.sampled_from(("\n\n", "\n")),
)
def test_twins_of_the_language_built_again_say_the_same(
    some: list[str], around: str, between: str
) -> None:
    assert_same(body(within(between.join(some), around)))


@pytest.mark.integration
@examples(150)
@example("ŵ\n\n$$\nŵ $$ ŵ [link](other.md)\n$$")
@given(PAGES)
def test_twins_of_pages_built_again_say_the_same(page: str) -> None:
    assert_same(body(page))
