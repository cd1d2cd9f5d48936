import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from sitegen.errors import Severity
from sitegen.model import Chunk
from sitegen.read.files import READERS
from tests.read.rows import ROWS, chunks, one, parquet, refusal
from tests.tables import write_table

SHARED = Path(__file__).parents[2].parent / "shared"


def write(path: Path, kind: str) -> Path:
    rows = [dict(zip(ROWS, row, strict=True)) for row in zip(*ROWS.values(), strict=True)]
    table = pa.table(ROWS)
    if kind == "parquet":
        pq.write_table(table, path)
    elif kind == "feather":
        feather.write_feather(table, path)
    elif kind in {"file", "stream"}:
        opener = pa.ipc.new_file if kind == "file" else pa.ipc.new_stream
        with opener(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=1)
    elif kind == "lines":
        path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n")
    elif kind == "array":
        path.write_text(json.dumps(rows))
    else:
        cells = [list(ROWS), *([cell or "" for cell in row.values()] for row in rows)]
        lines = (kind.join(f'"{cell}"' for cell in row) for row in cells)
        path.write_text("\ufeff" + "\r\n".join(lines))
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("d.parquet", "parquet"),
        ("d.PQ", "parquet"),
        ("d.arrow", "file"),
        ("d.ipc", "stream"),
        ("d.feather", "feather"),
        ("d.jsonl", "lines"),
        ("d.ndjson", "lines"),
        ("d.json", "array"),
        ("d.json", "lines"),
        ("d.csv", ","),
        ("d.csv", ";"),
        ("d.tsv", "\t"),
    ],
)
def test_every_format_gives_the_same_chunks(tmp_path: Path, name: str, kind: str) -> None:
    found, notices = chunks(write(tmp_path / name, kind))
    assert notices == []
    assert found == [
        Chunk("docs/a.md", "Intro.", name, 0, "", "https://h.org/a/", "0_0"),
        Chunk("docs/a.md", ROWS["text"][1], name, 1, "use", "https://h.org/a/#use", "0_1"),
    ]


def test_every_suffix_has_a_module_that_opens_tables() -> None:
    for reader in READERS.values():
        path = Path(__file__).parents[2] / "sitegen" / "read" / "formats" / f"{reader.format}.py"
        assert "def open_table(" in path.read_text()


def test_null_texts_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = {"text": [None, "a", None], "source": ["s.md"] * 3, "id": [1, 2, 3]}
    found, notices = chunks(parquet(tmp_path / "d.parquet", rows))
    assert [(chunk.text, chunk.row, chunk.id) for chunk in found] == [("a", 1, "2")]
    warning = notices[-1]
    assert (warning.code, warning.severity) == ("null-text", Severity.WARNING)
    assert (warning.message[-3:], warning.location.row) == (": 2", 0)
    rows["text"] = pa.nulls(3)
    assert "row 0 of d.parquet: every text is null" in refusal(
        parquet(tmp_path / "d.parquet", rows)
    )


@pytest.mark.parametrize("source", [None, ""])
def test_a_row_without_source_is_refused_with_its_number(
    tmp_path: Path, source: str | None
) -> None:
    path = parquet(tmp_path / "d.parquet", ROWS | {"source": ["a.md", source]})
    assert "chunk 0_1 (row 1 of d.parquet): the source is" in refusal(path)


@pytest.mark.parametrize("name", ["d.parquet", "d.arrow"])
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_invalid_utf8_becomes_replacement_characters(
    tmp_path: Path, name: str, kind: pa.DataType
) -> None:
    bad = pa.array([b"good \xc3\xa9 bad \xff\x00"], pa.binary()).view(pa.string())
    array = bad if kind == pa.string() else None
    if array is None:
        middle = {pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}[kind]
        array = bad.view(pa.binary()).cast(middle).view(kind)
    table = pa.table(one(array))
    write_table(table, tmp_path / name)
    found, notices = chunks(tmp_path / name)
    assert found[0].text == "good é bad \ufffd\ufffd"
    assert [(notice.code, notice.location.row) for notice in notices] == [("invalid-utf8", 0)]


def test_surrogates_of_json_are_replaced_in_every_cell(tmp_path: Path) -> None:
    row = {"text": "\ud800é", "source": "\udfff\u202e.md", "url": "u#\ud800", "id": 7}
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(row))
    found, notices = chunks(path)
    assert found == [Chunk("\ufffd\u202e.md", "\ufffdé", "d.jsonl", 0, "\ufffd", "u#\ufffd", "7")]
    assert notices[-1].code == "invalid-utf8"


