"""Bodies: from the cache where nothing that `render` reads has changed, else rendered and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from sitegen.cache import Cache, digest
from sitegen.model import Body, Document, LinkSpace
from sitegen.objects import Named

Call = tuple[Document, LinkSpace, Named]
"""All that `render` may read: its arguments."""

_AT_ONCE = 64  # bodies in memory that come from the cache, and that a killed build may lose


def call(document: Document, space: LinkSpace, named: Named) -> Call:
    """Give the arguments of `render` for a document.

    The places of its sections in the input are left out: a new row moves all rows below it, and
    no page reads differently for that. ``placed`` puts them back into the findings.
    """
    sections = tuple(replace(section, file="", row=None) for section in document.sections)
    return replace(document, sections=sections), space, named


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
    documents: Sequence[Document],
    call_of: Callable[[Document], Call],
    cache: Cache[Body],
    render: Callable[[Sequence[Call]], Iterable[tuple[str, Body]]],
) -> Iterator[tuple[str, str, Body]]:
    """Give each document's id, the digest of its call, and its body: the cached ones first.

    ``call_of`` gives the arguments of ``render``, which gives ids and bodies in any order. It is
    called before the first answer is asked for, so that other processes may begin.
    """
    keys: dict[str, str] = {}
    missing: list[Call] = []
    for some in _lumps(documents):
        calls = [call_of(document) for document in some]
        found = [digest(*arguments) for arguments in calls]
        keys |= {document.id: key for document, key in zip(some, found, strict=True)}
        held = cache.holds(found)
        missing += [call for call, key in zip(calls, found, strict=True) if key not in held]
    new = {call[0].id for call in missing}
    old = [document for document in documents if document.id not in new]
    return _gathered(documents, old, keys, cache, render(missing), lambda d: render([call_of(d)]))


def _gathered(  # noqa: PLR0913, PLR0917 - what `bodies` prepared
    documents: Sequence[Document],
    old: Sequence[Document],
    keys: Mapping[str, str],
    cache: Cache[Body],
    rendered: Iterable[tuple[str, Body]],
    anew: Callable[[Document], Iterable[tuple[str, Body]]],
) -> Iterator[tuple[str, str, Body]]:
    broken: list[Document] = []
    for some in _lumps(old):
        found = cache.get(keys[document.id] for document in some)
        for document in some:
            if (body := found.get(keys[document.id])) is None:
                broken.append(document)
            else:
                yield document.id, keys[document.id], placed(body, document)
    by_id = {document.id: document for document in documents}
    new: dict[str, Body] = {}
    for name, body in chain(rendered, chain.from_iterable(map(anew, broken))):
        new[keys[name]] = body
        if len(new) >= _AT_ONCE:
            cache.put(new)
            new = {}
        yield name, keys[name], placed(body, by_id[name])
    cache.put(new)


def _lumps(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    return (documents[start : start + _AT_ONCE] for start in range(0, len(documents), _AT_ONCE))
