"""Gathered: what the input says, and its way from the process that has read it.

To load this takes no time: only who reads needs what reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model import Document, LinkSpace
from sitegen.store.shelf import Shelf


class Gathered(Struct, frozen=True):
    """What the input says: its documents in source order, and what their links may name.

    ``is_first`` says that nothing was remembered yet when it was read, ``used`` what of it is
    needed until the build is done.
    """

    documents: Shelf[Document]
    space: LinkSpace
    notices: list[Diagnostic]
    is_first: bool = False
    used: set[int] | None = None


def aside(config: Config) -> Path | None:
    """Where a build puts what does not fit into memory; by itself, where programs do that."""
    return config.cache if isinstance(config.cache, Path) else None


def on_shelf(documents: Iterable[Document], folder: Path | None) -> Shelf[Document]:
    """Documents on a shelf."""
    return Shelf.of(documents, lambda each: len(each.text), Document, folder)


class Parcel(Struct, frozen=True):
    """What was gathered, as it is passed between processes."""

    documents: list[Document]
    space: LinkSpace
    notices: list[Diagnostic]


def gather_parcel(config: Config) -> Parcel:
    """What `gather` gives, for the process that asked this one for it."""
    from sitegen.pipeline.gather import gather

    gathered = gather(config)
    return Parcel(list(gathered.documents.drain()), gathered.space, gathered.notices)


def unpacked(parcel: Callable[[], Parcel], config: Config) -> Gathered:
    """What another process has gathered."""
    passed = parcel()
    return Gathered(on_shelf(passed.documents, aside(config)), passed.space, passed.notices)
