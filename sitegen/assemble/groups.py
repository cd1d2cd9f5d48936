"""Assemble: chunks -> the chunks of each page: by their source or, where that is none, by url."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen.assemble.sources import same_path
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk
from sitegen.store.shelf import Shelf


class Groups(Mapping[str, list[Chunk]]):
    """The chunks of each source, in order of the sources; many are on a disk."""

    def __init__(self, folder: Path | None = None) -> None:
        """Put aside in ``folder`` what does not fit into memory."""
        self._numbers: dict[str, int] = {}
        self._shelf: Shelf[list[Chunk]] = Shelf(list[Chunk], folder)
        self._folder = folder

    def _add(self, source: str, group: list[Chunk]) -> None:
        self._numbers[source] = len(self._numbers)
        self._shelf.append(group, sum(len(chunk.text) for chunk in group))

    def __getitem__(self, source: str) -> list[Chunk]:
        """The chunks of a source."""
        return self._shelf[self._numbers[source]]

    def __iter__(self) -> Iterator[str]:
        """Yield the sources."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """How many sources there are."""
        return len(self._numbers)

    def changed(self, change: Callable[[str, list[Chunk]], list[Chunk]]) -> Groups:
        """The groups that a function of source and chunks makes of these, which are let go of."""
        changed = Groups(self._folder)
        for source, group in self.drain():
            changed._add(source, change(source, group))
        return changed

    def pop(self, source: str) -> list[Chunk]:
        """The chunks of a source, which is none of these any more."""
        return self._shelf[self._numbers.pop(source)]

    def drain(self) -> Iterator[tuple[str, list[Chunk]]]:
        """Yield each source with its chunks, and let go of them."""
        self._shelf.in_order(list(self._numbers.values()))
        return zip(self._numbers, self._shelf.drain(), strict=True)

    @classmethod
    def of(
        cls, rows: Shelf[Chunk], numbers: Mapping[str, Sequence[int]], folder: Path | None
    ) -> Groups:
        """Gather rows that lie in any order, by the numbers of those of each source."""
        groups = cls(folder)
        for source in sorted(numbers):
            groups._add(source, [rows[number] for number in numbers[source]])
        rows.close()
        return groups


def group_by_source(
    chunks: Iterable[Chunk], notices: list[Diagnostic], folder: Path | None = None
) -> Groups:
    """Gather the chunks of each source, however its path is written.

    A source without a folder that has rows of several pages, by their urls, is the name of a
    project or of a file that is in many folders: its rows are gathered by url instead.
    """
    rows: Shelf[Chunk] = Shelf(Chunk, folder)
    numbers: dict[str, array[int]] = {}
    pages: dict[str, set[str]] = {}
    for number, chunk in enumerate(chunks):
        rows.append(chunk, len(chunk.text))
        source = same_path(chunk.source)
        if source not in numbers:
            numbers[source] = array("Q")
        numbers[source].append(number)
        if "/" not in source and "\\" not in source and (page := _page(chunk)):
            pages.setdefault(source, set()).add(page)
    names = [source for source, found in pages.items() if len(found) > 1]
    groups = Groups.of(rows, _by_page(names, numbers, rows), folder)
    if names:
        shown = ", ".join(map(repr, sorted(names)[:3])) + (", ..." if len(names) > 3 else "")
        notices.append(
            Diagnostic(
                "grouped-by-url",
                Severity.INFO,
                f"{len(names)} sources are no pages but hold several, by their urls: {shown}; "
                "rows are grouped by url",
                help="to group them by source all the same: columns = { url = false }",
            )
        )
        groups = groups.changed(lambda source, group: [_of_page(c, source) for c in group])
    return groups


def _by_page(
    names: Iterable[str], numbers: dict[str, array[int]], rows: Shelf[Chunk]
) -> dict[str, array[int]]:
    """Number the rows of sources that are no pages by their urls instead."""
    for source in names:
        for number in numbers.pop(source):
            page = _page(rows[number]) or source
            numbers.setdefault(page, array("Q")).append(number)
    return numbers


def _of_page(chunk: Chunk, source: str) -> Chunk:
    """A chunk of this page, by whatever name it came."""
    return chunk if same_path(chunk.source) == source else replace(chunk, source=source)


def _page(chunk: Chunk) -> str:
    return chunk.url.partition("#")[0]
