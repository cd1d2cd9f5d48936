"""Assemble: chunks -> the chunks of each page: by their source or, where that is none, by url."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from msgspec.structs import replace

from sitegen.assemble.sources import same_path
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Chunk
from sitegen.store.shelf import Shelf

_NUMBER = re.compile(
    r"(?:(?<![-_#:.\s])[-_#:.\s]++(?:(?:chunk|part|section|split)[-_#:.\s]*+)?)?(?<!\d)\d+$",
    re.IGNORECASE,
)
_OF_ROWS = re.compile(
    r"(?:#|::|(?<![-_:#. ])[-_:#. ]++\(?chunk[-_:#. ]*+)(?P<number>\d{1,9})\)?$", re.IGNORECASE
)
"""What makes sources of rows from that of their page, where no name of a page ends so."""

_MANY = 10


class Groups(Mapping[str, list[Chunk]]):
    """The chunks of each source, in order of the sources; many are on a disk."""

    def __init__(self, folder: Path | None = None) -> None:
        """Put aside in ``folder`` what does not fit into memory."""
        self._numbers: dict[str, int] = {}
        self._shelf: Shelf[list[Chunk]] = Shelf(list[Chunk], folder)
        self._folder = folder
        self._with_files: set[str] = set()

    def _add(self, source: str, group: list[Chunk]) -> None:
        self._numbers[source] = len(self._numbers)
        if any(chunk.row is None for chunk in group):
            self._with_files.add(source)
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

    def with_files(self) -> Iterator[tuple[str, list[Chunk]]]:
        """Yield the sources with their chunks of which at least one is a file, no row."""
        return ((source, self[source]) for source in self if source in self._with_files)

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
    files: set[str] = set()
    for number, chunk in enumerate(chunks):
        rows.append(chunk, len(chunk.text))
        source = same_path(chunk.source)
        if source not in numbers:
            numbers[source] = array("Q")
            if chunk.row is None:
                files.add(source)
        numbers[source].append(number)
        if page := _page(chunk):
            pages.setdefault(source, set()).add(page)
    counted = _counted({source: own for source, own in numbers.items() if source not in files})
    if counted:
        return _by_number(Groups.of(rows, numbers, folder), counted, notices, folder)
    several = {source: found for source, found in pages.items() if len(found) > 1}
    names = [source for source in several if "/" not in source and "\\" not in source]

    def first(source: str) -> Location:
        return replace(rows[numbers[source][0]].location, chunk_id="")

    many = {source: several[source] for source in several if source not in names}
    of_rows = {source: len(own) for source, own in numbers.items() if source not in files}
    notices += _odd_pages(many, of_rows, first)
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


def _counted(numbers: Mapping[str, Sequence[int]]) -> Mapping[str, tuple[str, int]]:
    """The page and number of sources that have one row each, and count those of their page.

    All sources do, but for pages whose rows count from the second on: `a.md`, `a.md#1`.
    """
    found: dict[str, tuple[str, int]] = {}
    for source, own in numbers.items():
        if len(own) == 1 and (match := _OF_ROWS.search(source)):
            found[source] = source[: match.start()], int(match["number"])
    are_all = len(found) == len(numbers) > 1
    return found if are_all or all(page in numbers for page, _ in found.values()) else {}


def _by_number(
    groups: Groups,
    counted: Mapping[str, tuple[str, int]],
    notices: list[Diagnostic],
    folder: Path | None,
) -> Groups:
    """Gather rows whose sources count them by their pages, in the order of their numbers."""
    rows: Shelf[Chunk] = Shelf(Chunk, folder)
    numbers: dict[str, list[int]] = {}
    pages = {page for page, _ in counted.values()}
    for source, group in groups.drain():
        page, number = counted.get(source, (source, 0))
        for chunk in group:
            numbers.setdefault(page, []).append(len(rows))
            is_of_page = page in pages and chunk.order is None
            order = number if is_of_page else chunk.order
            rows.append(replace(chunk, source=page, order=order), len(chunk.text))
    message = f"the {len(counted):,} sources are {len(pages):,} pages with a number for each row"
    notices.append(
        Diagnostic("page-per-row", Severity.INFO, f"{message}: rows are grouped by page")
    )
    return Groups.of(rows, numbers, folder)


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


def _odd_pages(
    many: Mapping[str, Set[str]], rows: Mapping[str, int], place: Callable[[str], Location]
) -> Iterator[Diagnostic]:
    """Yield what makes pages of a dataset look wrong: several urls each, or a number each.

    ``many`` are the urls of pages that have several, ``rows`` counts those of each page.
    """
    if many:
        source = min(many)
        yield Diagnostic(
            "urls-of-a-page",
            Severity.INFO,
            f"{len(many):,} pages have rows of several urls, such as {source!r}: "
            f"{', '.join(sorted(many[source])[:2])}",
            place(source),
            'name the column of the pages\' paths: columns = { source = "NAME" }',
        )
    pages = {_NUMBER.sub("", source) for source in rows}
    if len(rows) >= _MANY and 2 * len(pages) <= len(rows) == sum(rows.values()):
        first = min(rows)
        yield Diagnostic(
            "page-per-row",
            Severity.WARNING,
            f"each row is a page of its own, such as {first!r}: the {len(rows):,} sources are "
            f"{len(pages):,} with a number each",
            place(first),
            'name the column of the pages\' paths: columns = { source = "NAME" }',
        )


def _page(chunk: Chunk) -> str:
    return chunk.url.partition("#")[0]
