"""Assemble: the rows of a source, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec.structs import replace

from sitegen.errors import Diagnostic, ReadError, Severity
from sitegen.model import Chunk

_LEAST = 20  # characters that two rows share by no accident
_SOME_LINES = 3
_ORDER, _START = attrgetter("order"), attrgetter("start")


def are_distinct(numbers: Iterable[int | None]) -> bool:
    """Whether each number is there once."""
    counts = Counter(numbers)
    return len(counts) == counts.total()


def _told(chunk: Chunk) -> tuple[object, ...]:
    return chunk.text, chunk.anchor, chunk.headings, chunk.order, chunk.start


def once(document_id: str, rows: Sequence[Chunk], notices: list[Diagnostic]) -> list[Chunk]:
    """Leave out exact duplicates: rows of one id, and where all rows are there as often, others.

    Raises:
        ReadError: the same id is claimed by chunks with different texts.
    """
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
    kept = _at_places(list(chunks.values()))
    dropped += _without(kept, chunks.values())
    if dropped:
        notices.append(_left_out(document_id, dropped))
    return kept


def _without(some: Sequence[Chunk], chunks: Iterable[Chunk]) -> list[Chunk]:
    known = set(map(id, some))
    return [chunk for chunk in chunks if id(chunk) not in known]


def _left_out(document_id: str, dropped: Sequence[Chunk]) -> Diagnostic:
    return Diagnostic(
        "duplicate-chunk",
        Severity.INFO,
        f"{len(dropped)} exact duplicates of chunks of {dropped[0].source!r} left out",
        replace(dropped[0].location, page=document_id),
    )


def _at_places(chunks: list[Chunk]) -> list[Chunk]:
    """Each row once whose number or place another one has that says the same, whatever its id.

    They are none where one of them has several texts.
    """
    for place in (_ORDER, _START):
        if are_distinct(map(place, chunks)) or None in map(place, chunks):
            continue
        first: dict[object, Chunk] = {}
        for chunk in chunks:
            first.setdefault(_told(chunk), chunk)
        if are_distinct(map(place, first.values())):
            return list(first.values())
    return chunks


def once_in_a_row(
    document_id: str, chunks: Sequence[Chunk], notices: list[Diagnostic]
) -> list[Chunk]:
    """Leave out rows of several lines that say the same as the row before, and name the others.

    A page may say a line twice in a row on purpose, and be cut between the two; never several.
    """
    again = [after for before, after in pairwise(chunks) if _told(after) == _told(before)]
    dropped = [chunk for chunk in again if _has_lines(chunk.text)]
    if dropped:
        notices.append(_left_out(document_id, dropped))
    shown = [chunk for chunk in _without(dropped, again) if len(chunk.text) >= _LEAST]
    if shown:
        notices.append(_repeated(document_id, shown))
    return _without(dropped, chunks)


def _has_lines(text: str) -> bool:
    """Whether a text is several lines, most of which do not repeat another."""
    lines = [line for line in text.split("\n") if line.strip()]
    different = len(set(lines))
    return different >= _SOME_LINES and 2 * different > len(lines)


def _repeated(document_id: str, shown: Sequence[Chunk]) -> Diagnostic:
    return Diagnostic(
        "repeated-row",
        Severity.INFO,
        f"{len(shown)} rows of {shown[0].source!r} say the same as the row before: all are shown",
        replace(shown[0].location, page=document_id),
        "remove them if they were read twice; a column that counts the chunks of a page would "
        'tell it: columns = { order = "NAME" }',
    )
