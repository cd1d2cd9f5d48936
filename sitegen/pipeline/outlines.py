"""Outlines: what the whole site is looked up by of each page, in place of its body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sitegen.model import Body
from sitegen.pipeline.rendering import Job
from sitegen.store.digest import sha256_of
from sitegen.store.recall import Store


@dataclass(frozen=True, slots=True)
class Outline:
    """A body without its texts, and the digest of what a search finds in it (if one is full)."""

    body: Body
    sought: str


def outline_of(job: Job, body: Callable[[], Body], store: Store, *, full: bool) -> Outline:
    """The outline of a body, which need not be loaded for it."""
    return store.recall("outline", (job.key, full), partial(_outline, body, full=full), Outline)


def without_texts(body: Body) -> Body:
    """A body without what is large in it."""
    return replace(body, html="", markdown="", sought="")


def _outline(body: Callable[[], Body], *, full: bool) -> Outline:
    whole = body()
    found = whole.sought.encode("utf-8", "replace") if full else b""
    return Outline(without_texts(whole), sha256_of(found, 32) if full else "")
