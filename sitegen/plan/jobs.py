"""Jobs: what there is to do to render a document, and the key by which that is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from sitegen.errors import Diagnostic
from sitegen.model import Document, LinkSpace, Site
from sitegen.model.calls import Call
from sitegen.model.moves import Redirects
from sitegen.model.objects import Named
from sitegen.plan.references import References
from sitegen.store.cache import digest
from sitegen.store.memory import Memory

DIGEST = "digest"
"""What a memory knows the digest of a document by: the document."""


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
        return _unplaced(self.document), self.space, self.named

    def key(self, memory: Memory | None = None) -> str:
        """Digest these arguments; a ``memory`` knows the digest of a document."""
        document = self.document
        make = partial(_digest, document)
        own = memory.recall(DIGEST, document.id, document, make) if memory else make()
        return digest(own, self.space, self.named)


def _digest(document: Document) -> str:
    return digest(_unplaced(document))


def _unplaced(document: Document) -> Document:
    return replace(
        document, sections=tuple(replace(s, file="", row=None) for s in document.sections)
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned site, what its links may name, and what was noticed on the way."""

    site: Site
    space: LinkSpace
    references: References
    notices: tuple[Diagnostic, ...]
    redirects: Redirects

    @property
    def chunks(self) -> int:
        """How many chunks the pages are made of."""
        return sum(len(page.document.sections) for page in self.site.pages)

    def job(self, document: Document) -> Job:
        """Give what there is to do to render one of the documents."""
        return Job(document, self.space, self.references.of(document))
