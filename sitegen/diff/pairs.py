"""Diff: the chunks of two pages -> which are the same, cut otherwise, or alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

from sitegen.diff.dataset import Piece

Pair = tuple[Piece, Piece]
Run = tuple[tuple[Piece, ...], tuple[Piece, ...]]

_ALIKE = 0.5  # of the words; less is another text, unless it stands at the same place
_ALIKE_HERE = 0.2
_MOST = 60_000  # pairs of a page that are compared word by word
_WORDS = re.compile(r"\w+|[^\w\s]")
_T = TypeVar("_T")
_TRAITS: tuple[Callable[[Piece], Hashable], ...] = (
    lambda piece: piece.id,
    lambda piece: (piece.url, piece.anchor),
    lambda _: None,
)


def equal_pairs(
    old: Sequence[Piece], new: Sequence[Piece], *, same_section: bool = False
) -> tuple[list[Pair], list[Piece], list[Piece]]:
    """Pair chunks of equal text, the first with the first; what is left of both sides follows.

    Among several of one text (licences, boilerplate) the same id speaks for a pair, then the same
    old address.
    """

    def key(piece: Piece) -> Hashable:
        return (piece.anchor, piece.text) if same_section else piece.text

    pairs: list[Pair] = []
    gone, came = list(old), list(new)
    for trait in _TRAITS:
        waiting: dict[Hashable, deque[Piece]] = defaultdict(deque)
        for piece in came:
            waiting[key(piece), trait(piece)].append(piece)
        found = [(p, same.popleft()) for p in gone if (same := waiting.get((key(p), trait(p))))]
        pairs += found
        before, after = {a for a, _ in found}, {b for _, b in found}
        gone = [piece for piece in gone if piece not in before]
        came = [piece for piece in came if piece not in after]
    return pairs, gone, came


def out_of_order(items: Sequence[_T], key: Callable[[_T], Any]) -> list[_T]:
    """Give the fewest items without which the keys of the others ascend."""
    tails: list[Any] = []  # the least last key of an ascending series of each length
    last: list[int] = []  # the index of the item behind each of these
    before: list[int] = []
    for index, item in enumerate(items):
        at = bisect_left(tails, key(item))
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1] = [key(item)]
        last[at : at + 1] = [index]
    kept: set[int] = set()
    index = last[-1] if last else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return [item for index, item in enumerate(items) if index not in kept]


def rechunked_runs(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Run]:
    """Find neighbours that hold one text between them and are cut at other places."""
    starts: dict[str, list[int]] = defaultdict(list)
    bare = [_bare(piece) for piece in new]
    for index, text in enumerate(bare):
        if text:
            starts[text[:_PROBE]].append(index)
    done_old, done_new = 0, set[int]()
    for first, piece in enumerate(old):
        text = _bare(piece)
        if first < done_old or not text:
            continue
        for start in _candidates(text, starts):
            ends = _extend(old, first, new, start)
            if ends and done_new.isdisjoint(range(start, ends[1])):
                done_old = ends[0]
                done_new |= set(range(start, ends[1]))
                yield tuple(old[first : ends[0]]), tuple(new[start : ends[1]])
                break


_PROBE = 12  # characters by which the beginning of a run is found


def _candidates(text: str, starts: dict[str, list[int]]) -> list[int]:
    found = starts.get(text[:_PROBE], [])
    shorter = [i for n in range(1, min(len(text), _PROBE)) for i in starts.get(text[:n], [])]
    return found + shorter


def _extend(
    old: Sequence[Piece], first: int, new: Sequence[Piece], start: int
) -> tuple[int, int] | None:
    """Take neighbours in turn from the side that is behind until both have the same text."""
    left, right = _bare(old[first]), _bare(new[start])
    end_old, end_new = first + 1, start + 1
    while left != right:
        if not (left.startswith(right) or right.startswith(left)):
            return None
        behind, end = (old, end_old) if len(left) < len(right) else (new, end_new)
        if end == len(behind) or behind[end].position != behind[end - 1].position + 1:
            return None
        if behind is old:
            left, end_old = left + _bare(old[end]), end + 1
        else:
            right, end_new = right + _bare(new[end]), end + 1
    is_cut_otherwise = (end_old - first, end_new - start) != (1, 1)
    return (end_old, end_new) if is_cut_otherwise else None


def _bare(piece: Piece) -> str:
    return "".join(piece.text.split())


def similar_pairs(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[Piece, Piece, float]]:
    """Pair the chunks that are alike, the most alike first; ids and sections speak for a pair."""
    if len(old) * len(new) > _MOST:
        by_id = {piece.id: piece for piece in new if piece.id}
        tried = [(a, by_id[a.id]) for a in old if a.id in by_id]
    else:
        tried = [(a, b) for a in old for b in new]
    words = {piece: Counter(_WORDS.findall(piece.text)) for piece in (*old, *new)}
    scored = []
    for a, b in tried:
        likeness = _likeness(words[a], words[b])
        same_id = a.id == b.id and a.id != ""
        same_section = a.anchor == b.anchor
        least = _ALIKE_HERE if same_section else _ALIKE
        if likeness >= least or (same_id and same_section):
            score = likeness + 0.5 * same_id + 0.5 * same_section
            scored.append((-score, a.position, b.position, likeness, a, b))
    scored.sort(key=lambda entry: entry[:3])
    taken: set[Piece] = set()
    pairs = []
    for *_, likeness, a, b in scored:
        if a not in taken and b not in taken:
            taken |= {a, b}
            pairs.append((a, b, round(likeness, 3)))
    return pairs


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    """Give the share of words that two texts have in common (Dice's coefficient)."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0
