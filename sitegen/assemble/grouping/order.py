"""Assemble: the chunks of each source, each once, in their order, with ids of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.assemble.grouping.levels import Levels, look_for_levels, without_parts
from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.model import Chunk
from sitegen.urls import natural_key

_DIGITS = re.compile(r"([0-9]+)")
NAME_ORDER = (
    'name a column that counts the chunks of a page: columns = { order = "NAME" }, or one that '
    'tells apart what has the same name, as libraries do: columns = { folder = "NAME" }'
)
"""What to do where nothing tells the order of rows."""
_LEAST = 20  # characters that two rows share by no accident
_ORDER, _START = attrgetter("order"), attrgetter("start")
_FAR_APART = 2  # times the rows that a source has, from its first to its last


class Ids(Struct, frozen=True):
    """What the ids of a dataset name: chunks, unless they are those of whole ``documents``.

    ``repeat``: they count within a page, so that another page has the same.
    """

    documents: bool = False
    repeat: bool = False


class IdsSeen(Summary):
    """How many pages have several texts, and of these one id alone; the first is there as an id.

    ``named`` counts the ids of each page, ``ids`` are those of all.
    """

    cut: int = 0
    of_pages: int = 0
    first: list[tuple[str, str, Location]] = field(default_factory=list)
    named: int = 0
    ids: set[str] = field(default_factory=set)


class Apart(Summary):
    """How many pages have several rows, and rows far apart without anything that orders them."""

    cut: int = 0
    scattered: int = 0


class Unordered(Summary):
    """What is seen of rows before they are ordered."""

    levels: Levels = field(default_factory=Levels)
    ids: IdsSeen = field(default_factory=IdsSeen)
    apart: Apart = field(default_factory=Apart)


def look_at_rows(groups: Rows) -> Unordered:
    """See rows as they are."""
    return Unordered(levels=look_for_levels(groups), ids=_ids_in(groups), apart=_apart_in(groups))


def leave_parts_out(parts: Parts, notices: list[Diagnostic]) -> None:
    """Leave out rows that another one holds, if the dataset has such levels."""
    if without_parts(parts, parts.see(look_at_rows, Unordered).levels):
        notices += parts.see(look_at_rows, Unordered).notices[:1]


def put_in_order(parts: Parts, notices: list[Diagnostic]) -> None:
    """Order the rows of each source.

    Whoever looks at them next raises a `ReadError` where the same id is claimed by chunks with
    different texts, and gets what is to be said of duplicates.
    """
    seen = parts.see(look_at_rows, Unordered)
    named = _learn_ids(seen.ids, notices)
    if seen.apart.cut and 2 * seen.apart.scattered > seen.apart.cut:
        notices.append(_unknown_order(seen.apart.scattered, parts.first()))
    ids = parts.ids
    parts.change(
        ("order", named),
        lambda source, group, notices: ordered(ids[source], group, named, notices),
    )


def _ids_in(groups: Rows) -> IdsSeen:
    seen = IdsSeen()
    for group in groups.values():
        ids = {chunk.id for chunk in group}
        if len({chunk.text for chunk in group}) > 1:
            seen.cut += 1
            if len(ids) == 1 and "" not in ids:
                seen.of_pages += 1
                first = group[0]
                seen.first = seen.first or [(first.source, first.id, first.location)]
        ids.discard("")
        seen.named += len(ids)
        seen.ids |= ids
    return seen


def _learn_ids(seen: IdsSeen, notices: list[Diagnostic]) -> Ids:
    """See what the ids of all sources name, and tell where rows of one id have several texts."""
    is_of_documents = 0 < seen.cut < 2 * seen.of_pages
    if is_of_documents:
        notices.append(_ids_of_pages(*seen.first[0], several=seen.of_pages > 1))
    return Ids(is_of_documents, seen.named > len(seen.ids) and not is_of_documents)


def _ids_of_pages(source: str, id: str, place: Location, *, several: bool) -> Diagnostic:
    """Say that ids are those of pages; where one page alone shows it, rows may be wrong instead."""
    return Diagnostic(
        "ids-of-pages",
        Severity.INFO if several else Severity.WARNING,
        f"rows of {source!r} have one id, {id!r}, and different texts: ids are taken "
        "for those of pages, and all rows are shown",
        place,
        "if that is wrong, correct the ids, or do without them: columns = { id = false }",
    )


def ordered(
    document_id: str, group: Sequence[Chunk], ids: Ids, notices: list[Diagnostic]
) -> list[Chunk]:
    """Order the chunks of one source: by their numbers or places, else by their ids, else by row.

    Raises:
        ReadError: the same id is claimed by chunks with different texts.
    """
    rows = sorted(group, key=lambda c: (natural_key(c.file), c.row or 0))
    if ids.documents:
        rows = [replace(chunk, id="") for chunk in rows]
    chunks, told_by = in_order(_once(document_id, rows, notices))
    if not told_by:
        notices += _repeated(document_id, chunks)
    if ids.repeat:
        chunks = [replace(c, id=f"{document_id}:{c.id}") if c.id else c for c in chunks]
    return chunks


def in_order(chunks: list[Chunk]) -> tuple[list[Chunk], str]:
    """Order the chunks of one source, and say which of our columns tells it; none: the rows do."""
    if all(chunk.order is not None for chunk in chunks) and _are_distinct(c.order for c in chunks):
        return sorted(chunks, key=lambda chunk: chunk.order or 0), "order"
    if all(chunk.start is not None for chunk in chunks) and _are_distinct(c.start for c in chunks):
        return sorted(chunks, key=lambda chunk: chunk.start or 0), "start"
    numbered = _by_numbers(chunks)
    return numbered or chunks, "id" if numbered else ""


def _apart_in(groups: Rows) -> Apart:
    """See whether rows lie about without anything that tells their order."""
    seen = Apart()
    for group in groups.values():
        rows = sorted(chunk.row for chunk in group if chunk.row is not None)
        if len(rows) < 2 or len({chunk.file for chunk in group}) > 1:
            continue
        seen.cut += 1
        is_apart = rows[-1] - rows[0] >= _FAR_APART * len(rows)
        seen.scattered += is_apart and not in_order(list(group))[1]
    return seen


def _unknown_order(scattered: int, first: Chunk) -> Diagnostic:
    return Diagnostic(
        "order-unknown",
        Severity.WARNING,
        f"the rows of {scattered} sources lie apart, and nothing says in which order they come",
        replace(first.location, chunk_id="", row=None),
        NAME_ORDER,
    )


def _are_distinct(numbers: Iterable[int | None]) -> bool:
    counts = Counter(numbers)
    return len(counts) == counts.total()


def _told(chunk: Chunk) -> tuple[object, ...]:
    return chunk.text, chunk.anchor, chunk.headings, chunk.order, chunk.start


def _once(document_id: str, rows: Sequence[Chunk], notices: list[Diagnostic]) -> list[Chunk]:
    """Leave out exact duplicates: rows of one id, and where all rows are there as often, others."""
    chunks: dict[object, Chunk] = {}
    dropped: list[Chunk] = []
    times = Counter(_told(chunk) for chunk in rows if not chunk.id)
    are_doubled = min(times.values(), default=0) > 1 and len(set(times.values())) == 1
    for number, chunk in enumerate(rows):
        place = chunk.id or (_told(chunk) if are_doubled else number)
        first = chunks.setdefault(place, chunk)
        if first is chunk:
            continue
        if (chunk.text, chunk.anchor) != (first.text, first.anchor):
            raise ReadError(
                f"chunk {chunk.id} of {chunk.source!r} stands at row {first.row} of {first.file} "
                f"and, with another text, at row {chunk.row} of {chunk.file}",
                help="give each chunk of a source its own id, remove one of the two rows, do "
                "without ids: columns = { id = false }, or name a column that tells apart what has "
                'the same name, as libraries do: columns = { folder = "NAME" }',
            )
        dropped.append(chunk)
    once = _at_places(list(chunks.values()))
    kept = set(map(id, once))
    dropped += [chunk for chunk in chunks.values() if id(chunk) not in kept]
    if dropped:
        notices.append(
            Diagnostic(
                "duplicate-chunk",
                Severity.INFO,
                f"{len(dropped)} exact duplicates of chunks of {rows[0].source!r} left out",
                replace(dropped[0].location, page=document_id),
            )
        )
    return once


def _at_places(chunks: list[Chunk]) -> list[Chunk]:
    """Each row once whose number or place another one has that says the same, whatever its id.

    They are none where one of them has several texts.
    """
    for place in (_ORDER, _START):
        if _are_distinct(map(place, chunks)) or None in map(place, chunks):
            continue
        first: dict[object, Chunk] = {}
        for chunk in chunks:
            first.setdefault(_told(chunk), chunk)
        if _are_distinct(map(place, first.values())):
            return list(first.values())
    return chunks


def _repeated(document_id: str, chunks: Sequence[Chunk]) -> Iterator[Diagnostic]:
    """Say that rows say the same as the row before, where nothing tells whether they are others."""
    again = [
        after
        for before, after in pairwise(chunks)
        if after.text == before.text and len(after.text) >= _LEAST and _told(after) == _told(before)
    ]
    if again:
        yield Diagnostic(
            "repeated-row",
            Severity.INFO,
            f"{len(again)} rows of {chunks[0].source!r} say the same as the row before: all are "
            "shown",
            replace(again[0].location, page=document_id),
            "remove them if they were read twice; a column that counts the chunks of a page would "
            'tell it: columns = { order = "NAME" }',
        )


def _by_numbers(chunks: list[Chunk]) -> list[Chunk] | None:
    """Order chunks by the numbers in their ids, if all ids are alike but for these."""
    parts = {chunk.id: _DIGITS.split(chunk.id) for chunk in chunks}
    words, *others = [each[::2] for each in parts.values()]
    if len(words) == 1 or any(each != words for each in others):
        return None

    def key(chunk: Chunk) -> tuple[list[tuple[int, str]], str]:
        # `int` refuses numbers that are very long.
        numbers = [digits.lstrip("0") for digits in parts[chunk.id][1::2]]
        return [(len(number), number) for number in numbers], chunk.id

    return sorted(chunks, key=key)
