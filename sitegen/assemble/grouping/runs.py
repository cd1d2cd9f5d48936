"""Assemble: rows as they come -> those of each source, in runs of rows that follow each other."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import cast

from sitegen.assemble.grouping.sources import same_path
from sitegen.model import Chunk, Edition
from sitegen.model.runs import PartOfFile
from sitegen.store.shelf import Shelf

PAGE = attrgetter("page")


class Runs:
    """Rows of one source that come one after another, and the numbers of those of each source.

    ``pages`` and ``editions`` are what the rows of each source name, ``files`` the sources of which
    a file came first.
    """

    def __init__(self, folder: Path | None) -> None:
        """Put aside in ``folder`` what does not fit into memory."""
        self.shelf: Shelf[list[Chunk]] = Shelf(list[Chunk], folder)
        self.numbers: dict[str, array[int]] = {}
        self.counts: dict[str, int] = {}
        self.with_files: set[str] = set()
        self.files: set[str] = set()
        self.pages: dict[str, set[str]] = {}
        self.editions: dict[str, set[Edition]] = {}

    def take(self, rows: Iterable[Chunk | PartOfFile]) -> None:
        """Take rows as they come, each by its source, however that is written."""
        for is_packed, some in groupby(rows, _are_packed):
            if is_packed:
                for part in cast("Iterator[PartOfFile]", some):
                    self._add_packed(part)
            else:
                for written, run in groupby(cast("Iterator[Chunk]", some), attrgetter("source")):
                    self._add_chunks(same_path(written), list(run))

    def _add_packed(self, part: PartOfFile) -> None:
        values: list[tuple[int, int, str]] = []
        first = len(self.shelf)
        for number, run in enumerate(part.runs, first):
            source = same_path(run.source)
            # Rows that lie apart are put together later, and known by other bytes.
            known_by = "" if source in self.numbers else run.known_by
            self._note(source, number, run.count, run.pages, run.editions)
            values.append((run.length, run.size, known_by))
        self.shelf.append_bulk(part.packed, values)

    def _add_chunks(self, source: str, run: list[Chunk]) -> None:
        if run[0].row is None and source not in self.numbers:
            self.files.add(source)
        editions = {chunk.edition for chunk in run if any(chunk.edition)}
        self.add(source, run, filter(None, map(PAGE, run)), editions)

    def add(
        self,
        source: str,
        run: list[Chunk],
        pages: Iterable[str] = (),
        editions: Collection[Edition] = (),
    ) -> None:
        """Take rows that follow those of the source that were taken, and what they name."""
        self._note(source, len(self.shelf), len(run), pages, editions)
        if any(chunk.row is None for chunk in run):
            self.with_files.add(source)
        self.shelf.append(run, sum(len(chunk.text) for chunk in run))

    def _note(
        self,
        source: str,
        number: int,
        count: int,
        pages: Iterable[str],
        editions: Collection[Edition],
    ) -> None:
        self.numbers.setdefault(source, array("Q")).append(number)
        self.counts[source] = self.counts.get(source, 0) + count
        self.pages.setdefault(source, set()).update(pages)
        if editions:
            self.editions.setdefault(source, set()).update(editions)

    def rows(self, source: str) -> list[Chunk]:
        """All rows of a source."""
        return [chunk for number in self.numbers[source] for chunk in self.shelf[number]]

    def first(self, source: str) -> Chunk:
        """The first row of a source."""
        return self.shelf[self.numbers[source][0]][0]

    def pop(self, source: str) -> Iterator[list[Chunk]]:
        """Yield the runs of a source, which is none of these any more."""
        del self.counts[source]
        return (self.shelf[number] for number in self.numbers.pop(source))


def _are_packed(rows: Chunk | PartOfFile) -> bool:
    return isinstance(rows, PartOfFile)
