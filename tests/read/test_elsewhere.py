"""What no reader knows is refused with a way out that works to the letter."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from tests.read.rows import chunks, parquet, refusal

TEXTS = ["Hi.", "Bye."]
DOCUMENTS = [SimpleNamespace(page_content=text, metadata={"source": "a.md"}) for text in TEXTS]
COLLECTION = SimpleNamespace(
    get=lambda: {
        "ids": ["1", "2"],
        "embeddings": None,
        "documents": TEXTS,
        "metadatas": [{"source": "a.md"}, {"source": "a.md"}],
    }
)
TABLE = SimpleNamespace(to_arrow=lambda: pa.table({"text": TEXTS, "source": ["a.md", "a.md"]}))


def follow(said: str) -> list[tuple[str, str]]:
    """Do what a refusal advises, and read what that wrote."""
    advice = said[said.index("import ") :]
    given = {"documents": DOCUMENTS, "collection": COLLECTION, "table": TABLE}
    exec(advice.replace("; ", "\n"), given)  # noqa: S102 - our own words
    (written,) = Path().glob("chunks.*")
    return [(chunk.text, chunk.source) for chunk in chunks(written)[0]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_pickle_is_not_opened_and_what_is_written_in_its_place_is_read() -> None:
    Path("d.pkl").write_bytes(pickle.dumps(DOCUMENTS))
    assert follow(refusal("d.pkl")) == [(text, "a.md") for text in TEXTS]


@pytest.mark.parametrize(
    ("names", "told_by"),
    [
        (["index.faiss", "index.pkl"], "index.faiss"),
        (["1f/data_level0.bin", "chroma.sqlite3"], "chroma.sqlite3"),
        (["data/0.lance", "data/1.lance", "_versions/1.manifest"], "0.lance"),
    ],
)
def test_the_folder_of_a_store_is_refused_with_what_writes_its_texts(
    names: list[str], told_by: str
) -> None:
    for name in names:
        file = Path("store", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"?")
    said = refusal("store")
    assert f"of {told_by}: " in said
    assert follow(said) == [(text, "a.md") for text in TEXTS]


def test_the_folder_of_another_kind_is_refused_with_what_is_known() -> None:
    Path("store").mkdir()
    Path("store/a.bin").touch()
    assert "known: .md, " in refusal("store")


@pytest.mark.parametrize("more", [{}, {"score": 0.5}])
def test_rows_that_tell_no_page_are_refused_with_what_to_add(more: dict[str, object]) -> None:
    def write(**source: str) -> str:
        rows = [{"text": text, **more, **source} for text in TEXTS]
        Path("d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        return "d.jsonl"

    said = refusal(write())
    assert ("map it" in said) is bool(more)
    (column,) = re.findall("add a column `(\\w+)` with its path", said)
    found = chunks(write(**{column: "a.md"}))[0]
    assert [(each.text, each.source) for each in found] == [(text, "a.md") for text in TEXTS]


def test_of_the_store_of_llamaindex_the_texts_are_read_and_not_what_is_beside_them() -> None:
    Path("storage").mkdir()
    for name in ("index_store", "graph_store", "default__vector_store", "image__vector_store"):
        Path(f"storage/{name}.json").write_text(json.dumps({"embedding_dict": {"1": [0.1]}}))
    nodes = {
        str(n): {"__data__": {"text": text, "metadata": {"file_path": "a.md"}}, "__type__": "1"}
        for n, text in enumerate(TEXTS)
    }
    Path("storage/docstore.json").write_text(json.dumps({"docstore/data": nodes}))
    assert [(c.text, c.source) for c in chunks("storage")[0]] == [(text, "a.md") for text in TEXTS]
    Path("storage/docstore.json").unlink()
    assert "_store.json" in refusal("storage")


@pytest.mark.parametrize("early", ["", "create_final_"])
def test_of_what_graphrag_writes_whole_documents_are_read_else_units_and_never_the_graph(
    early: str,
) -> None:
    whole = {"id": ["1"], "title": ["a.md"], "text": ["\n\n".join(TEXTS)]}
    units = {"id": ["u", "v"], "text": TEXTS, "document_ids": [["1"], ["1"]]}
    graph = {"id": ["e"], "title": ["PUMP"], "description": ["It pumps."]}
    written = {"documents": whole, "text_units": units, "entities": graph, "relationships": graph}
    for name, rows in written.items():
        parquet(Path(f"project/output/{early}{name}.parquet"), rows)
    assert [(c.text, c.source) for c in chunks("project")[0]] == [("Hi.\n\nBye.", "a.md")]
    Path(f"project/output/{early}documents.parquet").unlink()
    assert [(c.text, c.source) for c in chunks("project")[0]] == [(text, "1") for text in TEXTS]
