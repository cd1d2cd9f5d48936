"""Provenance: where each chunk of the dataset stands on the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sitegen.errors import ConfigError, Location
from sitegen.model import Document, OutputFile, Site
from sitegen.store.digest import sha256_of

_SHARD = 400  # chunks in one table of the lookup
_MOST_SHARDS = 4096
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)  # what nearly all anchors are
_LARGEST = 4_000_000  # bytes of a table of an earlier build


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk stands (relative to the root, with anchor), and a digest of its text."""

    address: str
    digest: str


def shards(count: int) -> int:
    """Tell in how many tables so many chunks are: a power of two."""
    return min(1 << (count // _SHARD).bit_length(), _MOST_SHARDS)


def shard_of(chunk_id: str, count: int) -> int:
    """Find the table of a chunk by FNV-1a (32 bits) of its id, as the reader's script does."""
    value = 0x811C9DC5
    for byte in chunk_id.encode("utf-8", "replace"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value % count


def lookup(
    site: Site,
    digests: Mapping[str, Sequence[str]],
    folder: str,
    previous: Path | None = None,
) -> Iterator[OutputFile]:
    """Write the tables from chunk ids to places, below ``folder``.

    They name no files and rows: the same chunks in another order are the same site.

    ``previous`` is the folder of an earlier build: an id of its that is gone leads to where its
    text stands now, if it stands anywhere. ``digests`` are those of `chunk_digests` by document id.

    Raises:
        ConfigError: ``previous`` holds tables that cannot be read.
    """
    places = _places(site, digests)
    if previous is not None:
        places = _moved(_read(previous / folder), places) | places
    count = shards(len(places))
    tables: list[dict[str, list[str]]] = [{} for _ in range(count)]
    for chunk_id in sorted(places):
        place = places[chunk_id]
        tables[shard_of(chunk_id, count)][chunk_id] = [place.address, place.digest]
    for number, table in enumerate(tables):
        data = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        yield OutputFile(f"{folder}/{number}.json", data.encode("utf-8", "replace"))
    yield OutputFile(f"{folder}/shards.json", json.dumps(count).encode())


def _places(site: Site, digests: Mapping[str, Sequence[str]]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for page in site.pages:
        address, document = quote(page.permalink), page.document
        for section, digest in zip(document.sections, digests[document.id], strict=True):
            if section.chunk_id:
                place = f"{address}#{_quoted(section.anchor)}" if section.anchor else address
                places.setdefault(section.chunk_id, Place(place, digest))
    return places


def chunk_digests(document: Document) -> tuple[str, ...]:
    """Digests of the texts of a document's chunks, in their order; empty for those without id."""
    return tuple(
        sha256_of(text.encode("utf-8", "replace"), 12) if section.chunk_id else ""
        for section, text, _ in document.parts()
    )


def _quoted(anchor: str) -> str:
    return anchor if _PLAIN.fullmatch(anchor) else quote(anchor)


def _moved(before: Mapping[str, Place], now: Mapping[str, Place]) -> dict[str, Place]:
    """Find the texts of ids that are gone: each leads to the first place of the same text."""
    by_digest: dict[str, Place] = {}
    for chunk_id in sorted(now):
        by_digest.setdefault(now[chunk_id].digest, now[chunk_id])
    return {
        chunk_id: by_digest[place.digest]
        for chunk_id, place in before.items()
        if chunk_id not in now and place.digest in by_digest
    }


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
