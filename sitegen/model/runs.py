"""Runs of rows as they are kept, with what there is to know of them before they are unpacked."""

from __future__ import annotations

from msgspec import Struct

from sitegen.model.documents import Edition


class Run(Struct, frozen=True):
    """Rows of a dataset that follow each other and name one ``source``, written alike.

    ``packed`` are their chunks, ``known_by`` is the digest of these bytes. ``count`` is how many,
    ``size`` how many characters they have. ``pages`` are the addresses that they are of,
    ``editions`` the languages and versions that they name, each once.
    """

    source: str
    packed: bytes
    known_by: str
    count: int
    size: int
    pages: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()
