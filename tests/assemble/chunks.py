"""Chunks, put together."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.assemble import Assembled, assemble
from sitegen.errors import Diagnostic
from sitegen.model import Chunk


def chunk(source: str, text: str = "T", id: str = "", **more: object) -> Chunk:
    values = {"file": "docs.parquet", "row": 0} | more
    return Chunk(source=source, text=text, id=id, **values)  # type: ignore[arg-type]


def put_together(chunks: Sequence[Chunk]) -> tuple[Assembled, list[Diagnostic]]:
    notices: list[Diagnostic] = []
    return assemble(chunks, notices), notices
