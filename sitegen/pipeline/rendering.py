"""Rendering: restored documents -> bodies, each made once of all that `render` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sitegen.feeds.placed import Marks, PlacedChunk, marks_of
from sitegen.model import Body, Document, Head, LinkSpace
from sitegen.model.objects import Named
from sitegen.model.runs import Bulk
from sitegen.pipeline.documents import Ground
from sitegen.pipeline.restoring import Prepared
from sitegen.pipeline.work import RENDER, Call
from sitegen.restore import Seen
from sitegen.store.recall import Store
from sitegen.store.shelf import Shelf
from sitegen.workers import Map, Part

_OF_CHUNK = 50  # characters of an id, an anchor and a digest
_USUAL = 8  # jobs of a lot of a site that is not large


class Job(Struct, frozen=True):
    """A document to render with what it is told of others, and the key of its body."""

    prepared: Prepared
    named: Named
    key: str

    @property
    def call(self) -> Call:
        """What `render_one` reads; `with_places` says again where a finding's row is now."""
        return self.prepared.document, self.named

    def light(self) -> Job:
        """The job but for what was seen while its document was restored, and for its chunks."""
        return replace(self, prepared=replace(self.prepared, seen=Seen(), chunks=()))


class Ticket(Struct, frozen=True):
    """What a job is known by while it lies on a shelf: its document's id, its key, its length.

    Those of one ``lot`` were taken together; 0: it was taken by itself.
    """

    id: str
    key: str
    length: int
    lot: int = 0


class Span(NamedTuple):
    """Numbers of jobs that follow each other, and what decides over all of them, if it is known."""

    numbers: range
    known_by: str = ""


