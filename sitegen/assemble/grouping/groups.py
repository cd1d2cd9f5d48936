"""Assemble: chunks -> the chunks of each page: by their source or, where that is none, by url."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import chain, groupby
from pathlib import Path

from msgspec.structs import replace

from sitegen.assemble.grouping.editions import kinds_apart, source_in, told_apart
from sitegen.assemble.grouping.runs import PAGE, Runs
from sitegen.assemble.grouping.sources import is_no_page, same_path
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Chunk
from sitegen.model.runs import PartOfFile
from sitegen.scan.patterns import rare
from sitegen.store.shelf import Shelf, runs_of

_NUMBER = rare(
    r"(?:(?<![-_#:.\s])[-_#:.\s]++(?:(?:chunk|part|section|split)[-_#:.\s]*+)?)?(?<!\d)\d+$",
    re.IGNORECASE,
)
_OF_ROWS = rare(
    r"(?:#|::|(?<![-_:#. ])[-_:#. ]++[(\[]?chunk[-_:#. ]*+|(?<=\w) [(\[]part )(?P<number>\d{1,9})"
    r"(?:(?: of |/)\d{1,9})?[)\]]?$",
    re.IGNORECASE,
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

    @property
    def is_large(self) -> bool:
        """Whether the chunks do not fit into memory."""
        return self._shelf.is_large

    def runs(self, usual: int) -> Iterator[list[str]]:
        """What the chunks of each source are known by, as `runs_of` parts large groups."""
        self._in_order()
        return runs_of(self._shelf, usual)

    def close(self) -> None:
        """Let go of all chunks."""
        self._shelf.close()

    def drain(self) -> Iterator[tuple[str, list[Chunk]]]:
        """Yield each source with its chunks, and let go of them."""
        self._in_order()
        return zip(self._numbers, self._shelf.drain(), strict=True)

    def _in_order(self) -> None:
        self._shelf.in_order(list(self._numbers.values()))
        self._numbers = {source: number for number, source in enumerate(self._numbers)}

    @classmethod
    def of(cls, runs: Runs, folder: Path | None) -> Groups:
        """The rows of each source, of whose runs nothing is added to any more."""
        groups, shelf, order = cls(folder), runs.shelf, list[int]()
        for source in sorted(runs.numbers):
            own = runs.numbers[source]
            if len(own) > 1:  # they lie apart
                shelf.append(runs.rows(source), 0)
            order.append(len(shelf) - 1 if len(own) > 1 else own[0])
            groups._numbers[source] = len(groups._numbers)
        shelf.in_order(order)
        groups._shelf, groups._with_files = shelf, runs.with_files
        return groups


def group_by_source(
    chunks: Iterable[Chunk | PartOfFile], notices: list[Diagnostic], folder: Path | None = None
) -> Groups:
    """Gather the chunks of each source, however its path is written.

    A source without a folder that has rows of several pages, by their urls, is the name of a
    project or of a file that is in many folders: its rows are gathered by url instead.
    """
    runs = Runs(folder)
    runs.take(chunks)
    if kinds := kinds_apart(runs.editions, runs.rows):
        notices += told_apart(kinds, runs.editions)
        return group_by_source(_by_edition(runs, kinds), notices, folder)
    counts = {source: count for source, count in runs.counts.items() if source not in runs.files}
    if counted := _counted(counts):
        return _by_number(Groups.of(runs, folder), counted, notices, folder)
    several = {source: found for source, found in runs.pages.items() if len(found) > 1}
    names = list(filter(is_no_page, several))

    def first(source: str) -> Location:
        return replace(runs.first(source).location, chunk_id="")

    many = {source: several[source] for source in several if source not in names}
    notices += _odd_pages(many, counts, first)
    _by_page(names, runs)
    groups = Groups.of(runs, folder)
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


def _by_edition(runs: Runs, kinds: tuple[int, ...]) -> Iterator[Chunk]:
    """Yield the rows of all sources, as those of a source in the folder of its edition."""
    for source in sorted(runs.numbers):
        for chunk in chain.from_iterable(runs.pop(source)):
            yield replace(chunk, source=source_in(kinds, chunk.edition, source), edition=("", ""))
    runs.shelf.close()


def _counted(counts: Mapping[str, int]) -> Mapping[str, tuple[str, int]]:
    """The page and number of sources that have one row each, and count those of their page.

    All sources do, but for pages whose rows count from the second on: `a.md`, `a.md#1`.
    """
    found: dict[str, tuple[str, int]] = {}
    for source, count in counts.items():
        if count == 1 and (match := _OF_ROWS.search(source)):
            found[source] = source[: match.start()], int(match["number"])
    if len(found) == len(counts) > 1:
        return found
    numbers: dict[str, set[int]] = {}
    for page, number in found.values():
        numbers.setdefault(page, set()).add(number)
    count_on = all(
        counts.get(page) == 1 and min(own) in {1, 2} and max(own) - min(own) < len(own)
        for page, own in numbers.items()
    )
    return found if count_on else {}


def _by_number(
    groups: Groups,
    counted: Mapping[str, tuple[str, int]],
    notices: list[Diagnostic],
    folder: Path | None,
) -> Groups:
    """Gather rows whose sources count them by their pages, in the order of their numbers."""
    runs = Runs(folder)
    pages = {page for page, _ in counted.values()}
    for source, group in groups.drain():
        page, number = counted.get(source, (source, 0))
        for chunk in group:
            is_of_page = page in pages and chunk.order is None
            order = number if is_of_page else chunk.order
            runs.add(page, [replace(chunk, source=page, order=order)])
    message = f"the {len(counted):,} sources are {len(pages):,} pages with a number for each row"
    notices.append(
        Diagnostic("page-per-row", Severity.INFO, f"{message}: rows are grouped by page")
    )
    return Groups.of(runs, folder)


def _by_page(names: Iterable[str], runs: Runs) -> None:
    """Take the rows of sources that are no pages as those of their urls instead."""
    for source in names:
        for run in runs.pop(source):
            for page, together in groupby(run, PAGE):
                runs.add(page or source, list(together))


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
    is_one_each = _MANY <= len(rows) == sum(rows.values())
    pages = {_NUMBER.sub("", source) for source in rows} if is_one_each else rows.keys()
    if is_one_each and 2 * len(pages) <= len(rows):
        first = min(rows)
        yield Diagnostic(
            "page-per-row",
            Severity.WARNING,
            f"each row is a page of its own, such as {first!r}: the {len(rows):,} sources are "
            f"{len(pages):,} with a number each",
            place(first),
            'name the column of the pages\' paths: columns = { source = "NAME" }',
        )
