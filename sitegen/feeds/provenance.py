"""Provenance: where each chunk of the dataset stands on the site."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from msgspec import Struct

from sitegen.errors import ConfigError, Location
from sitegen.feeds.parts import PartOfFeed
from sitegen.model import Document, OutputFile, RenderedPage
from sitegen.store.lost import LostError
from sitegen.store.sha256 import sha256_of, sha256_of_all

_SHARD = 400  # chunks in one table of the lookup
_MOST_SHARDS = 4096
_SAID = 16  # bytes of a digest, which tell all rows apart
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)  # what nearly all anchors are
_LARGEST = 4_000_000  # bytes of a table of an earlier build


_NONE: tuple[int, Iterator[tuple[Any, ...]]] = (-1, iter(()))
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


class Marks(Struct, frozen=True):
    """What tables are known by, of the chunks of some pages that have an id, one after another.

    ``hashes`` (4 bytes of each) say which table one is in, ``ids`` (8) which of them are the same,
    ``said`` (16) is a digest of all that is said of it. ``counts`` are those of each page.
    """

    hashes: bytes
    ids: bytes
    said: bytes
    counts: list[int]


def marks_of(pages: Iterable[tuple[str, Sequence[PlacedChunk]]]) -> Marks:
    """The marks of pages by their ids and chunks."""
    hashes, ids, said, counts = array("I"), list[bytes](), list[bytes](), list[int]()
    for page, chunks in pages:
        some = [chunk for chunk in chunks if chunk.id]
        counts.append(len(some))
        hashes.extend(chunk.hash for chunk in some)
        ids += (_digest(chunk.id)[:8] for chunk in some)
        said += (_digest(page, each.id, each.fragment, each.digest)[:_SAID] for each in some)
    return Marks(hashes.tobytes(), b"".join(ids), b"".join(said), counts)


def _digest(*values: str) -> bytes:
    data = "\0".join(values).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data, usedforsecurity=False).digest()


class Marked(Protocol):
    """The chunks of all pages."""

    def chunks(self, id: str) -> Sequence[PlacedChunk]:
        """Those of a page, by its id."""

    def marks(self) -> Iterable[tuple[Sequence[str], Marks]]:
        """The marks of all pages, and the ids of these."""


def lookup(
    pages: Iterable[RenderedPage],
    marked: Marked,
    folder: str,
    previous: Path | None,
    is_made: Callable[[object], bool],
) -> Iterator[PartOfFeed]:
    """Write the tables from chunk ids to places, below ``folder``.

    They name no files and rows: the same chunks in another order are the same site.

    ``previous`` is the folder of an earlier build: an id of its that is gone leads to where its
    text stands now, if it stands anywhere. What ``is_made`` of the same already needs no rows.

    Raises:
        ConfigError: ``previous`` holds tables that cannot be read.
    """
    with closing(sqlite3.connect("")) as base:  # in memory while it is small; its file has no name
        base.execute("CREATE TABLE now (id TEXT PRIMARY KEY, hash, address, digest) WITHOUT ROWID")
        moved = _add_moved(base, pages, marked, previous / folder) if previous else []
        tables = _Tables(marked.marks(), moved)
        count = len(tables.rows)
        order = sha256_of(repr([each.page.document.id for each in pages])) if tables.twins else ""
        made_of = [(folder, count, each, tables.said(each), order) for each in range(count)]
        lacking = {each for each in range(count) if not is_made(made_of[each])}
        if not previous:
            owners = tables.owners(lacking)
            some = (each for each in pages if each.page.document.id in owners)
            _add(base, (row for row in _places(some, marked.chunks) if row[1] % count in lacking))
        contents = _contents(base, count, lacking)
        for each in range(count):
            is_lacking = each in lacking
            yield (
                made_of[each],
                partial(_table, folder, each, next(contents)) if is_lacking else _lost,
            )
    number = OutputFile(f"{folder}/shards.json", json.dumps(count).encode())
    yield (folder, count), lambda: number


def _add(base: sqlite3.Connection, rows: Iterable[_Row]) -> None:
    base.executemany("INSERT OR IGNORE INTO now VALUES (?, ?, ?, ?)", rows)


def _add_moved(
    base: sqlite3.Connection, pages: Iterable[RenderedPage], marked: Marked, before: Path
) -> list[_Row]:
    """Put all rows into the base, and those of ids that are gone; give these."""
    _add(base, _places(pages, marked.chunks))
    base.execute("CREATE INDEX by_digest ON now (digest, id)")
    there = "SELECT 1 FROM now WHERE id = ?"
    moved = _moved(_read(before), base)
    gone = [row for row in moved if not base.execute(there, row[:1]).fetchone()]
    _add(base, gone)
    return gone


def _contents(
    base: sqlite3.Connection, count: int, wanted: Collection[int]
) -> Iterator[dict[str, object]]:
    """Yield what is in each of the tables that are wanted, of so many that there are."""
    rows = base.execute(
        "SELECT hash % ?, id, address, digest FROM now ORDER BY hash % ?, id", (count, count)
    )
    found = groupby((row for row in rows if row[0] in wanted), itemgetter(0))
    at, some = next(found, _NONE)
    for each in sorted(wanted):
        if at != each:
            yield {}
            continue
        yield {id: rest for _, id, *rest in some}
        at, some = next(found, _NONE)


class _Tables:
    """The rows of all tables by their marks."""

    def __init__(self, marks: Iterable[tuple[Sequence[str], Marks]], moved: Sequence[_Row]) -> None:
        hashes, ids, said = array("I"), array("Q"), bytearray()
        self._names, self._owners = list[str](), array("L")
        for names, each in marks:
            hashes.frombytes(each.hashes)
            ids.frombytes(each.ids)
            said += each.said
            for name, count in zip(names, each.counts, strict=True):
                self._owners.extend([len(self._names)] * count)
                self._names.append(name)
        self._said = bytes(said)
        distinct = len(set(ids))
        self.twins = distinct != len(ids)
        """Whether chunks of several pages have one id: the first one counts."""
        count = shards(distinct + len(moved))
        self.rows: list[list[int]] = [[] for _ in range(count)]
        self._moved: list[list[_Row]] = [[] for _ in range(count if moved else 0)]
        for row, value in enumerate(hashes):
            self.rows[value % count].append(row)
        for each_moved in moved:
            self._moved[each_moved[1] % count].append(each_moved)

    def said(self, table: int) -> object:
        """What all that a table says is known by."""
        said = self._said
        own = sorted([said[at : at + _SAID] for at in map(_SAID.__mul__, self.rows[table])])
        return sha256_of_all(own), self._moved[table] if self._moved else ()

    def owners(self, tables: Iterable[int]) -> set[str]:
        """The ids of the pages whose chunks are in some tables."""
        return {self._names[self._owners[row]] for table in tables for row in self.rows[table]}


def _lost() -> OutputFile:
    raise LostError("a table of chunks that was there is gone", help="build again")


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
