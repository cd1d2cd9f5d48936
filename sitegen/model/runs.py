"""Runs of rows as they are kept, with what there is to know of them before they are unpacked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from sitegen.model.documents import Edition


class Run(Struct, frozen=True):
    """Rows of a dataset that follow each other and name one ``source``, written alike.

    ``length`` is that of their packed chunks in bytes, ``known_by`` the digest of these. ``count``
    is how many, ``size`` how many characters they have. ``pages`` are the addresses that they are
    of, ``editions`` the languages and versions that they name, each once.
    """

    source: str
    length: int
    known_by: str
    count: int
    size: int
    pages: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()


class Bulk(Struct, frozen=True):
    """Packed values: in memory if they have just been made, else where ``load`` finds them."""

    load: Callable[[], Sequence[bytes]]
    is_here: bool = True


class PartOfFile(Struct, frozen=True):
    """The runs of a part of a file, and the packed chunks of each."""

    runs: Sequence[Run]
    packed: Bulk
