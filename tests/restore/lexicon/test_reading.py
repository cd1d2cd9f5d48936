"""Texts are counted alone or together, and what a token is as a word is found out once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.restore.lexicon import TABLES, Counts, Lexicon, add
from sitegen.restore.lexicon import vocabulary as module
from sitegen.restore.lexicon.reading import Text, conclude, read_texts
from sitegen.restore.lexicon.wanted import Wanted, wanted
from sitegen.store.recall import Store
from tests.examples import examples
from tests.pipeline.test_restoring import ANCHORS, PAGES, TEXTS

ASKED = tuple((page, ANCHORS[at : at + 3]) for at, page in enumerate(PAGES))


def counted(lexicon: Lexicon) -> object:
    """All that a Lexicon counts; a slug without a spelling is none."""
    tables = {
        name: {key: dict(forms) for key, forms in getattr(lexicon, name).items() if forms}
        for name in TABLES
    }
    return tables, lexicon.seen(), dict(lexicon.camel)


def read(texts: list[Text], size: int) -> object:
    want = wanted(ASKED)
    parts = [read_texts(texts[at : at + size], want) for at in range(0, len(texts), size)]
    own = {page: words for part in parts for page, words in part.own.items()}
    counts: Counts = {}
    for part in parts:
        add(counts, part.counts)
    for part in [*parts[1:], *parts[:1]]:  # to take some away is to have had the others alone
        add(counts, part.counts)
        add(counts, part.counts, -1)
    return counted(Lexicon.of(counts)), own


@pytest.mark.integration
@pytest.mark.parametrize("known", [0, 10, 1 << 17])
@examples(60)
@given(st.lists(TEXTS, min_size=len(PAGES), max_size=len(PAGES)))
def test_texts_that_are_read_one_by_one_add_up_to_what_all_say(
    known: int, texts: list[str]
) -> None:
    some = [Text(page, "", text, asks) for (page, asks), text in zip(ASKED, texts, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WORDS", known)
        assert read(some, 1) == read(some, 4) == read(some, len(some))


def test_what_is_wanted_of_one_site_is_nothing_to_the_next() -> None:
    text = Text("a", "", "use a gpu here", ())
    for anchor in ("use-a-gpu", "here", "use-a-gpu"):
        counts = read_texts([text], wanted((("a", (anchor,)),))).counts
        words = Lexicon.of(counts).words
        assert set(words) == {*anchor.split("-")} | ({"a"} if anchor == "here" else set())


def test_names_are_composed_again_once_other_names_or_words_are_there() -> None:
    store, want = Store(None, in_memory=True), Wanted(words={"onetwothree"})
    here = Lexicon(camel={"OneTwo": 1, "Three": 1, "Two": 1})
    composed = conclude(here, want, store)
    assert composed == {"onetwothree": "OneTwoThree"}
    counted = Lexicon(camel={"Two": 5, "Three": 1, "OneTwo": 2})
    assert conclude(counted, want, store) is composed
    assert conclude(Lexicon(camel={"OneTwo": 1}), want, store) == {}
    known = Lexicon(words={"onetwothree": {"onetwothree": 1}}, camel=here.camel)
    assert conclude(known, want, store) == {}
