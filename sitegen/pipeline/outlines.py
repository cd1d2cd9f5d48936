"""Outlines: what the whole site is looked up by of each page, in place of its body.

Those of pages that are together in a lot are remembered together: as long as none of them has
changed, no body is loaded for its outline, and no outline is unpacked.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from sitegen.model import Body
from sitegen.pipeline.pages import Outlines, Pages, outlines_of, size_of, without_texts
from sitegen.pipeline.rendering import Jobs, Ticket
from sitegen.store.later import AT_ONCE, expect, find_with_bulks, keep_with_bulks
from sitegen.store.packing import pack
from sitegen.store.recall import Store
from sitegen.store.sha256 import sha256_of
from sitegen.store.shelf import digest_of


class Kept(NamedTuple):
    """How much of bodies is kept: whether there is a full search, and what else is asked for.

    If they are ``whole`` there are anchors and remotes, of which there are many; ``printed`` ones
    have their HTML.
    """

    full: bool
    whole: bool
    printed: bool


class Outline(NamedTuple):
    """What a body says of itself, and the digest of what a search finds in it (if one is full)."""

    description: str
    sought: str


class Outlining:
    """Takes bodies as they come, in any order, and gives the outlines of all to the pages."""

    def __init__(self, pages: Pages, jobs: Jobs, store: Store, kept: Kept) -> None:
        """Keep so much of each body; of pages from which something has moved, the anchors too."""
        self._pages, self._jobs, self._store, self._kept = pages, jobs, store, kept
        self._spans = jobs.spans()
        lots = ([at] * len(span.numbers) for at, span in enumerate(self._spans))
        self._lots = array("L", chain.from_iterable(lots))
        moved = {self._lots[n] for n, head in enumerate(jobs.heads) if pages.page(head.id).moved}
        self._whole = range(len(self._spans)) if kept.whole else moved
        self._known: dict[int, list[Outline]] = {}
        self._expected = 0  # the first lot that is not looked up as yet: known pages come in order
        self._begun: dict[int, dict[int, tuple[Body, str]]] = {}

    def of(self, ticket: Ticket, body: Callable[[], Body]) -> Outline:
        """The outline of a body, which need not be loaded for it."""
        number = self._jobs.number(ticket.id)
        at = self._lots[number]
        numbers = self._spans[at].numbers
        if at not in self._known and at not in self._begun and not self._is_known(at):
            self._begun[at] = {}
        if at in self._known:
            return self._known[at][number - numbers.start]
        light, sought = self._light(at, body())
        begun = self._begun[at]
        begun[number] = light, sought
        if len(begun) == len(numbers):
            self._end(at, [begun[each] for each in numbers])
            begun.clear()  # nobody asks for another of these
        return Outline(light.description, sought)

    def _is_known(self, at: int) -> bool:
        """Whether the outlines of a lot were made before; then they are given to the pages."""
        if at >= self._expected:
            self._expected = min(at + AT_ONCE, len(self._spans))
            expect(self._store, list(map(self._key, range(at, self._expected))))
        key = self._key(at)
        found = find_with_bulks(self._store, key, Outlines) if key else None
        if found is None:
            return False
        outlines, (packed,) = found
        self._pages.add_all(self._ids(at), packed, outlines, self._known_by(at, key))
        self._known[at] = list(map(Outline, outlines.descriptions, outlines.sought))
        return True

    def _end(self, at: int, made: list[tuple[Body, str]]) -> None:
        """Keep the outlines of a lot, all of which are there, and give them to the pages."""
        bodies, sought = [body for body, _ in made], [each for _, each in made]
        outlines, key = outlines_of(bodies, sought), self._key(at)
        if key:
            packed = [pack(body) for body in bodies]
            lengths = [
                (len(data), size_of(body)) for data, body in zip(packed, bodies, strict=True)
            ]
            headed = digest_of(pack([body.headings for body in bodies]))
            outlines = replace(outlines, lengths=lengths, headed=headed)
            keep_with_bulks(self._store, key, outlines, [packed])
        self._pages.add_all(self._ids(at), bodies, outlines, self._known_by(at, key))

    def _light(self, at: int, body: Body) -> tuple[Body, str]:
        """As much of a body as is kept, and the digest of what is sought in it."""
        found = body.sought.encode("utf-8", "replace") if self._kept.full else b""
        light = without_texts(body)
        if at not in self._whole:
            light = replace(light, anchors=(), remotes=())
        if self._kept.printed:
            light = replace(light, html=body.html)
        return light, sha256_of(found, 32) if self._kept.full else ""

    def _key(self, at: int) -> str:
        numbers = self._spans[at].numbers
        keys = self._jobs.keys[numbers.start : numbers.stop]
        return self._store.key("outlines", (keys, self._kept, at in self._whole))

    def _known_by(self, at: int, key: str) -> str:
        span = self._spans[at]
        return self._store.key("placed", (key, span.known_by)) if span.known_by else ""

    def _ids(self, at: int) -> list[str]:
        return [self._jobs.heads[number].id for number in self._spans[at].numbers]