class Jobs:
    """All jobs of a build: the heads of documents and the keys are here, the rest on a shelf."""

    def __init__(self, folder: Path | None = None, before: Jobs | None = None) -> None:
        """Put aside in ``folder`` what does not fit into memory.

        Heads that are as they were ``before`` are the same objects: of a large site there are many.
        """
        self.heads: list[Head] = []
        self._before = before
        self.folder = folder
        self.keys: list[str] = []
        self._contents: list[str] = []
        self._numbers: dict[str, int] = {}
        self._shelf: Shelf[Job] = Shelf(Job, folder)
        self._chunks: Shelf[tuple[PlacedChunk, ...]] = Shelf(tuple[PlacedChunk, ...], folder)
        self._marks: Shelf[Marks] = Shelf(Marks, folder)
        self._others: dict[str, Job] = {}
        self._lots: list[Span] = []
        self._last: Job | None = None  # feeds ask for one thing of it after the other

    def add(self, job: Job) -> Ticket:
        """Take a job."""
        head = job.prepared.document.head()
        self._shelf.append(job.light(), head.length)
        self._chunks.append(job.prepared.chunks, _OF_CHUNK * head.chunks)
        return self._note(head, job.key, job.prepared.content)

    def add_all(  # noqa: PLR0913, PLR0917 - all of a lot
        self,
        heads: Sequence[Head],
        keys: Sequence[str],
        contents: Sequence[str],
        lengths: Iterable[tuple[int, int]],
        packed: Sequence[Bulk],
        known_by: str = "",
    ) -> list[Ticket]:
        """Take light jobs, their chunks and the marks of these, packed, with what is known of them.

        ``known_by`` is what decides over all of them, and over the places of their rows.
        """
        jobs, chunks, marks = packed
        both = list(zip(heads, lengths, strict=True))
        self._shelf.append_bulk(jobs, ((job, head.length, "") for head, (job, _) in both))
        own = ((its, _OF_CHUNK * head.chunks, "") for head, (_, its) in both)
        self._chunks.append_bulk(chunks, own)
        self._marks.append_bulk(marks, [(0, 0, "")])
        lot = len(self._lots) + 1
        self._lots.append(Span(range(len(self.heads), len(self.heads) + len(heads)), known_by))
        return [self._note(*each, lot) for each in zip(heads, keys, contents, strict=True)]

    def end(self) -> None:
        """Take no more."""
        self._before = None

    def put_aside(self) -> None:
        """Take jobs to a file at once: there are many."""
        self._shelf.put_aside()
        self._chunks.put_aside()
        self._marks.put_aside()

    def _note(self, head: Head, key: str, content: str, lot: int = 0) -> Ticket:
        before = self._before
        if before is not None and (at := before._numbers.get(head.id)) is not None:
            head = before.heads[at] if before.heads[at] == head else head
        self._numbers[head.id] = len(self.heads)
        self.heads.append(head)
        self.keys.append(key)
        self._contents.append(content)
        return Ticket(head.id, key, head.length, lot)

    def lot(self, ticket: Ticket) -> range:
        """The numbers of all jobs that were taken together with one; of one by itself none."""
        return self._lots[ticket.lot - 1].numbers if ticket.lot else range(0)

    def spans(self) -> Sequence[Span]:
        """All jobs in lots: those that were taken together, else by keys that say where one ends.

        A new job changes no lot but its own, or two.
        """
        if self._lots:
            return self._lots
        spans, start = list[Span](), 0
        for number, key in enumerate(self.keys, 1):
            if int(key[:8] or "0", 16) % _USUAL == 0 or number == len(self.keys):
                spans.append(Span(range(start, number)))
                start = number
        return spans

    def number(self, id: str) -> int:
        """The number of the job of a document."""
        return self._numbers[id]

    def of(self, id: str) -> Job:
        """The job of a document."""
        if (other := self._others.get(id)) is not None:
            return other
        last = self._last
        if last is None or last.prepared.document.id != id:
            last = self._last = self._shelf[self._numbers[id]]
        return last

    def but_for(self, jobs: Iterable[Job]) -> Jobs:
        """The same jobs, in which some others take the places of those of their documents."""
        other, other_keys = copy(self), list(self.keys)
        others = {job.prepared.document.id: job for job in jobs}
        for id, job in others.items():
            other_keys[self._numbers[id]] = job.key
        other.keys, other._others = other_keys, self._others | others
        return other

    def key(self, id: str) -> str:
        """What the body of a document is known by."""
        return self.keys[self._numbers[id]]

    def document(self, id: str) -> Document:
        """A document by its id."""
        return self.of(id).prepared.document

    def chunks(self, id: str) -> tuple[PlacedChunk, ...]:
        """The chunks of a document."""
        if (other := self._others.get(id)) is not None:
            return other.prepared.chunks
        return self._chunks[self._numbers[id]]

    def marks(self) -> Iterator[tuple[list[str], Marks]]:
        """The ids of all documents, lot by lot, and the marks of their chunks."""
        for at, span in enumerate(self.spans()):
            ids = [self.heads[number].id for number in span.numbers]
            if self._lots and self._others.keys().isdisjoint(ids):
                yield ids, self._marks[at]
            else:
                yield ids, marks_of(map(self.chunks, ids))

    def content(self, id: str) -> str:
        """The digest of what was read of a document."""
        if (other := self._others.get(id)) is not None:
            return other.prepared.content
        return self._contents[self._numbers[id]]


Rendered = Iterator[tuple[Ticket, Callable[[], Body]]]
"""Tickets of jobs with what gives their bodies, in any order."""


def job_of(prepared: Prepared, ground: Ground, store: Store) -> Job:
    """What there is to do to render a document."""
    named = ground.references.of(prepared.document, prepared.mentions)
    return Job(prepared, named, key_of(prepared.digest, ground.space, named, store))


def key_of(digest: str, space: LinkSpace, named: Named, store: Store) -> str:
    """What the body of a document with this digest is known by."""
    return store.key("body", (digest, space, named))


def render_all(
    tickets: Iterable[Ticket], space: LinkSpace, store: Store, each: Map, jobs: Jobs
) -> Rendered:
    """Yield all tickets with what gives their bodies: the known ones first, and not yet loaded.

    All are taken before this returns, so that other processes may begin early.
    """

    def make(tickets: Iterable[Ticket]) -> Iterator[tuple[int, Body]]:
        parts = (Part(one.length, partial(_call, jobs, one.id)) for one in tickets)
        return each(RENDER, parts, space)

    return store.recall_each(tickets, attrgetter("key"), make, Body)


def _call(jobs: Jobs, id: str) -> Call:
    return jobs.of(id).call


def with_places(body: Body, document: Callable[[], Document]) -> Body:
    """Say of each finding where in the input of this build it stands."""
    if not body.diagnostics:
        return body
    locate = document().locate
    return replace(
        body,
        diagnostics=tuple(
            d if (line := d.location.line_of_page) is None else replace(d, location=locate(line))
            for d in body.diagnostics
        ),
    )
