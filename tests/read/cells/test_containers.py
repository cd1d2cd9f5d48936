"""The same rows are the same chunks, whatever container they are in."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from sitegen.model import Chunk
from tests.read.rows import chunks
from tests.tables import write_table

TEXTS = (("a.md", "It runs.", 1), ("a.md", "It stops.", 0), ("b.md", "It waits.", 0))
Rows = list[dict[str, Any]]
Type = Callable[[pa.DataType], pa.DataType]


def rows(make: Callable[[str, str, int], dict[str, Any]]) -> Rows:
    return [make(*text) for text in TEXTS]


SHAPES = {
    "flat": rows(lambda s, t, n: {"text": t, "source": s, "chunk_index": n}),
    "lists-of-one": rows(lambda s, t, n: {"content": [t], "path": [s], "chunk_index": [n]}),
    "list-inside": rows(lambda s, t, n: {"text": t, "metadata": {"source": [s], "seq": n}}),
    "object": rows(lambda s, t, n: {"text": t, "metadata": {"source": s, "chunk_index": n}}),
    "json": rows(lambda s, t, n: {"text": t, "metadata": json.dumps({"source": s, "seq": n})}),
    "deeper": rows(lambda s, t, n: {"text": t, "metadata": {"doc": {"path": s}, "seq": n}}),
    "texts": [{"source": s, "chunks": [t, t * 2]} for s, t, _ in TEXTS[1:]],
    "texts-in-json": [{"source": s, "chunks": json.dumps([t, t * 2])} for s, t, _ in TEXTS[1:]],
    "objects": [{"source": s, "chunks": [{"text": t, "heading": s}]} for s, t, _ in TEXTS[1:]],
    "headings": rows(lambda s, t, n: {"text": t, "source": s, "headings": [s, t], "seq": n}),
    "owners": rows(lambda s, t, n: {"text": t, "document_ids": [s], "seq": n}),
    "span": rows(lambda s, t, n: {"text": t, "source": s, "span": [n * 40, n * 40 + len(t)]}),
}


def deep(change: Type) -> Type:
    def changed(kind: pa.DataType) -> pa.DataType:
        if pa.types.is_struct(kind):
            return pa.struct([field.with_type(changed(field.type)) for field in kind])
        return pa.list_(changed(kind.value_type)) if pa.types.is_list(kind) else change(kind)

    return changed


def to(kind: pa.DataType) -> Type:
    return lambda own: kind if pa.types.is_string(own) else own


def large(own: pa.DataType) -> pa.DataType:
    return pa.large_list(own.value_type) if pa.types.is_list(own) else own


TYPES: dict[str, Type] = {
    "plain": lambda kind: kind,
    "large": deep(to(pa.large_string())),
    "bytes": deep(to(pa.binary())),
    "view": to(pa.string_view()),
    "dictionary": to(pa.dictionary(pa.int32(), pa.string())),
    "large-list": large,
}


def seen(path: Path) -> Iterator[tuple[object, ...]]:
    return (_of(chunk) for chunk in chunks(path)[0])


def _of(chunk: Chunk) -> tuple[object, ...]:
    return chunk.source, chunk.text, chunk.order, chunk.start, chunk.end, chunk.headings


def as_json(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("types", TYPES)
@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_rows_are_the_same_in_a_table_of_any_types(
    tmp_path: Path, shape: str, types: str, suffix: str
) -> None:
    table = pa.Table.from_pylist(SHAPES[shape])
    fields = [field.with_type(TYPES[types](field.type)) for field in table.schema]
    write_table(table.cast(pa.schema(fields)), tmp_path / f"d{suffix}")
    wanted = list(seen(as_json(tmp_path / "d.jsonl", SHAPES[shape])))
    assert list(seen(tmp_path / f"d{suffix}")) == wanted
    assert {source for source, *_ in wanted} == {"a.md", "b.md"}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("write", [json.dumps, repr])
def test_rows_are_the_same_in_cells_of_text(
    tmp_path: Path, shape: str, write: Callable[[object], str]
) -> None:
    with (tmp_path / "d.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(SHAPES[shape][0])
        for row in SHAPES[shape]:
            lines.writerow(_in_text(row.values(), write))
    wanted = list(seen(as_json(tmp_path / "d.jsonl", SHAPES[shape])))
    assert list(seen(tmp_path / "d.csv")) == wanted


def _in_text(cells: object, write: Callable[[object], str]) -> Sequence[str]:
    assert hasattr(cells, "__iter__")
    return [cell if isinstance(cell, str) else write(cell) for cell in cells]


def test_decimals_with_places_count_as_whole_numbers_do(tmp_path: Path) -> None:
    order = pa.array([Decimal("1.00"), Decimal("0.00")], pa.decimal128(10, 2))
    table = pa.table({"text": ["x", "y"], "source": ["a", "a"], "chunk_index": order})
    write_table(table, tmp_path / "d.parquet")
    assert [chunk.order for chunk in chunks(tmp_path / "d.parquet")[0]] == [1, 0]


def test_several_values_behind_lists_of_one_are_not_lost(tmp_path: Path) -> None:
    many = [{"text": [f"It is {n}."], "source": ["a.md"]} for n in range(2100)]
    many[-1]["text"] = ["It runs.", "It stops."]
    found = chunks(as_json(tmp_path / "d.jsonl", many))[0]
    assert [chunk.text for chunk in found[-2:]] == ["It is 2098.", "It runs.\n\nIt stops."]
