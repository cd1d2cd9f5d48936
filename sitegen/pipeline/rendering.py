"""Rendering: restored documents -> bodies, each made once of all that `render` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sitegen.model import Body, Document, LinkSpace
from sitegen.model.objects import Named
from sitegen.pipeline.documents import Ground
from sitegen.pipeline.restoring import Prepared
from sitegen.pipeline.work import RENDER, Call
from sitegen.store.recall import Store
from sitegen.workers import Map


@dataclass(frozen=True, slots=True)
class Job:
    """A document to render with what it is told of others, and the key of its body."""

    prepared: Prepared
    named: Named
    key: str

    @property
    def call(self) -> Call:
        """What `render_one` reads; `with_places` says again where a finding's row is now."""
        return self.prepared.document, self.named


Rendered = Iterator[tuple[Job, Callable[[], Body]]]
"""Jobs with what gives their bodies, in any order."""


def job_of(prepared: Prepared, ground: Ground, store: Store) -> Job:
    """What there is to do to render a document."""
    named = ground.references.of(prepared.document, prepared.mentions)
    return Job(prepared, named, key_of(prepared.digest, ground.space, named, store))


def key_of(digest: str, space: LinkSpace, named: Named, store: Store) -> str:
    """What the body of a document with this digest is known by."""
    return store.key("body", (digest, space, named))


def render_all(prepared: Iterable[Prepared], ground: Ground, store: Store, each: Map) -> Rendered:
    """Yield all jobs with what gives their bodies: the known ones first, and not yet loaded.

    All documents are taken before this returns, so that other processes may begin early.
    """
    space = ground.space  # the rest of the ground is large, and not asked for any more then

    def make(jobs: Iterable[Job]) -> Iterator[tuple[int, Body]]:
        return each(RENDER, (job.call for job in jobs), space)

    jobs = (job_of(one, ground, store) for one in prepared)
    return store.recall_each("body", jobs, lambda job: job.key, make, Body)


def with_places(body: Body, document: Document) -> Body:
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
