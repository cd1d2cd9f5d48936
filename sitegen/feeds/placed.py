"""Placed chunks: what a page says of its chunks, and in which table of the lookup each is."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct

from sitegen.model import Document
from sitegen.store.sha256 import sha256_of, sha256_of_all

_SHARD = 400  # chunks in one table of the lookup
MOST_SHARDS = 4096
_SAID = 16  # bytes of a digest, which tell all rows apart
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)  # what nearly all anchors are

Row = tuple[str, int, str, str]
"""A chunk's id, the hash of it, its address, a digest of its text."""


class PlacedChunk(NamedTuple):
    """A chunk of a page, in the order of these, and the fragment of the section that it is.

    ``hash`` is that of its id, ``digest`` that of its text, ``known_by`` (8 bytes) a digest of its
    id, ``said`` (16) one of all that is said of it; a chunk without an id has none.
    """

    id: str
    hash: int
    fragment: str
    digest: str
    known_by: bytes
    said: bytes


_NOWHERE = PlacedChunk("", 0, "", "", b"", b"")


def shards(count: int) -> int:
    """Tell in how many tables so many chunks are: a power of two."""
    return min(1 << (count // _SHARD).bit_length(), MOST_SHARDS)


def hash_of(chunk_id: str) -> int:
    """FNV-1a (32 bits) of an id, by which the reader's script too finds the table of a chunk."""
    value = 0x811C9DC5
    for byte in chunk_id.encode("utf-8", "replace"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


class Marks(Struct, frozen=True):
    """What tables are known by, of the chunks of some pages that have an id, one after another.

    ``hashes`` (4 bytes of each) say which table one is in, ``ids`` (8) which of them are the same,
    ``said`` (16) is a digest of all that is said of it. ``counts`` are those of each page.
    """

    hashes: bytes
    ids: bytes
    said: bytes
    counts: list[int]


def marks_of(pages: Iterable[Sequence[PlacedChunk]]) -> Marks:
    """The marks of pages by their chunks."""
    hashes, ids, said, counts = array("I"), list[bytes](), list[bytes](), list[int]()
    for chunks in pages:
        some = [chunk for chunk in chunks if chunk.id]
        counts.append(len(some))
        hashes.extend(chunk.hash for chunk in some)
        ids += (chunk.known_by for chunk in some)
        said += (chunk.said for chunk in some)
    return Marks(hashes.tobytes(), b"".join(ids), b"".join(said), counts)


def _digest(*values: str) -> bytes:
    data = "\0".join(values).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data, usedforsecurity=False).digest()


def placed_chunks(document: Document) -> tuple[PlacedChunk, ...]:
    """The chunks of a document, in their order."""
    return tuple(
        placed_chunk(
            document.id,
            section.chunk_id,
            f"#{_quoted(section.anchor)}" if section.anchor else "",
            sha256_of(text.encode("utf-8", "replace"), 12),
        )
        if section.chunk_id
        else _NOWHERE
        for section, text, _ in document.parts()
    )


def placed_chunk(page: str, chunk_id: str, fragment: str, digest: str) -> PlacedChunk:
    """A chunk of a page that is known by its id."""
    known_by, said = _digest(chunk_id)[:8], _digest(page, chunk_id, fragment, digest)[:_SAID]
    return PlacedChunk(chunk_id, hash_of(chunk_id), fragment, digest, known_by, said)


def content_of(document: Document) -> str:
    """The digest of what was read of a document: its source, its chunks and its text."""
    sections = [(section.chunk_id, section.anchor) for section in document.sections]
    head = repr((document.source, len(document.text), sections))
    return sha256_of_all(part.encode("utf-8", "replace") for part in (head, document.text))


def _quoted(anchor: str) -> str:
    return anchor if _PLAIN.fullmatch(anchor) else quote(anchor)


class Tables:
    """The rows of all tables by their marks; of a large site there are a million."""

    def __init__(self, marks: Iterable[tuple[Sequence[str], Marks]], moved: Sequence[Row]) -> None:
        """Take the marks of pages with their ids, and rows of chunks that are on none of these."""
        hashes, ids, self._said = array("I"), array("Q"), bytearray()
        self._names, self._owners = list[str](), array("I")
        for names, each in marks:
            hashes.frombytes(each.hashes)
            ids.frombytes(each.ids)
            self._said += each.said
            for name, count in zip(names, each.counts, strict=True):
                self._owners.extend([len(self._names)] * count)
                self._names.append(name)
        parts = _parted(hashes, shards(len(ids) + len(moved)))
        distinct = sum(len({ids[row] for row in part}) for part in parts)
        self.twins = distinct != len(ids)
        """Whether chunks of several pages have one id: the first one counts."""
        count = shards(distinct + len(moved))  # perhaps fewer: the same rows in larger tables
        self.rows: Sequence[array[int]] = parts if count == len(parts) else _parted(hashes, count)
        self._moved: list[list[Row]] = [[] for _ in range(count if moved else 0)]
        for each_moved in moved:
            self._moved[each_moved[1] % count].append(each_moved)

    def said(self, table: int) -> object:
        """What all that a table says is known by."""
        said = self._said
        own = sorted([bytes(said[at : at + _SAID]) for at in map(_SAID.__mul__, self.rows[table])])
        return sha256_of_all(own), self._moved[table] if self._moved else ()

    def owners(self, tables: Iterable[int]) -> set[str]:
        """The ids of the pages whose chunks are in some tables."""
        return {self._names[self._owners[row]] for table in tables for row in self.rows[table]}


def _parted(hashes: array[int], count: int) -> list[array[int]]:
    """The numbers of rows with some hashes, in so many tables."""
    parts = [array("I") for _ in range(count)]
    for row, value in enumerate(hashes):
        parts[value % count].append(row)
    return parts
