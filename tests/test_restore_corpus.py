"""Headings restored by what is left of the last time are those of a corpus read anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sitegen.restore.corpus as corpus_module
from sitegen.build import build
from sitegen.config import Config, RestoreConfig
from sitegen.corpus_file import CorpusFile
from sitegen.model import Document, Section
from sitegen.restore import Corpus, Glance, restore_headings
from sitegen.restore.headings import unwritten
from sitegen.restore.lexicon import Lexicon

WORDS = (
    *("gpu", "GPU", "Gpu", "use", "Use", "a", "zero-shot", "Zero-Shot", "zero", "shot.", "&", "/"),
    *("FlashAttention", "flash", "attention", "`gpu`", "(gpu),", "**GPU**", "What?", "gpus"),
    *("YOLOv8", "LineReader", "LineReaderX", "linereaderx", "日本GPU語"),
    *("[Use a GPU](b#use-a-gpu)", "[zero shot](a.md#zero-shot)", "[Flash GPU](c)"),
)
ANCHORS = (
    *("use-a-gpu", "zero-shot", "flash-attention", "linereaderx-gpus", "what"),
    *("1-gpu", "2-use"),
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


def restored(documents: Sequence[Document], corpus: Corpus) -> list[Document]:
    return list(restore_headings(list(documents), {}, RestoreConfig(), corpus))


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
    glanced = list(restore_headings(list(documents), {}, RestoreConfig(), Glance(corpus)))
    assert [now is then for now, then in zip(glanced, before, strict=True)].count(False) == 1
    assert "another GPU" in glanced[1].text
    settled = restored(documents, corpus)
    assert settled == restored(documents, Corpus())
    assert settled[0] != before[0]


def test_a_glance_at_another_set_of_pages_sees_all() -> None:
    documents = [page(id, "The gpu is here.") for id in PAGES]
    corpus = Corpus()
    restored(documents[1:], corpus)
    glanced = list(restore_headings(list(documents), {}, RestoreConfig(), Glance(corpus)))
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
    after = list(restore_headings(list(documents), {"b": "Stated"}, RestoreConfig(), corpus))
    assert after == list(restore_headings(list(documents), {"b": "Stated"}, RestoreConfig()))
    assert after[1].title == "Stated"


def test_a_lone_surrogate_is_restored_without_being_kept() -> None:
    documents = [replace(page(id, "Text."), source=f"{id}\ud800.md") for id in PAGES]
    corpus = Corpus()
    assert len(restored(documents, corpus)) == len(PAGES)
    assert corpus.pages == {}


def config(folder: Path) -> Config:
    return Config(input=(str(folder / "rows.jsonl"),), output=folder / "out", cache=folder / "c")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def write(folder: Path, edited: str = "") -> None:
    table = [
        {
            "text": edited if edited and n == 4 else f"Use a GPU, number {n}.",
            "source": f"docs/p{n}.md",
            "source_section": "#use-a-gpu",
            "id": f"{n}_0",
        }
        for n in range(9)
    ]
    text = "".join(json.dumps(row) + "\n" for row in table)
    (folder / "rows.jsonl").write_text(text, encoding="utf-8")


def test_the_next_build_restores_again_only_what_an_edit_concerns(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(config(folder))
    kept = CorpusFile(config(folder)).corpus
    assert kept is not None
    assert {p.restored.id for p in kept.pages.values() if p.restored} == {f"p{n}" for n in range(9)}
    write(folder, "Quite another text.")
    made: list[str] = []
    real = corpus_module.restore_page
    monkeypatch.setattr(
        corpus_module, "restore_page", lambda d, *rest: made.append(d.id) or real(d, *rest)
    )
    monkeypatch.setattr(corpus_module, "asking", lambda *_: set())
    build(config(folder))
    assert made == ["p4"]


@pytest.mark.parametrize("damage", [b"", b"\0\0\0\0rubbish", b"cut"])
def test_a_damaged_file_is_an_empty_corpus(folder: Path, damage: bytes) -> None:
    build(config(folder))
    (file,) = (folder / "c").glob("headings-*.bin")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == b"cut" else damage)
    kept = CorpusFile(config(folder)).corpus
    assert kept is not None
    assert kept.pages == {}
    build(config(folder))
    assert file.read_bytes() == whole


def test_nothing_is_kept_without_a_cache_or_of_a_large_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CorpusFile(replace(config(folder), cache=False)).corpus is None
    monkeypatch.setattr("sitegen.corpus_file._LARGEST", 10)
    assert CorpusFile(config(folder)).corpus is None
    build(config(folder))
    assert not list((folder / "c").glob("headings-*"))
