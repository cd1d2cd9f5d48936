"""Bodies: from the cache where nothing that `render` reads has changed, else rendered and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from sitegen.cache import Cache, digest
from sitegen.memory import Memory
from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.objects import Named

Call = tuple[Document, LinkSpace, Named]
"""All that `render` may read: its arguments."""
DIGEST = "digest"
"""What a memory knows the digest of a document by: the document."""

_AT_ONCE = 64  # bodies in memory that come from the cache, and that a killed build may lose
_ASKED = 16  # documents that are looked up in the cache by one question


class Job(NamedTuple):
    """A document to render, and what it is told of others.

    The places of its sections in the input are left out of ``call`` and ``key``: a new row moves
    all rows below it, and no page reads differently for that. ``placed`` puts them back into the
    findings.
    """

    document: Document
    space: LinkSpace
    named: Named

    def call(self) -> Call:
        """Give the arguments of `render`."""
        sections = tuple(
            Section(s.line, s.anchor, s.chunk_id, "", None, s.heading)
            for s in self.document.sections
        )
        return replace(self.document, sections=sections), self.space, self.named

    def key(self, memory: Memory | None = None) -> str:
        """Digest these arguments; a ``memory`` knows the digest of a document."""
        document = self.document
        make = partial(_digest, document)
        own = memory.recall(DIGEST, document.id, document, make) if memory else make()
        return digest(own, self.space, self.named)


def _digest(document: Document) -> str:
    sections = [(s.line, s.anchor, s.chunk_id, s.heading) for s in document.sections]
    return digest(replace(document, sections=()), sections)


def placed(body: Body, document: Document) -> Body:
    """Say of each finding where in the input of this build it stands."""
    if not body.diagnostics:
        return body
    return replace(
        body,
        diagnostics=tuple(
            d
            if d.location.line is None
            else replace(d, location=document.locate(d.location.line - 1))
            for d in body.diagnostics
        ),
    )


def bodies(
    documents: Iterable[Document],
    job_of: Callable[[Document], Job],
    cache: Cache[Body],
    render: Callable[[Iterable[Call]], Iterable[tuple[str, Body]]],
    memory: Memory | None = None,
) -> Iterator[tuple[str, str, Body]]:
    """Give each document's id, the key of its job, and its body: the cached ones first.

    Where nothing is kept there are no keys: they are empty.

    ``render`` takes all calls before it returns, and gives ids and bodies in any order. All
    documents are taken before the first answer is asked for, so that other processes may begin
    while they come.
    """
    keys: dict[str, str] = {}
    by_id: dict[str, Document] = {}
    old: list[Document] = []

    def missing() -> Iterator[Call]:
        for some in _lumps(documents, _ASKED):
            jobs = [job_of(document) for document in some]
            found = [job.key(memory) if cache.has_file else "" for job in jobs]
            held = cache.holds(found)
            for job, key in zip(jobs, found, strict=True):
                document = job.document
                by_id[document.id], keys[document.id] = document, key
                if key in held:
                    old.append(document)
                else:
                    yield job.call()

    rendered = render(missing())
    return _gathered(by_id, old, keys, cache, rendered, lambda d: render([job_of(d).call()]))


def _gathered(  # noqa: PLR0913, PLR0917 - what `bodies` prepared
    by_id: Mapping[str, Document],
    old: Sequence[Document],
    keys: Mapping[str, str],
    cache: Cache[Body],
    rendered: Iterable[tuple[str, Body]],
    anew: Callable[[Document], Iterable[tuple[str, Body]]],
) -> Iterator[tuple[str, str, Body]]:
    broken: list[Document] = []
    for some in _lumps(old, _AT_ONCE):
        found = cache.get(keys[document.id] for document in some)
        for document in some:
            if (body := found.get(keys[document.id])) is None:
                broken.append(document)
            else:
                yield document.id, keys[document.id], placed(body, document)
    new: dict[str, Body] = {}
    for name, body in chain(rendered, chain.from_iterable(map(anew, broken))):
        new[keys[name]] = body
        if len(new) >= _AT_ONCE:
            cache.put(new)
            new = {}
        yield name, keys[name], placed(body, by_id[name])
    cache.put(new)


def _lumps(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    rest = iter(documents)
    while some := list(islice(rest, size)):
        yield some
