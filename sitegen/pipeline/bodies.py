"""Bodies: from the cache where nothing that `render` reads has changed, else rendered and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from sitegen.model import Body, Document
from sitegen.model.calls import Call
from sitegen.plan.jobs import Job
from sitegen.store.cache import Cache
from sitegen.store.memory import Memory

_AT_ONCE = 64  # bodies in memory that come from the cache, and that a killed build may lose
_ASKED = 16  # documents that are looked up in the cache by one question


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
