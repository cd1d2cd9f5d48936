"""Documents are restored again only where what they looked at differs, and always as if anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import sitegen.pipeline.restoring as module
from sitegen.build import build
from sitegen.config import Config, RestoreConfig
from sitegen.model import Document, Section
from sitegen.pipeline.adding_up import Sum, add_up
from sitegen.pipeline.gathered import on_shelf
from sitegen.pipeline.restoring import ask_evidence, restored
from sitegen.pipeline.survey import Survey
from sitegen.restore.lexicon.reading import Read, Text, read_texts
from sitegen.restore.lexicon.wanted import Wanted
from sitegen.store.recall import Store
from sitegen.workers import HERE
from tests.examples import examples
from tests.restoring import restore_headings

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
EDITS = st.lists(
    st.tuples(st.sampled_from(PAGES), st.none() | TEXTS, st.integers(0, 3)), min_size=1, max_size=5
)
"""A page with its new text or without one, and which anchors it has."""


def page(id: str, text: str, anchors: int = 0, row: int = 0) -> Document:
    """Make a page of an opening and three sections with anchors, the text in the second."""
    at = PAGES.index(id)
    names = [ANCHORS[(at + step + anchors) % len(ANCHORS)] for step in range(3)]
    sections = (
        Section(0, "", f"{at}_0", "d", row),
        *(Section(2 * n, a, f"{at}_{n}", "d", row + n) for n, a in enumerate(names, 1)),
    )
    return Document(id, f"docs/{id}.md", f"Opening.\n\n{text}\n\nMore.\n\nEnd.\n", sections)


def anew(documents: Sequence[Document], titles: Mapping[str, str] | None = None) -> list[Document]:
    return list(restore_headings(documents, titles or {}, RestoreConfig()))


def again(
    documents: Sequence[Document], store: Store, titles: Mapping[str, str] | None = None
) -> list[Document]:
    return list(restore_headings(documents, titles or {}, RestoreConfig(), store))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the pages that are restored."""
    noted: list[str] = []
    real = module.restore_page
    monkeypatch.setattr(
        module, "restore_page", lambda d, *rest: noted.append(d.id) or real(d, *rest)
    )
    return noted


@pytest.mark.integration
@pytest.mark.parametrize("in_memory", [False, True])
@pytest.mark.parametrize("groups", [1, 512])
@examples(40)
@given(st.lists(TEXTS, min_size=len(PAGES), max_size=len(PAGES)), EDITS)
def test_after_any_edits_all_is_as_if_it_were_restored_anew(
    in_memory: bool, groups: int, texts: list[str], edits: list[tuple[str, str | None, int]]
) -> None:
    documents = {id: page(id, text) for id, text in zip(PAGES, texts, strict=True)}
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        for limit in ("_MOST_GROUPS", "_OF_LARGE"):
            patch.setattr(module, limit, groups)
        store = Store(None if in_memory else Path(folder, "s.sqlite"), in_memory=in_memory)
        again(list(documents.values()), store)
        for id, text, anchors in edits:
            if text is None and len(documents) > 1:
                documents.pop(id, None)
            else:
                documents[id] = page(id, text or "", anchors)
            some = list(documents.values())
            store.turn()
            assert again(some, store) == anew(some)
        store.close()


@examples(40)
@given(st.lists(TEXTS, min_size=len(PAGES), max_size=len(PAGES)), st.randoms())
def test_in_which_order_words_were_counted_decides_over_no_heading(
    texts: list[str], random: Random
) -> None:
    documents = [page(id, text) for id, text in zip(PAGES, texts, strict=True)]

    def add_up_in_any_order(*given: Any) -> Sum:
        whole = add_up(*given)
        counts = list(whole.counts.items())
        random.shuffle(counts)
        return whole._replace(counts=dict(counts))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "add_up", add_up_in_any_order)
        in_any_order = anew(documents)
    assert in_any_order == anew(documents)


@pytest.mark.integration
@examples(30)
@given(st.lists(TEXTS, min_size=len(PAGES), max_size=len(PAGES)), EDITS)
def test_what_was_restored_in_haste_leaves_nothing_wrong_behind(
    texts: list[str], edits: list[tuple[str, str | None, int]]
) -> None:
    documents = [page(id, text) for id, text in zip(PAGES, texts, strict=True)]
    store = Store(None, in_memory=True)
    evidence = ask_evidence(Survey(on_shelf(documents, None), store), {}, store, HERE)()
    for id, text, _ in edits:
        documents[PAGES.index(id)] = page(id, text or "")
        assert len(list(restored(on_shelf(documents, None), {}, evidence, store))) == len(PAGES)
        assert again(documents, store) == anew(documents)


def test_a_page_that_looked_at_none_of_the_words_concerned_is_the_very_same(
    made: list[str],
) -> None:
    store = Store(None, in_memory=True)
    documents = [page(id, "The GPU is here.") for id in PAGES]
    before = again(documents, store)
    documents[1] = page("b", "The GPU is here, LineReader.")
    made.clear()
    after = again(documents, store)
    assert [now is then for now, then in zip(after, before, strict=True)].count(False) == len(made)
    assert "b" in made
    assert len(made) < len(PAGES)


