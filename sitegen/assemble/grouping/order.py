"""Assemble: the chunks of each source, each once, in their order, with ids of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sitegen.errors import Diagnostic, ReadError, Severity
from sitegen.model import Chunk
from sitegen.urls import natural_key

_DIGITS = re.compile(r"([0-9]+)")
NAME_ORDER = (
    'name a column that counts the chunks of a page: columns = { order = "NAME" }, or one that '
    'tells apart what has the same name, as libraries do: columns = { folder = "NAME" }'
)
"""What to do where nothing tells the order of rows."""
_FAR_APART = 2  # times the rows that a source has, from its first to its last


class Ids(Struct, frozen=True):
    """What the ids of a dataset name: chunks, unless they are those of whole ``documents``.

    ``repeat``: they count within a page, so that another page has the same.
    """

    documents: bool = False
    repeat: bool = False


def learn_ids(groups: Iterable[Sequence[Chunk]], notices: list[Diagnostic]) -> Ids:
    """See what the ids of all sources name, and tell where rows of one id have several texts."""
    cut = 0
    of_documents: list[Chunk] = []
    pages_by_id: Counter[str] = Counter()
    for group in groups:
        ids = {chunk.id for chunk in group}
        pages_by_id.update(ids)
        if len({chunk.text for chunk in group}) > 1:
            cut += 1
            if len(ids) == 1 and "" not in ids:
                of_documents.append(group[0])
    del pages_by_id[""]
    is_of_documents = 0 < cut < 2 * len(of_documents)
    if is_of_documents:
        notices.append(_ids_of_pages(of_documents))
    return Ids(is_of_documents, max(pages_by_id.values(), default=0) > 1 and not is_of_documents)


def _ids_of_pages(firsts: Sequence[Chunk]) -> Diagnostic:
    """Say that ids are those of pages; where one page alone shows it, rows may be wrong instead."""
    first = firsts[0]
    return Diagnostic(
        "ids-of-pages",
        Severity.INFO if len(firsts) > 1 else Severity.WARNING,
        f"rows of {first.source!r} have one id, {first.id!r}, and different texts: ids are taken "
        "for those of pages, and all rows are shown",
        first.location,
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
    chunks, _ = in_order(_once(document_id, rows, notices))
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


def unknown_order(groups: Mapping[str, Sequence[Chunk]]) -> Diagnostic | None:
    """Find out whether rows lie about without anything that tells their order."""
    scattered = cut = 0
    for group in groups.values():
        rows = sorted(chunk.row for chunk in group if chunk.row is not None)
        if len(rows) < 2 or len({chunk.file for chunk in group}) > 1:
            continue
        cut += 1
        scattered += rows[-1] - rows[0] >= _FAR_APART * len(rows) and not in_order(list(group))[1]
    if not cut or 2 * scattered <= cut:
        return None
    first = next(iter(groups.values()))[0]
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
    if dropped:
        notices.append(
            Diagnostic(
                "duplicate-chunk",
                Severity.INFO,
                f"{len(dropped)} exact duplicates of chunks of {rows[0].source!r} left out",
                replace(dropped[0].location, page=document_id),
            )
        )
    return list(chunks.values())


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
