"""Lists of one value each, as some stores write all they hold; and what has no reader."""

from __future__ import annotations

import json
from base64 import b64encode, encodebytes, urlsafe_b64encode
from pathlib import Path

import pytest

from tests.read.rows import chunks, parquet, refusal


def jsonl(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_cells_that_are_lists_of_one_value_are_read_as_these(tmp_path: Path) -> None:
    rows = [{"text": [f"It {n}."], "source": ["a.md"], "chunk_index": [n]} for n in (1, 0)]
    found, _ = chunks(jsonl(tmp_path / "d.jsonl", *rows))
    assert [(c.text, c.source, c.order) for c in found] == [
        ("It 1.", "a.md", 1),
        ("It 0.", "a.md", 0),
    ]


def test_lists_of_texts_and_headings_stay_lists_where_all_have_one_item(tmp_path: Path) -> None:
    rows = [{"chunks": ["It runs."], "source": "a.md", "headings": ["Pump"]}]
    found, _ = chunks(jsonl(tmp_path / "d.jsonl", *rows))
    assert [chunk.text for chunk in found] == ["It runs."]


def test_a_page_is_named_by_the_document_that_a_list_names(tmp_path: Path) -> None:
    columns = {"id": ["1", "2"], "text": ["It runs.", "It stops."], "document_ids": [["ab"]] * 2}
    found, _ = chunks(parquet(tmp_path / "units.parquet", columns))
    assert [chunk.source for chunk in found] == ["ab", "ab"]


@pytest.mark.parametrize("sign", ["-chunk-", "#chunk", "_chunk_", " (chunk ", "::chunk_"])
def test_ids_that_count_the_chunks_of_a_page_name_it(tmp_path: Path, sign: str) -> None:
    end = ")" if "(" in sign else ""
    rows = [{"id": f"pump{sign}{n}{end}", "text": f"It {n}."} for n in range(2)]
    found, _ = chunks(jsonl(tmp_path / "d.jsonl", *rows))
    assert {chunk.source.partition(sign)[0] for chunk in found} == {"pump"}


def test_a_text_that_is_not_there_as_it_was_is_shown_with_what_was_added(tmp_path: Path) -> None:
    many = [
        {"text": f"Context.\n\n{n}.", "original_text": f"{n}.", "source": "a.md"}
        for n in range(1500)
    ]
    many[1400]["original_text"] = None  # behind the rows that are looked at first
    found, notices = chunks(jsonl(tmp_path / "d.jsonl", *many))
    assert [c.text for c in found[1399:1402]] == ["1399.", "Context.\n\n1400.", "1401."]
    assert "null-text" not in {notice.code for notice in notices}


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("d.db", "export its table of texts as CSV"),
        ("d.duckdb", "export its table of texts as CSV"),
        ("d.xlsx", "save its sheet as CSV"),
        ("d.pkl", "write its rows as CSV"),
        ("d.yaml", "write its rows as CSV"),
    ],
)
def test_what_has_no_reader_is_refused_with_a_way_out(
    tmp_path: Path, name: str, advice: str
) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04" if name.endswith("x") else b"?" * 9)
    assert advice in refusal(tmp_path / name)


@pytest.mark.parametrize("ending", ["", "1"])
def test_keys_that_are_addresses_in_base64_name_pages_with_their_folders(
    tmp_path: Path, ending: str
) -> None:
    pages = ["https://a.blob.net/docs/one/start.md", "https://a.blob.net/docs/two/start.md"]
    keys = [urlsafe_b64encode(page.encode()).decode().rstrip("=") + ending for page in pages]
    rows = [{"parent_id": key, "title": "start.md", "chunk": "It runs."} for key in keys]
    assert [c.source for c in chunks(jsonl(tmp_path / "d.jsonl", *rows))[0]] == pages


def test_texts_in_base64_are_read(tmp_path: Path) -> None:
    def row(data: bytes) -> object:
        content = {"mimeType": "text/plain", "rawBytes": b64encode(data).decode()}
        return {"id": "1", "structData": {"uri": "https://pumps.org/start"}, "content": content}

    path = jsonl(tmp_path / "d.jsonl", row("It runs… \U0001f6b0".encode()), row(b"\x89PNG\xff"))
    found, notices = chunks(path)
    assert [chunk.text for chunk in found] == ["It runs… \U0001f6b0"]
    assert [n.code for n in notices if "null" in n.code or "text" in n.code]


@pytest.mark.parametrize(
    "texts", [["test", "path", "It runs."], ["It runs.", "dGVzdA=="], ["It runs.", "It stops."]]
)
def test_texts_that_are_not_in_base64_are_read_as_they_are(
    tmp_path: Path, texts: list[str]
) -> None:
    rows = [{"raw_bytes": text, "source": "a.md"} for text in texts]
    assert [c.text for c in chunks(jsonl(tmp_path / "d.jsonl", *rows))[0]] == texts


def test_a_text_that_is_not_in_base64_among_those_that_are_is_not_lost(tmp_path: Path) -> None:
    texts = ["It is plain.", *(f"It {n}.\n" * 20 for n in range(2050)), "It is plain, too."]
    cells = [encodebytes(text.encode()).decode() for text in texts[1:-1]]
    cells = [texts[0], *cells, texts[-1]]
    rows = [{"raw_bytes": cell, "source": "a.md"} for cell in cells]
    found, _ = chunks(jsonl(tmp_path / "d.jsonl", *rows))
    assert [chunk.text.strip() for chunk in found] == [text.strip() for text in texts]
