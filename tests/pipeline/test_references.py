"""The objects of a large site lie in the store, and are looked up as if all of them were here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.config import Config
from sitegen.model import Document, Section
from sitegen.model.objects import Mentions
from sitegen.pipeline import survey
from sitegen.pipeline.gathered import on_shelf
from sitegen.pipeline.references import references_of
from sitegen.pipeline.survey import Survey
from sitegen.plan.references import References
from sitegen.store import shelf
from sitegen.store.recall import NOTHING_KEPT, Store

NAMES = (
    "lib.Model",
    "lib.Model.call",
    "Model",
    "call",
    "only_3",
    "lib.deep.only_5",
    "#place",
    "[[there",
    "[[b",
    "[[gone",
    "no",
)
TITLES = {"guide/b": "There"}
SAID = Mentions(NAMES, ("/guide/b", "/gone"), (("c", "mine"), ("a", "mine")), ("/guide/b", "gone"))


def documents(text: str = "More.") -> list[Document]:
    texts = {
        "a": "[[autodoc]] Model\n- call\n",
        "guide/b": f"(place)=\n# There\n\n{text}\n",
        "c": 'Text <a id="mine">here</a>.\n',
        **{f"pages/{n}": f"[[autodoc]] deep.only_{n}\n[[autodoc]] other.Model\n" for n in range(9)},
    }
    return [
        Document(
            id,
            f"docs/{id}.md",
            text,
            (Section(0, "", f"{id}_0", "d", 0),),
            title=TITLES.get(id, id),
        )
        for id, text in texts.items()
    ]


def known(documents: Iterable[Document], store: Store, folder: Path | None = None) -> References:
    config = Config(input=("d.jsonl",))
    return references_of(config, Survey(on_shelf(documents, folder), store, "lib"), [], store)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of a large site."""
    monkeypatch.setattr(shelf, "HELD", 0)
    monkeypatch.setattr(survey, "runs_of", partial(shelf.runs_of, usual=2))
    with Store(tmp_path / "store.sqlite") as store:
        yield store


@pytest.mark.parametrize("builds", [1, 2])
def test_a_page_names_the_same_wherever_objects_lie(builds: int, kept: Store) -> None:
    here = known(documents(), NOTHING_KEPT)
    for _ in range(builds):
        there = known(documents(), kept)
    for _ in range(2):
        for page in documents():
            assert there.of(page, SAID) == here.of(page, SAID)
        there.forget()
    assert here.of(documents()[0], SAID).references
    assert (there.objects, there.labels, there.count) == (here.objects, here.labels, here.count)


def test_a_text_that_documents_nothing_else_has_no_index_made(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = known(documents(), kept)
    indexed: list[int] = []
    real = survey.index_of
    monkeypatch.setattr(survey, "index_of", lambda *given: indexed.append(1) or real(*given))
    assert known(documents("Another text."), kept) == before
    assert not indexed
    other = known(documents("[[autodoc]] lib.Another\n"), kept)
    assert other != before
    assert (len(indexed), other.count) == (1, before.count + 1)


def test_what_one_page_names_is_looked_up_without_all_objects(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(documents(), kept)
    again = known(documents(), kept)
    monkeypatch.setattr(survey.AllDefined, "indexed", None)
    page = documents()[0]
    named = again.of(page, SAID)
    assert [name for name, _ in named.references if name[0] in "#["] == ["#place", "[[there", "[[b"]
    assert named.titles == (("/guide/b", "There"),)


@pytest.mark.parametrize("in_memory", [True, False])
def test_what_columns_say_of_a_text_is_scanned_again_with_the_same_text(
    tmp_path: Path, *, in_memory: bool
) -> None:
    store = Store(None if in_memory else tmp_path / "store.sqlite", in_memory=in_memory)
    page = Document("a", "a.md", "(place)=\nText.\n", (Section(0, "", "a_0", "d", 0),), title="A")
    said = replace(page.sections[0], line=1, headings=(("Headed", 2),))
    for each in (page, replace(page, title="B"), replace(page, sections=(said,))):
        known_index, index = (
            Survey(on_shelf([each], None), where, "lib").index for where in (store, NOTHING_KEPT)
        )
        assert known_index == index
    store.close()
    assert (index.titles["a"], index.labels[0].title) == ("A", "Headed")