def test_line_ends_and_byte_order_marks_are_made_uniform(tmp_path: Path) -> None:
    path = parquet(tmp_path / "d.parquet", one("\ufeffa\r\nb\rc\n\ufeff"))
    assert chunks(path)[0][0].text == "a\nb\nc\n\ufeff"


@pytest.mark.integration
def test_a_very_long_text_is_cut_with_a_warning(tmp_path: Path) -> None:
    for name in ("d.parquet", "d.arrow"):
        table = pa.table(one("é" * 8_000_001))
        if name == "d.parquet":
            pq.write_table(table, tmp_path / name)
        else:
            with pa.ipc.new_file(tmp_path / name, table.schema) as writer:
                writer.write_table(table)
        found, notices = chunks(tmp_path / name)
        assert found[0].text == "é" * 8_000_000
        assert [(notice.code, notice.location.row) for notice in notices] == [("text-cut", 0)]


def test_the_real_dataset_is_read_whole() -> None:
    path = SHARED / "data" / "transformers-docs.parquet"
    if not path.exists():
        pytest.skip("the shared data are not here")
    found, notices = chunks(path)
    assert (len(found), len({chunk.source for chunk in found}), notices) == (5104, 470, [])
    assert pq.read_table(path, columns=["text"])["text"].to_pylist() == [c.text for c in found]


@pytest.mark.parametrize(
    ("source", "page", "anchor"),
    [
        ("docs/a.md#start", "docs/a.md", "start"),
        ("a.MDX#the%20end", "a.MDX", "the end"),
        ("a.md#3", "a.md#3", ""),  # counts rows
        ("c#/a.md", "c#/a.md", ""),
        ("a.md#b/c.md", "a.md#b/c.md", ""),
        ("Learning C#", "Learning C#", ""),
        ("https://h.org/a/#start", "https://h.org/a/", "start"),
        ("/docs/a#start", "/docs/a", "start"),
        ("https://h.org/#/a", "https://h.org/#/a", ""),  # a page that a script shows
    ],
)
def test_a_source_may_name_the_section_of_its_page(
    tmp_path: Path, source: str, page: str, anchor: str
) -> None:
    rows = {"text": ["Words."], "source": [source]}
    ((chunk,), _) = chunks(parquet(tmp_path / "a.parquet", rows))
    assert (chunk.source, chunk.anchor) == (page, anchor)
    ((told,), _) = chunks(parquet(tmp_path / "b.parquet", rows | {"source_section": ["#own"]}))
    assert told.anchor == "own"


@pytest.mark.parametrize(
    "place",
    ["#L7", "#L7-L9", "#L7C1-L9C4", "?plain=1#L7", ":7", ":7-9", "#chunk=7", "#page=7"],
)
@pytest.mark.parametrize("name", ["source", "url"])
def test_the_place_in_a_source_orders_rows_and_is_no_section(
    tmp_path: Path, place: str, name: str
) -> None:
    rows = {"text": ["Words."], name: [f"https://h.org/blob/main/docs/a.md{place}"]}
    ((chunk,), _) = chunks(parquet(tmp_path / "a.parquet", rows))
    found = (chunk.source, chunk.anchor, chunk.order)
    assert found == ("https://h.org/blob/main/docs/a.md", "", 7)


@pytest.mark.parametrize("place", ["#L7", "#L7-L9", "?plain=1#L7", ":7", "#chunk=7"])
def test_the_place_is_behind_the_name_of_a_file_with_its_sign(tmp_path: Path, place: str) -> None:
    rows = {"text": ["Words."], "source": [f"docs/c#.md{place}"]}
    ((chunk,), _) = chunks(parquet(tmp_path / "a.parquet", rows))
    assert (chunk.source, chunk.anchor, chunk.order) == ("docs/c#.md", "", 7)


def test_a_port_is_no_place(tmp_path: Path) -> None:
    rows = {"text": ["Words."], "source": ["http://h.org:80"]}
    ((chunk,), _) = chunks(parquet(tmp_path / "a.parquet", rows))
    assert (chunk.source, chunk.order) == ("http://h.org:80", None)
