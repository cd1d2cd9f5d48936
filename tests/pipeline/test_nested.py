"""The same rows, flat and inside of the objects that stores and libraries dump: the same pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.config import Config
from sitegen.pipeline.gather import gather

Row = Mapping[str, object]
CHECKOUT = Path(__file__).parents[2]
FOREIGN = CHECKOUT.parent / "shared" / "data" / "foreign" / "datasets"
SAME = [
    ("lc_header_nested.jsonl", "lc_header_flat.parquet"),
    ("lc_rec1000_o100_nested.jsonl", "lc_rec1000_o100_start.parquet"),
    ("li_markdown_dict.jsonl", "li_markdown_flat.parquet"),
    ("li_sentence512_o50_dict.jsonl", "li_sentence512_o50_flat.parquet"),
    ("hs_word200_o20.jsonl", "hs_word200_o20.parquet"),
    ("dl_hybrid_dict.jsonl", "dl_hybrid_flat.parquet"),
    ("pub_metadata_struct.parquet", "pub_text_source_heading.parquet"),
    ("pub_metadata_jsonstr.parquet", "pub_text_source_heading.parquet"),
    ("pub_chroma.jsonl", "pub_text_source_heading.parquet"),
    ("pub_qdrant.jsonl", "pub_nielsr_chunks.parquet"),
]
PARTS = [
    ("docs/pump.md", "Pumps", "A pump moves water\nup the hill.", 0),
    ("docs/pump.md", "Start", "Open the valve first.", 36),
    ("docs/valve.md", "Valves", "A valve stops water.", 0),
]
FLAT: list[Row] = [
    {"text": text, "source": source, "heading": heading, "start_index": start}
    for source, heading, text, start in PARTS
]
SHAPES: Mapping[str, Callable[[Row, str], Row]] = {
    "metadata": lambda more, text: {"page_content": text, "metadata": more},
    "json-text": lambda more, text: {"text": text, "metadata": json.dumps(more)},
    "payload": lambda more, text: {"id": 1, "payload": {"text": text, "metadata": more}},
    "payload-flat": lambda more, text: {"vector": [0.5], "payload": {"text": text, **more}},
    "kwargs": lambda more, text: {
        "lc": 1,
        "type": "constructor",
        "id": ["langchain", "Document"],
        "kwargs": {"page_content": text, "metadata": more},
    },
    "node": lambda more, text: {
        "id_": "x",
        "embedding": None,
        "metadata": more,
        "excluded_embed_metadata_keys": ["source"],
        "relationships": {"1": {"node_id": "y", "metadata": {"source": "other.md"}}},
        "text": text,
    },
    "meta": lambda more, text: {"content": text, "meta": more, "score": None},
    "chroma": lambda more, text: {"ids": "1", "documents": text, "metadatas": more},
}


def texts(path: Path) -> dict[str, str]:
    """The text of each page that is put together, by the last part of its id."""
    found = gather(Config(input=(str(path),))).documents
    return {each.id.rpartition("/")[2]: each.text for each in found}


def written(folder: Path, name: str, rows: Sequence[Row]) -> Path:
    path = folder / name
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(list(rows)), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_rows_inside_of_objects_are_the_pages_of_flat_rows(
    tmp_path: Path, shape: str, kind: str
) -> None:
    nested = [
        SHAPES[shape]({key: row[key] for key in row if key != "text"}, str(row["text"]))
        for row in FLAT
    ]
    flat = texts(written(tmp_path, "flat.jsonl", FLAT))
    assert set(flat) == {"pump", "valve"}
    assert texts(written(tmp_path, f"nested.{kind}", nested)) == flat


@pytest.mark.integration
@pytest.mark.parametrize(("nested", "flat"), SAME)
def test_dumps_of_libraries_are_the_pages_of_their_flat_forms(nested: str, flat: str) -> None:
    if not FOREIGN.is_dir():
        pytest.skip("the datasets are not beside this checkout")
    # Some dumps tell the places of texts, and so the white space, which their flat forms lost.
    same, other = (
        {name: text.split() for name, text in texts(FOREIGN / data).items()}
        for data in (nested, flat)
    )
    assert same == other
