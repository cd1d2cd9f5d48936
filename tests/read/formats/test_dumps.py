"""A table in one JSON object, as stores and services give it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.read.rows import chunks, refusal

TEXTS = ["A pump moves water.", "Close the valve last."]
PAGE = "docs/pump.md"
ROWS = [{"text": text, "metadata": {"source": PAGE}} for text in TEXTS]
NODES = {
    f"n{n}": {"__data__": {"text": text, "metadata": {"file_path": PAGE}}, "__type__": "1"}
    for n, text in enumerate(TEXTS)
}
NAMED = {"document": {"id": "d1", "name": PAGE}}


@pytest.mark.parametrize(
    "value",
    [
        {"took": 3, "hits": {"total": {"value": 2}, "hits": [{"_source": row} for row in ROWS]}},
        {
            "object": "vector_store.search_results.page",
            "data": [{"filename": PAGE, "content": [{"type": "text", "text": t}]} for t in TEXTS],
        },
        {"response": {"docs": [{"path_s": PAGE, "content_txt_en": [t]} for t in TEXTS]}},
        {"@odata.context": "https://a.b/$metadata", "value": ROWS},
        {
            "query": {"content": "?"},
            "records": [{"segment": {"content": t} | NAMED} for t in TEXTS],
        },
        {"documents": [{"fields": {"path": PAGE, "chunks": TEXTS}}], "documentCount": 1},
        {"namespace": "n", "vectors": {str(n): {"metadata": r} for n, r in enumerate(ROWS)}},
        {"docstore/metadata": {"n0": {"doc_hash": "x"}}, "docstore/data": NODES},
        {f"chunk-{n}": {"content": t, "file_path": PAGE} for n, t in enumerate(TEXTS)},
        {"ids": ["a", "b"], "documents": TEXTS, "metadatas": [{"source": PAGE}] * 2, "data": None},
        {"ids": [["a"], ["b"]], "documents": [[t] for t in TEXTS], "metadatas": [[NAMED]] * 2},
        {
            "resources": {
                f"r{n}": {
                    "slug": PAGE,
                    "title": PAGE,
                    "fields": {"f": {"paragraphs": {f"p{n}": p}}},
                }
                for n, p in enumerate({"text": text} for text in TEXTS)
            }
        },
        {"text": dict(enumerate(TEXTS)), "source": {0: PAGE, 1: PAGE}},
        {"columns": ["text", "source"], "index": [0, 1], "data": [[t, PAGE] for t in TEXTS]},
        {PAGE: TEXTS},
    ],
    ids=[
        *(
            "elasticsearch",
            "openai",
            "solr",
            "azure",
            "dify",
            "vespa",
            "pinecone",
            "docstore",
            "lightrag",
        ),
        *("chroma", "chroma-query", "nuclia", "pandas", "pandas-split", "by-path"),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_the_rows_inside_of_one_object_are_read(
    tmp_path: Path, value: object, indent: int | None
) -> None:
    path = tmp_path / "d.json"
    path.write_text(json.dumps(value, indent=indent))
    assert [(c.text, c.source) for c in chunks(path)[0]] == [(text, PAGE) for text in TEXTS]


def test_texts_by_the_paths_of_their_pages_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"a.md": "One.", "b/c.md": "Two."}))
    assert [(c.source, c.text) for c in chunks(path)[0]] == [("a.md", "One."), ("b/c.md", "Two.")]


def test_tables_of_the_same_columns_are_read_one_behind_the_other(tmp_path: Path) -> None:
    value = {"train": ROWS[:1], "test": ROWS[1:], "validation": []}
    (tmp_path / "d.json").write_text(json.dumps(value))
    assert [chunk.text for chunk in chunks(tmp_path / "d.json")[0]] == TEXTS


def test_an_object_that_is_a_row_is_one(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps({"source": PAGE, "chunks": [{"text": text} for text in TEXTS]}))
    assert [(c.text, c.source) for c in chunks(path)[0]] == [(text, PAGE) for text in TEXTS]


def test_a_broken_first_line_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text('{"text": "x",\n{"text": "y", "source": "a.md"}\n')
    assert "not valid JSON" in refusal(path)


def test_an_index_whose_sections_may_be_empty_is_a_table(tmp_path: Path) -> None:
    texts = ["T", "", "U"]
    index = {str(n): {"content": text, "url": f"/a/#{n}"} for n, text in enumerate(texts)}
    (tmp_path / "d.json").write_text(json.dumps(index))
    assert [chunk.text for chunk in chunks(tmp_path / "d.json")[0]] == texts


def test_the_index_of_a_book_names_the_addresses_of_its_texts_beside_them(tmp_path: Path) -> None:
    docs = {"0": {"body": "T", "title": "Pump", "breadcrumbs": "Pump", "id": "0"}}
    book = {"doc_urls": ["pump.html#pump"], "index": {"documentStore": {"docs": docs}}}
    (tmp_path / "d.json").write_text(json.dumps(book))
    (chunk,), _ = chunks(tmp_path / "d.json")
    assert (chunk.text, chunk.source, chunk.anchor) == ("T", "pump.html", "pump")
