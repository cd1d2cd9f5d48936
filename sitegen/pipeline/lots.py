"""Lots: neighbouring documents of a large site as jobs, many recalled by one key.

As long as the rows of all are as they were, and so is all that any of them looked at of what the
others say, none of them is unpacked.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from sitegen.feeds.placed import PlacedChunk, marks_of
from sitegen.model import Document, Head
from sitegen.model.runs import Bulk
from sitegen.pipeline.agreement import Agreement, Depends
from sitegen.pipeline.documents import Ground
from sitegen.pipeline.redefined import Definitions, mentioned
from sitegen.pipeline.rendering import Jobs, Ticket, job_of
from sitegen.pipeline.restoring import restored
from sitegen.pipeline.survey import Run
from sitegen.restore import Seen, numbers_of, together
from sitegen.store.later import bulk_of, expected, recall_with_bulks
from sitegen.store.lost import LostError
from sitegen.store.packing import pack, unpack
from sitegen.store.recall import Store
from sitegen.store.shelf import Shelf, digest_of

_LISTS = 4
_SEEN = 3
"""Behind its jobs, the chunks of each document and their marks: what was seen for a whole lot."""


class Lot(Struct, frozen=True):
    """The heads of the documents of jobs, and what there is to know of the rest of these.

    ``keys`` are those of the bodies, ``contents`` the digests of what was read, ``lengths`` those
    of the packed jobs and of the packed chunks of each document in bytes.
    """

    heads: list[Head]
    keys: list[str]
    contents: list[str]
    lengths: list[tuple[int, int]]
    depends: Depends


_Known = tuple[str, Lot, Sequence[Bulk]]


def tickets(
    documents: Shelf[Document], ground: Ground, store: Store, jobs: Jobs
) -> Iterator[Ticket]:
    """Restore all documents, which are let go of, take them to jobs, and yield their tickets."""
    if not ground.runs:
        for each in restored(documents.drain(), ground.titles, ground.evidence, store):
            yield jobs.add(job_of(each, ground, store))
        return
    jobs.put_aside()
    for known_by, lot, packed in _lots(documents, ground, store):
        taken = lot.heads, lot.keys, lot.contents, lot.lengths, packed[:_SEEN]
        yield from jobs.add_all(*taken, known_by)
    documents.close()


def _lots(documents: Shelf[Document], ground: Ground, store: Store) -> Iterator[_Known]:
    given, index, defined = ground.references.given(), ground.references.index, ground.defined
    if defined is None:
        by_name, named_by = "", given
    else:  # names are compared one by one, pages and the ids that authors wrote all at once
        by_name = str(index.given())
        written = {page: sorted(ids) for page, ids in index.written_ids.items() if ids}
        named_by = (index.package, list(index.written_ids), written, given[1:])
    told = (ground.titles, ground.space, named_by, ground.evidence is None)
    known_by = store.key("told", told)
    definitions = Definitions(defined, by_name, store)
    agreement = Agreement(ground.evidence, definitions, known_by, store)
    start = 0

    def key_of(run: Run) -> str:
        return store.key("lot", (run.key, known_by))

    for (size, _), key in expected(store, ground.runs, key_of, _LISTS):
        some = map(documents.__getitem__, range(start, start + size))
        make = partial(_lot, some, ground, by_name, store)
        holds = partial(_holds, agreement, key, store)
        lot, packed = recall_with_bulks(store, key, make, Lot, holds, _LISTS)
        agreement.note(key, lot.depends)
        yield key and lot.depends.key(key), lot, packed
        start += size
    agreement.keep()


def _holds(agreement: Agreement, key: str, store: Store, lot: Lot) -> bool:
    def seen() -> Seen | None:
        try:
            (packed,) = bulk_of(store, key, _SEEN).load()
        except LostError:
            return None
        return unpack(packed, Seen)

    return agreement.holds(key, lot.depends, seen)


def _lot(
    documents: Iterable[Document], ground: Ground, given: str, store: Store
) -> tuple[Lot, Sequence[Sequence[bytes]]]:
    heads, keys, contents, seen = list[Head](), list[str](), list[str](), list[Seen]()
    named = set[int]()
    jobs, chunks, pages = list[bytes](), list[bytes](), list[Sequence[PlacedChunk]]()
    for prepared in restored(documents, ground.titles, ground.evidence, store):
        job = job_of(prepared, ground, store)
        heads.append(prepared.document.head())
        keys.append(job.key)
        contents.append(prepared.content)
        jobs.append(pack(job.light()))
        chunks.append(pack(prepared.chunks))
        pages.append(prepared.chunks)
        seen.append(prepared.seen)
        named.update(mentioned(prepared.document.id, prepared.mentions))
    whole, evidence = together(seen), ground.evidence
    asked = evidence.asked if evidence and evidence.says_of_pages(whole) else ""
    lengths = list(zip(map(len, jobs), map(len, chunks), strict=True))
    packed = pack(whole)
    depends = Depends(
        numbers_of(whole), digest_of(packed), asked, array("I", sorted(named)).tobytes(), given
    )
    lot = Lot(heads, keys, contents, lengths, depends)
    return lot, (jobs, chunks, [pack(marks_of(pages))], [packed])
