"""Headings restored by what is left of the last time are those of a corpus read anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sitegen.restore.corpus as corpus_module
from sitegen.config import RestoreConfig
from sitegen.model import Document, Section
from sitegen.restore import Corpus, Glance, digests, restore_headings
from sitegen.restore.corpus import Ahead
from sitegen.restore.headings.pages import Evidence, restore_page
from sitegen.restore.headings.style import judge_style
from sitegen.restore.headings.titles import count_openers
from sitegen.restore.headings.written import unwritten
from sitegen.restore.lexicon import Lexicon
from sitegen.restore.lexicon.reading import build_lexicon

WORDS = (
    *("gpu", "GPU", "Gpu", "use", "Use", "a", "zero-shot", "Zero-Shot", "zero", "shot.", "&", "/"),
    *("FlashAttention", "flash", "attention", "`gpu`", "(gpu),", "**GPU**", "What?", "gpus"),
    *("YOLOv8", "LineReader", "LineReaderX", "linereaderx", "日本GPU語"),
    *("[Use a GPU](b#use-a-gpu)", "[zero shot](a.md#zero-shot)", "[Flash GPU](c)"),
)
ANCHORS = (
    *("use-a-gpu", "zero-shot", "flash-attention", "linereaderx-gpus", "what"),
    *("1-gpu", "2-use", "gpu--use", "使用gpuhttpsgpuorgdocs", "stdoutstderr-gpus"),
)
PAGES = ("a", "b", "c", "flash_gpu", "e", "f")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
EDITS = st.lists(st.tuples(st.sampled_from(PAGES), TEXTS), min_size=1, max_size=4)


def page(id: str, text: str, number: int = 0) -> Document:
    """Make a page of an opening and three sections with anchors, the text in the second."""
    at = PAGES.index(id)
    anchors = [ANCHORS[(at + step) % len(ANCHORS)] for step in range(3)]
    sections = (
        Section(0, "", f"{at}_0", "d", number),
        *(Section(2 * n, a, f"{at}_{n}", "d", number + n) for n, a in enumerate(anchors, 1)),
    )
    return Document(id, f"docs/{id}.md", f"Opening.\n\n{text}\n\nMore.\n\nEnd.\n", sections)


def headed(id: str, opening: str, text: str) -> Document:
    """Make such a page that opens with a heading it has kept."""
    document = page(id, text)
    return replace(document, text=document.text.replace("Opening.", opening, 1))


def restored(documents: Sequence[Document], corpus: Corpus) -> list[Document]:
    return list(restore_headings(list(documents), {}, RestoreConfig(), corpus, digests(documents)))


def counts(lexicon: Lexicon) -> dict[str, object]:
    """Give all that a Lexicon counts, without the tables that were only looked into."""
    found: dict[str, object] = {}
    for each in fields(lexicon):
        value = getattr(lexicon, each.name)
        if each.name not in {"spelled", "votes"}:
            found[each.name] = (
                {key: v for key, v in value.items() if v} if isinstance(value, Mapping) else value
            )
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=len(PAGES), max_size=len(PAGES)), EDITS)
def test_after_any_edits_all_is_as_if_it_were_read_anew(
    texts: list[str], edits: list[tuple[str, str]]
) -> None:
    documents = {id: page(id, text) for id, text in zip(PAGES, texts, strict=True)}
    corpus = Corpus()
    restored(list(documents.values()), corpus)
    for id, text in edits:
        documents[id] = page(id, text)
        anew = Corpus()
        assert restored(list(documents.values()), corpus) == restored(
            list(documents.values()), anew
        )
        assert counts(corpus.lexicon) == counts(anew.lexicon)


@pytest.mark.parametrize(
    "opening",
    [*(f"{'#' * level} Gpu" for level in range(1, 7)), "## Gpu ##", " ###\tGpu  ", "Gpu\n---"],
)
def test_a_page_that_opens_with_a_heading_of_its_own_can_be_edited(opening: str) -> None:
    documents = [page(id, "Gpu is here.\n\nGpu is there, and a Gpu.") for id in PAGES]
    corpus = Corpus()
    for text in ("Text.", "Text, and a Gpu.", "Text."):
        documents[1] = headed("b", opening, text)
        assert restored(documents, corpus) == restored(documents, anew := Corpus())
        assert counts(corpus.lexicon) == counts(anew.lexicon)


def test_a_word_in_front_of_a_link_in_an_anchor_is_asked_for() -> None:
    def anchored(id: str, anchor: str, text: str) -> Document:
        sections = (Section(0, "", id, "d", 0), Section(2, anchor, f"{id}_1", "d", 1))
        return Document(id, f"{id}.md", f"{text}\n\nMore.\n", sections)

    others = [anchored(f"p{n}", "more", "Text.") for n in range(4)]
    asks = [anchored("q", "使用pytorchhttpspytorchorgdocs", "."), anchored("r", "pytorch", ".")]
    corpus = Corpus()
    for said in ("We use pytorch.", "We use PyTorch and PyTorch."):
        documents = [*asks, anchored("s", "more", said), *others]
        assert restored(documents, corpus) == restored(documents, Corpus())


def test_counts_that_do_not_fit_are_taken_anew() -> None:
    documents = [page(id, "The GPU is here.") for id in PAGES]
    corpus = Corpus()
    restored(documents, corpus)
    corpus.lexicon.words["gpu"]["GPU"] = 0
    documents[1] = page("b", "Nothing.")
    assert restored(documents, corpus) == restored(documents, Corpus())


def test_a_sign_alone_concerns_no_page_but_its_own() -> None:
    documents = [page(id, "The GPU & more is here.") for id in PAGES]
    corpus = Corpus()
    before = restored(documents, corpus)
    documents[1] = page("b", "The GPU & more is → here.")
    after = restored(documents, corpus)
    assert after == restored(documents, Corpus())
    assert [now is then for now, then in zip(after, before, strict=True)].count(False) == 1


class Noted(dict[Any, Any]):
    """A table that notes what it is asked for."""

    asked: set[Any]

    def __getitem__(self, key: Any) -> Any:
        self.asked.add(key)
        return dict.get(self, key, 0)

    def __contains__(self, key: object) -> bool:
        self.asked.add(key)
        return super().__contains__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=len(PAGES), max_size=len(PAGES)))
def test_all_that_a_page_looks_up_is_known_to_be_asked_for_by_it(texts: list[str]) -> None:
    documents = [page(id, text) for id, text in zip(PAGES, texts, strict=True)]
    lexicon = build_lexicon(documents)
    tables = ("words", "openers", "code", "seen", "pairs", "pairs_seen", "phrases", "names")
    for name in (*tables, "composed"):
        table = Noted(getattr(lexicon, name))
        table.asked = set()
        setattr(lexicon, name, table)
    style = judge_style(documents, lexicon, {})
    evidence = Evidence(lexicon, count_openers(documents), style)
    ahead = Ahead.of([(d.id, [section.anchor for section in d.sections]) for d in documents])
    for document in documents:
        lexicon.spelled.clear()
        lexicon.votes.clear()
        for name in (*tables, "composed"):
            getattr(lexicon, name).asked.clear()
        restore_page(document, "", evidence)
        for name in (*tables, "composed"):
            for key in getattr(lexicon, name).asked:
                slug = key if isinstance(key, str) else "-".join(key)
                known = ahead.asking([slug])
                assert document.id in known or not slug.strip("-"), (name, key)


def test_a_page_that_asks_for_none_of_the_words_concerned_is_the_very_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents = [page(id, "The GPU is here.") for id in PAGES]
    corpus = Corpus()
    before = restored(documents, corpus)
    documents[1] = page("b", "The GPU is here, LineReader.")
    made: list[str] = []
    real = corpus_module.restore_page
    monkeypatch.setattr(
        corpus_module, "restore_page", lambda d, *rest: made.append(d.id) or real(d, *rest)
    )
    after = restored(documents, corpus)
    assert [now is then for now, then in zip(after, before, strict=True)].count(False) == len(made)
    assert "b" in made
    assert len(made) < len(PAGES)


def test_a_glance_restores_what_changed_by_the_evidence_as_it_was() -> None:
    documents = [page(id, "Nothing of it.") for id in PAGES]
    corpus = Corpus()
    before = restored(documents, corpus)
    documents[1] = page("b", "One GPU or " + "another GPU or " * 12 + "none.")
    glanced = list(
        restore_headings(list(documents), {}, RestoreConfig(), Glance(corpus), digests(documents))
    )
    assert [now is then for now, then in zip(glanced, before, strict=True)].count(False) == 1
    assert "another GPU" in glanced[1].text
    settled = restored(documents, corpus)
    assert settled == restored(documents, Corpus())
    assert settled[0] != before[0]


def test_a_glance_at_another_set_of_pages_sees_all() -> None:
    documents = [page(id, "The gpu is here.") for id in PAGES]
    corpus = Corpus()
    restored(documents[1:], corpus)
    glanced = list(
        restore_headings(list(documents), {}, RestoreConfig(), Glance(corpus), digests(documents))
    )
    assert glanced == restored(documents, Corpus())


def test_a_row_that_moves_reaches_its_page_and_no_other() -> None:
    documents = [page(id, "The GPU is here.") for id in PAGES]
    corpus = Corpus()
    before = restored(documents, corpus)
    documents[2] = page("c", "The GPU is here.", number=7)
    after = restored(documents, corpus)
    assert [now is then for now, then in zip(after, before, strict=True)].count(False) == 1
    assert after[2].sections[0].row == 7


def test_headings_that_were_written_can_be_taken_out_again() -> None:
    documents = [page(id, "Text.\n\n# Own\n\n- more") for id in PAGES]
    for before, after in zip(documents, restored(documents, Corpus()), strict=True):
        assert after.text != before.text
        assert unwritten(after) == before.text


def test_a_title_of_the_toctree_reaches_its_page() -> None:
    documents = [page(id, "Text.") for id in PAGES]
    corpus = Corpus()
    restored(documents, corpus)
    after = list(
        restore_headings(
            list(documents), {"b": "Stated"}, RestoreConfig(), corpus, digests(documents)
        )
    )
    assert after == list(restore_headings(list(documents), {"b": "Stated"}, RestoreConfig()))
    assert after[1].title == "Stated"


def test_a_lone_surrogate_is_restored_without_being_kept() -> None:
    documents = [replace(page(id, "Text."), source=f"{id}\ud800.md") for id in PAGES]
    corpus = Corpus()
    assert len(restored(documents, corpus)) == len(PAGES)
    assert corpus.pages == {}
