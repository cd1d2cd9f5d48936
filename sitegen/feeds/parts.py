"""Parts: files of a feed that are made again only where what each is made of has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from sitegen.model import OutputFile

PartOfFeed = tuple[object, Callable[[], OutputFile]]
"""What a file is made of (``None``: it is always made), and what makes it."""


class Files(Protocol):
    """The files of a site so far."""

    @property
    def paths(self) -> AbstractSet[str]:
        """The paths of all of them."""

    def read(self, path: str) -> bytes:
        """A file by its path."""

    def facts(self) -> Mapping[str, object]:
        """What there is to say of all of them."""


class TakenFiles(Files, Protocol):
    """The same of a site that is written."""

    def entry(self, path: str) -> tuple[int, object]:
        """How many bytes a file has, and what these are known by."""

    def is_made(self, made_of: object) -> bool:
        """Whether the last build made a file of the same, which is there still."""