def test_a_text_that_says_the_same_words_concerns_no_page_but_its_own(made: list[str]) -> None:
    store = Store(None, in_memory=True)
    documents = [page(id, "The GPU is here.") for id in PAGES]
    again(documents, store)
    documents[1] = page("b", "Here is the GPU: nobody asks for more.")
    made.clear()
    assert again(documents, store) == anew(documents)
    assert made[0] == "b"
    assert Counter(made)["b"] == 2  # here and anew
    assert len(made) == 1 + len(PAGES)


@pytest.mark.parametrize("in_memory", [False, True])
def test_a_common_word_more_concerns_only_pages_whose_headings_read_otherwise_for_it(
    in_memory: bool, made: list[str], tmp_path: Path
) -> None:
    with Store(None if in_memory else tmp_path / "s.sqlite", in_memory=in_memory) as store:
        documents = [page(id, "Use a GPU, and use it. Use a zero-shot model.") for id in PAGES]
        again(documents, store)
        for text in (
            "Use a GPU, use it. Use a zero-shot model a GPU can use.",
            "Use the gpu. " * 40,
        ):
            documents[1] = page("b", text)
            made.clear()
            assert again(documents, store) == anew(documents)
            restored_again = made[: -len(PAGES)]
            assert (restored_again == ["b"]) is text.startswith("Use a")
    assert len(restored_again) > 1


def test_rows_that_move_are_told_and_nothing_is_restored_again(made: list[str]) -> None:
    store = Store(None, in_memory=True)
    again([page(id, "The GPU is here.") for id in PAGES], store)
    made.clear()
    after = again([page(id, "The GPU is here.", row=7) for id in PAGES], store)
    assert made == []
    assert [document.sections[0].row for document in after] == [7] * len(PAGES)


def test_a_title_of_the_toctree_reaches_its_page_and_is_part_of_the_evidence() -> None:
    store = Store(None, in_memory=True)
    documents = [page(id, "Text.") for id in PAGES]
    again(documents, store)
    titles = {"b": "Stated", "c": "Use All The Words", "e": "Read The Words Aloud"}
    after = again(documents, store, titles)
    assert after == anew(documents, titles)
    assert after[1].title == "Stated"


def test_a_lone_surrogate_is_restored_like_others() -> None:
    store = Store(None, in_memory=True)
    documents = [replace(page(id, "Text \ud801."), source=f"{id}\ud800.md") for id in PAGES]
    assert again(documents, store) == anew(documents)


def test_where_some_pages_have_changed_these_alone_are_counted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def noting(texts: list[Text], want: Wanted) -> Read:
        counted.extend(text.id for text in texts)
        return read_texts(texts, want)

    monkeypatch.setattr(module, "READ", replace(module.READ, run=noting))
    pages = [replace(page("a", f"Text {number}."), id=f"p{number}") for number in range(400)]
    changed = range(0, len(pages), 20)
    for some in ((), changed):
        counted.clear()
        for number in some:
            pages[number] = replace(pages[number], text=f"Other.\n\n{pages[number].text}")
        with Store(tmp_path / "s.sqlite") as store:
            ask_evidence(Survey(on_shelf(pages, None), store), {}, store, HERE)()
        assert some or len(counted) == len(pages)
    assert counted == [f"p{number}" for number in changed]


def config(folder: Path) -> Config:
    return Config(input=(str(folder / "rows.jsonl"),), output=folder / "out", cache=folder / "c")


def write(folder: Path, edited: str = "", *, first: str = "") -> None:
    rows = [
        {
            "text": edited if edited and n == 4 else f"Use a GPU, number {n}.",
            "source": f"docs/p{n}.md",
            "source_section": "#use-a-gpu",
            "id": f"{n}_0",
        }
        for n in range(9)
    ]
    if first:
        rows.insert(0, rows[0] | {"text": first, "source": "docs/a.md", "id": "99_0"})
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "rows.jsonl").write_text(text, encoding="utf-8")


@pytest.mark.integration
def test_the_next_build_makes_again_only_what_an_edit_concerns(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()
    for name in ("mentions", "placed_chunks"):
        real = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda given, n=name, f=real: counts.update([n]) or f(given)
        )
    write(tmp_path)
    build(config(tmp_path))
    assert len(made) == 9
    made.clear()
    counts.clear()
    write(tmp_path, "Use a GPU, and more to read.")
    build(config(tmp_path))
    assert made == ["p4"]
    assert counts == {"mentions": 1, "placed_chunks": 1}
    made.clear()
    write(tmp_path, "Use a GPU, and more to read.", first="Read.")
    build(config(tmp_path))
    assert made[0] == "a"


def test_new_pages_of_a_large_site_are_counted_with_few_others_and_change_no_other_group() -> None:
    def groups(pages: int) -> set[tuple[str, ...]]:
        asked = tuple((f"page-{number}", ()) for number in range(pages))
        parted = module._groups(asked, Store(None, in_memory=True), 1)
        return {tuple(asked[number][0] for number in some) for _, some in parted}

    for pages in (9_000, 20_000, 40_000):
        before = groups(pages)
        assert len(groups(pages + 3) - before) <= 3
        assert max(map(len, before)) < 200
