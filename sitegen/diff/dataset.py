"""Diff: a dataset -> its documents put together, each as a list of what came of its chunks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field

from sitegen.assemble import assemble
from sitegen.errors import Location
from sitegen.model import Document, Section
from sitegen.read.inputs import read
from sitegen.urls import natural_key

Row = tuple[tuple[tuple[int, int, str], ...], int]
"""A row's place among those of all files."""


class Piece(Struct, frozen=True):
    """What a document has of a chunk: its page, its position there, its text, its section.

    Repeated rows and what rows overlap by are in it once, as on the site. ``url`` is the page's
    old address.
    """

    page: str
    position: int
    text: str
    section: Section
    url: str

    @property
    def id(self) -> str:
        """The chunk's id."""
        return self.section.chunk_id

    @property
    def anchor(self) -> str:
        """The section that the chunk belongs to; empty above the first heading."""
        return self.section.anchor

    @property
    def location(self) -> Location:
        """Where the chunk was read."""
        return Location(self.section.file, self.section.row, self.section.chunk_id)

    @property
    def row(self) -> Row:
        """Where its row stands in the dataset."""
        return natural_key(self.section.file), self.section.row or 0


class Dataset(Struct, frozen=True):
    """Pages by document id, in order of the ids."""

    pages: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)

    @property
    def chunks(self) -> int:
        """The number of chunks that the pages are made of."""
        return sum(map(len, self.pages.values()))


def read_dataset(
    inputs: str | Sequence[str],
    columns: Mapping[str, str] = MappingProxyType({}),
    *,
    config_name: str = "",
) -> Dataset:
    """Read a dataset; where it was made (the common root of its sources) does not count.

    Raises:
        ReadError: It cannot be read.
    """
    named = [inputs] if isinstance(inputs, str) else inputs
    documents = assemble(read(named, columns, [], config_name=config_name), []).documents
    pages = {document.id: tuple(_pieces(document)) for document in documents}
    return Dataset(MappingProxyType(dict(sorted(pages.items()))))


def _pieces(document: Document) -> list[Piece]:
    """List what a document has of its chunks; the title of a file's front matter is text too."""
    pieces = []
    for position, (section, text, _) in enumerate(document.parts()):
        titled = document.title and not position and section.row is None
        shown = f"{document.title}\n\n{text.strip()}" if titled else text.strip()
        pieces.append(Piece(document.id, position, shown, section, document.url))
    return pieces
