"""Provenance: where each chunk of the dataset stands on the site."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct

from sitegen.errors import ConfigError, Location
from sitegen.model import Document, OutputFile, RenderedPage
from sitegen.store.sha256 import sha256_of, sha256_of_all

_SHARD = 400  # chunks in one table of the lookup
_MOST_SHARDS = 4096
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)  # what nearly all anchors are
_LARGEST = 4_000_000  # bytes of a table of an earlier build


_Row = tuple[str, int, str, str]
"""A chunk's id, the hash of it, its address, a digest of its text."""


class PlacedChunk(NamedTuple):
    """A chunk of a page, in the order of these, and the fragment of the section that it is.

    ``hash`` is that of its id, ``digest`` that of its text; a chunk without an id has none.
    """

    id: str
    hash: int
    fragment: str
    digest: str


class Place(Struct, frozen=True):
    """Where a chunk stands (relative to the root, with anchor), and a digest of its text."""

    address: str
    digest: str


def shards(count: int) -> int:
    """Tell in how many tables so many chunks are: a power of two."""
    return min(1 << (count // _SHARD).bit_length(), _MOST_SHARDS)


def hash_of(chunk_id: str) -> int:
    """FNV-1a (32 bits) of an id, by which the reader's script too finds the table of a chunk."""
    value = 0x811C9DC5
    for byte in chunk_id.encode("utf-8", "replace"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def lookup(
    pages: Iterable[RenderedPage],
    chunks: Callable[[str], Sequence[PlacedChunk]],
    folder: str,
    previous: Path | None = None,
) -> Iterator[OutputFile]:
    """Write the tables from chunk ids to places, below ``folder``.

    They name no files and rows: the same chunks in another order are the same site.

    ``previous`` is the folder of an earlier build: an id of its that is gone leads to where its
    text stands now, if it stands anywhere. ``chunks`` gives those of a document by its id.

    Raises:
        ConfigError: ``previous`` holds tables that cannot be read.
    """
    with closing(sqlite3.connect("")) as base:  # in memory while it is small; its file has no name
        base.execute("CREATE TABLE now (id TEXT PRIMARY KEY, hash, address, digest) WITHOUT ROWID")
        base.executemany("INSERT OR IGNORE INTO now VALUES (?, ?, ?, ?)", _places(pages, chunks))
        if previous is not None:
            base.execute("CREATE INDEX by_digest ON now (digest, id)")
            moved = list(_moved(_read(previous / folder), base))
            base.executemany("INSERT OR IGNORE INTO now VALUES (?, ?, ?, ?)", moved)
        ((number,),) = base.execute("SELECT count(*) FROM now")
        count = shards(number)
        rows = base.execute(
            "SELECT hash % ?, id, address, digest FROM now ORDER BY hash % ?, id", (count, count)
        )
        written = 0
        for shard, some in groupby(rows, itemgetter(0)):
            yield from (_table(folder, empty, {}) for empty in range(written, shard))
            yield _table(folder, shard, {id: [address, digest] for _, id, address, digest in some})
            written = shard + 1
        yield from (_table(folder, empty, {}) for empty in range(written, count))
    yield OutputFile(f"{folder}/shards.json", json.dumps(count).encode())


def _table(folder: str, number: int, table: Mapping[str, object]) -> OutputFile:
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return OutputFile(f"{folder}/{number}.json", data.encode("utf-8", "replace"))


def _places(
    pages: Iterable[RenderedPage], chunks: Callable[[str], Sequence[PlacedChunk]]
) -> Iterator[_Row]:
    for rendered in pages:
        address = quote(rendered.page.permalink)
        for id, number, fragment, digest in chunks(rendered.page.document.id):
            if id:
                yield id, number, address + fragment, digest


def placed_chunks(document: Document) -> tuple[PlacedChunk, ...]:
    """The chunks of a document, in their order."""
    return tuple(
        PlacedChunk(
            section.chunk_id,
            hash_of(section.chunk_id),
            f"#{_quoted(section.anchor)}" if section.anchor else "",
            sha256_of(text.encode("utf-8", "replace"), 12),
        )
        if section.chunk_id
        else PlacedChunk("", 0, "", "")
        for section, text, _ in document.parts()
    )


def content_of(document: Document) -> str:
    """The digest of what was read of a document: its source, its chunks and its text."""
    sections = [(section.chunk_id, section.anchor) for section in document.sections]
    head = repr((document.source, len(document.text), sections))
    return sha256_of_all(part.encode("utf-8", "replace") for part in (head, document.text))


def _quoted(anchor: str) -> str:
    return anchor if _PLAIN.fullmatch(anchor) else quote(anchor)


def _moved(before: Mapping[str, Place], base: sqlite3.Connection) -> Iterator[_Row]:
    """Find the texts of ids that are gone: each leads to the first place of the same text."""
    for chunk_id, place in before.items():
        there = "SELECT address FROM now WHERE digest = ? ORDER BY id LIMIT 1"
        for (address,) in base.execute(there, (place.digest,)):
            yield chunk_id, hash_of(chunk_id), address, place.digest


def _read(folder: Path) -> dict[str, Place]:
    """Read the tables of an earlier build; none at all is an earlier build without chunks."""
    places: dict[str, Place] = {}
    if not (folder / "shards.json").is_file():
        return places
    try:
        count = int(json.loads(_bounded(folder / "shards.json")))
        for number in range(min(count, _MOST_SHARDS)):
            table = json.loads(_bounded(folder / f"{number}.json"))
            for chunk_id, (address, digest, *_) in table.items():
                places[chunk_id] = Place(str(address), str(digest))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ConfigError(
            f"the chunks of the earlier build cannot be read: {error}",
            location=Location(file=folder.name),
            help="correct or remove `previous`",
        ) from error
    return places


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"{path.name} is too large")
    return data
