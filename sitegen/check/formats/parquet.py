"""Health: findings -> a table in Parquet, to be joined with the dataset by file and row."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from sitegen.errors import Diagnostic, as_record

_NUMBERS = ("row", "line")
_TEXTS = ("code", "severity", "message", "help", "page", "chunk", "file")
_SCHEMA = pa.schema([(name, pa.string()) for name in _TEXTS] + [(n, pa.int64()) for n in _NUMBERS])


def as_parquet(findings: Sequence[Diagnostic]) -> bytes:
    """Write a row per finding.

    The columns are ``code``, ``severity``, ``message``, ``help``, ``page``, ``chunk`` and ``file``
    (strings), ``row`` (of the file, from 0) and ``line`` (of the page, from 1) as int64; these are
    null where a finding has none.
    """
    rows = [{name: _clean(v) for name, v in as_record(f).items()} for f in findings]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _clean(value: object) -> object:
    """Replace what no UTF-8 can hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
