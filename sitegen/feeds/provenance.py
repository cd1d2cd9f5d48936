"""Provenance: where each chunk of the dataset stands on the site."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from msgspec import Struct

from sitegen.errors import ConfigError, Location
from sitegen.feeds.parts import PartOfFeed
from sitegen.feeds.placed import MOST_SHARDS, Marks, PlacedChunk, Row, Tables, hash_of
from sitegen.model import OutputFile, RenderedPage
from sitegen.store.lost import LostError
from sitegen.store.sha256 import sha256_of

_LARGEST = 4_000_000  # bytes of a table of an earlier build
_NONE: tuple[int, Iterator[tuple[Any, ...]]] = (-1, iter(()))


class Place(Struct, frozen=True):
    """Where a chunk stands (relative to the root, with anchor), and a digest of its text."""

    address: str
    digest: str


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
        tables = Tables(marked.marks(), moved)
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


def _add(base: sqlite3.Connection, rows: Iterable[Row]) -> None:
    base.executemany("INSERT OR IGNORE INTO now VALUES (?, ?, ?, ?)", rows)


def _add_moved(
    base: sqlite3.Connection, pages: Iterable[RenderedPage], marked: Marked, before: Path
) -> list[Row]:
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


def _lost() -> OutputFile:
    raise LostError("a table of chunks that was there is gone", help="build again")


def _table(folder: str, number: int, table: Mapping[str, object]) -> OutputFile:
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return OutputFile(f"{folder}/{number}.json", data.encode("utf-8", "replace"))


def _places(
    pages: Iterable[RenderedPage], chunks: Callable[[str], Sequence[PlacedChunk]]
) -> Iterator[Row]:
    for rendered in pages:
        address = quote(rendered.page.permalink)
        for each in chunks(rendered.page.document.id):
            if each.id:
                yield each.id, each.hash, address + each.fragment, each.digest


def _moved(before: Mapping[str, Place], base: sqlite3.Connection) -> Iterator[Row]:
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
        for number in range(min(count, MOST_SHARDS)):
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
