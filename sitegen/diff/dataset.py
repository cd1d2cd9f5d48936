"""Diff: a dataset -> its pages as lists of chunks in reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sitegen.assemble.sources import common_root, identify, segments
from sitegen.model import Chunk
from sitegen.read import read
from sitegen.urls import natural_key

_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk at its place: its page, its position on the page, its row in the whole dataset."""

    page: str
    position: int
    row: int
    chunk: Chunk

    @property
    def text(self) -> str:
        """The chunk's text; white space around it means nothing."""
        return self.chunk.text.strip()

    @property
    def anchor(self) -> str:
        """The section that the chunk belongs to; empty above the first heading."""
        return self.chunk.anchor


@dataclass(frozen=True, slots=True)
class Dataset:
    """Pages by document id, in order of the ids."""

    pages: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)

    @property
    def chunks(self) -> int:
        """The number of rows."""
        return sum(map(len, self.pages.values()))


def read_dataset(path: str, columns: Mapping[str, str] = MappingProxyType({})) -> Dataset:
    """Read a dataset; where it was made (the common root of its sources) does not count.

    Raises:
        ReadError: It cannot be read.
    """
    by_source: dict[str, list[tuple[int, Chunk]]] = {}
    for row, chunk in enumerate(read([path], columns, [])):
        by_source.setdefault(chunk.source, []).append((row, chunk))
    paths = {source: segments(source) for source in sorted(by_source)}
    are_files = any(chunk.row is None for group in by_source.values() for _, chunk in group)
    ids, _ = identify(paths, () if are_files else common_root(paths), [])
    pages = {ids[source]: _page(ids[source], group) for source, group in by_source.items()}
    return Dataset(MappingProxyType(dict(sorted(pages.items()))))


def _page(document_id: str, group: list[tuple[int, Chunk]]) -> tuple[Piece, ...]:
    """Order chunks as ``assemble`` does: by the numbers in ids of one form, else by row."""
    forms = {_DIGITS.sub("#", chunk.id) for _, chunk in group}
    if len(forms) == 1 and "#" in next(iter(forms)):
        group = sorted(group, key=lambda item: (natural_key(item[1].id), item[0]))
    return tuple(
        Piece(document_id, position, row, chunk) for position, (row, chunk) in enumerate(group)
    )
