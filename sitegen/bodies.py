"""Bodies: from the cache where nothing that `render` reads has changed, else rendered and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

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
    """Yield each document's id, the digest of its call, and its body: the cached ones first.

    ``call_of`` gives the arguments of ``render``, which gives ids and bodies in any order.
    """
    keys: dict[str, str] = {}
    missing: list[Call] = []
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        calls = [call_of(document) for document in some]
        keys |= {arguments[0].id: digest(*arguments) for arguments in calls}
        found = cache.get(keys[document.id] for document in some)
        for document, arguments in zip(some, calls, strict=True):
            key = keys[document.id]
            if key in found:
                yield document.id, key, placed(found[key], document)
            else:
                missing.append(arguments)
    by_id = {document.id: document for document in documents}
    new: dict[str, Body] = {}
    for name, body in render(missing):
        new[keys[name]] = body
        if len(new) >= _AT_ONCE:
            cache.put(new)
            new = {}
        yield name, keys[name], placed(body, by_id[name])
    cache.put(new)
