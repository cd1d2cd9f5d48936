"""Diff: the pages of two datasets are paired, then their chunks; what has no pair came or went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from sitegen.diff.dataset import Dataset, Piece
from sitegen.diff.pairs import Pair, equal_pairs, out_of_order, rechunked_runs, similar_pairs

_SAME_PAGE = 0.5  # of the chunks of a page that went; as many make one that came the same page


class Kind(StrEnum):
    """What became of a page or a chunk."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RECHUNKED = "re-chunked"
    ROW_MOVED = "row-moved"


class Change(Struct, frozen=True):
    """What became of chunks: ``old`` is empty for what came, ``new`` for what went.

    ``similarity`` is between 0 and 1 and tells how much of the words of a changed chunk stayed.
    A ``row-moved`` chunk stands at another row of the file and at the same place of its page: the
    site does not change.
    """

    kind: Kind
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    similarity: float = 1.0

    @property
    def page(self) -> str:
        """The page that it is reported on: the new one where there is one."""
        return (self.new or self.old)[0].page


class PageChange(Struct, frozen=True):
    """What became of a page; ids are empty where it is not."""

    kind: Kind
    old: str
    new: str


class Difference(Struct, frozen=True):
    """All changes, in order of pages and positions."""

    pages: tuple[PageChange, ...]
    chunks: tuple[Change, ...]
    old_chunks: int

    def count(self, kind: Kind) -> int:
        """Count the chunks of one kind; of re-chunked ones those of the side that has more."""
        return sum(max(len(c.old), len(c.new)) for c in self.chunks if c.kind is kind)

    @property
    def percent(self) -> float:
        """How much of all chunks, those of both datasets once, differs on the site."""
        differing = sum(self.count(kind) for kind in Kind if kind is not Kind.ROW_MOVED)
        touched = sum(len(c.old) for c in self.chunks if c.kind is not Kind.ROW_MOVED)
        return 100 * differing / max(self.old_chunks - touched + differing, 1)

    @property
    def summary(self) -> str:
        """Say the sums in two lines."""
        pages = Counter(page.kind for page in self.pages)
        on_pages = ", ".join(f"{pages[kind]:,} {kind}" for kind in Kind if pages[kind]) or "equal"
        of_chunks = (
            ", ".join(f"{n:,} {kind}" for kind in Kind if (n := self.count(kind))) or "equal"
        )
        return f"pages: {on_pages}\nchunks: {of_chunks} ({self.percent:.2f}% of the chunks differ)"


def compare(old: Dataset, new: Dataset) -> Difference:
    """Say what became of every page and chunk; equal ones are not mentioned."""
    partners = _partners(old, new)
    changes: list[Change] = []
    kept: list[Pair] = []
    gone: list[Piece] = [p for page in old.pages.keys() - partners for p in old.pages[page]]
    came = [p for page in new.pages.keys() - set(partners.values()) for p in new.pages[page]]
    for page, partner in sorted(partners.items()):
        found = _compare_page(old.pages[page], new.pages[partner])
        changes += found.changes
        kept += found.kept
        gone += found.gone
        came += found.came
    across, gone, came = equal_pairs(_sorted(gone), _sorted(came))
    changes += [Change(Kind.MOVED, (a,), (b,)) for a, b in across]
    changes += [Change(Kind.REMOVED, (piece,), ()) for piece in gone]
    changes += [Change(Kind.ADDED, (), (piece,)) for piece in came]
    rows = out_of_order(sorted(kept, key=lambda pair: pair[0].row), key=lambda pair: pair[1].row)
    changes += [Change(Kind.ROW_MOVED, (a,), (b,)) for a, b in rows]
    changes.sort(key=lambda change: (change.page, (change.new or change.old)[0].position))
    pages = tuple(_page_changes(old, new, partners, changes))
    return Difference(pages, tuple(changes), old.chunks)


def _partners(old: Dataset, new: Dataset) -> dict[str, str]:
    """Pair pages of one id, then those that share most of their chunks: these were renamed."""
    partners = {page: page for page in old.pages if page in new.pages}
    at: dict[str, set[str]] = defaultdict(set)
    for page in new.pages.keys() - old.pages.keys():
        for piece in new.pages[page]:
            at[piece.text].add(page)
    scores = []
    for page in sorted(old.pages.keys() - new.pages.keys()):
        shared = Counter(other for p in old.pages[page] for other in at.get(p.text, ()))
        least = _SAME_PAGE * len(old.pages[page])
        scores += [(-n, page, other) for other, n in shared.items() if n >= least]
    taken: set[str] = set()
    for _, page, other in sorted(scores):
        if page not in partners and other not in taken:
            partners[page] = other
            taken.add(other)
    return partners


class _Found(Struct, frozen=True):
    changes: list[Change]
    kept: list[Pair]
    gone: list[Piece]
    came: list[Piece]


def _compare_page(old: Sequence[Piece], new: Sequence[Piece]) -> _Found:
    """Pair the chunks of a page: equal, cut otherwise, then alike; surest first."""
    equal, gone, came = equal_pairs(old, new, same_section=True)
    equal.sort(key=lambda pair: pair[0].position)
    shuffled = out_of_order(equal, key=lambda pair: pair[1].position)
    moved = set(shuffled)
    kept = [pair for pair in equal if pair not in moved]
    elsewhere, gone, came = equal_pairs(gone, came)
    changes = [Change(Kind.MOVED, (a,), (b,)) for a, b in (*shuffled, *elsewhere)]
    runs = list(rechunked_runs(gone, came))
    changes += [Change(Kind.RECHUNKED, before, after) for before, after in runs]
    cut = {piece for run in runs for side in run for piece in side}
    gone, came = ([p for p in side if p not in cut] for side in (gone, came))
    for a, b, similarity in similar_pairs(gone, came):
        changes.append(Change(Kind.CHANGED, (a,), (b,), similarity))
        gone.remove(a)
        came.remove(b)
    return _Found(changes, kept, gone, came)


def _page_changes(
    old: Dataset, new: Dataset, partners: dict[str, str], changes: Iterable[Change]
) -> Iterator[PageChange]:
    touched_old, touched_new = set(), set()
    for change in changes:
        if change.kind is not Kind.ROW_MOVED:
            touched_old |= {piece.page for piece in change.old}
            touched_new |= {piece.page for piece in change.new}
    for page in sorted(old.pages):
        if page not in partners:
            yield PageChange(Kind.REMOVED, page, "")
        elif (partner := partners[page]) != page:
            yield PageChange(Kind.MOVED, page, partner)
        elif page in touched_old or page in touched_new:
            yield PageChange(Kind.CHANGED, page, page)
    for page in sorted(new.pages.keys() - set(partners.values())):
        yield PageChange(Kind.ADDED, "", page)


def _sorted(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (piece.page, piece.position))
