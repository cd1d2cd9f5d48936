"""Datasets that do not fit into memory: the same documents, made part by part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen.assemble import Assembled, assemble, join_document
from sitegen.assemble import parts as parts_module
from sitegen.assemble.front_matter import Front
from sitegen.assemble.joining.habits import Habits
from sitegen.errors import Diagnostic
from sitegen.model import Chunk, Document
from sitegen.store import shelf
from sitegen.store.recall import NOTHING_KEPT, Store

PAGES = 24


def text(page: int, row: int) -> str:
    return f"Pump {page} moves water to tank {row} and does not stop.\n\n- It is told.\n- It waits."


def as_it_is(page: int, row: int) -> str:
    return ("---\ntitle: A\ndraft: true\n---\n" if page == 7 and not row else "") + text(page, row)


def labelled(page: int, row: int) -> str:
    return f"Title: Page {page}\nSource: docs/p{page}.md\nContent: {text(page, row)}"


def counted(page: int, row: int) -> str:
    return f"[chunk {row + 1}/3]\n{text(page, row)}"


def titled(page: int, row: int) -> str:
    return f"**Page {page}**\n{text(page, row)}"


def overlapping(page: int, row: int) -> str:
    before = text(page, row - 1)[-30:] if row else ""
    return before + text(page, row)


def doubled(page: int, row: int) -> str:
    return text(page, row) if row else f"{text(page, 1)}\n\n{text(page, 2)}"


def hidden(page: int, row: int) -> str:
    return text(page, row).replace("\n", "\\n")


FORMS = (as_it_is, labelled, counted, titled, overlapping, doubled, hidden)


def chunks(form: object) -> list[Chunk]:
    assert callable(form)
    return [
        Chunk(f"docs/p{page}.md", form(page, row), "d", 3 * page + row, id=f"{page}_{row}")
        for page in range(PAGES)
        for row in range(3)
    ]


def told(rows: Sequence[Chunk], store: Store = NOTHING_KEPT) -> tuple[object, ...]:
    notices: list[Diagnostic] = []
    assembled: Assembled = assemble(rows, notices, store=store)
    return list(assembled.documents), assembled.space, notices


@pytest.mark.parametrize("form", FORMS)
def test_documents_are_the_same_however_many_parts_they_are_made_in(
    form: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(chunks(form))
    monkeypatch.setattr(shelf, "HELD", 0)
    for sources in (1, 3, 128):
        monkeypatch.setattr(parts_module, "SOURCES", sources)
        with Store(tmp_path / f"{sources}.sqlite") as store:
            assert told(chunks(form), store) == whole == told(chunks(form), store)


def test_after_an_edit_the_pages_of_its_part_alone_are_joined_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "HELD", 0)
    monkeypatch.setattr(parts_module, "SOURCES", 1)
    joined: list[str] = []

    def join(
        id: str, group: Sequence[Chunk], habits: Habits, language: str
    ) -> tuple[Document, Front]:
        joined.append(id)
        return join_document(id, group, habits, language)

    rows = chunks(as_it_is)
    edited = [*rows[:40], Chunk("docs/p13.md", text(9, 1), "d", 40, id="13_1"), *rows[41:]]
    with Store(tmp_path / "store.sqlite") as store:
        assemble(rows, [], join, store=store)
        assert len(joined) == PAGES
        joined.clear()
        assembled = assemble(edited, [], join, store=store)
        assert joined == ["p13"]
        assert list(assembled.documents) == list(assemble(edited, []).documents)
