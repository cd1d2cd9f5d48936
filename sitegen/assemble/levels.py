"""Assemble: rows that are parts of other rows, as of parents and children, are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sitegen.assemble.groups import Groups
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Chunk

_EDGE = 40  # characters that two rows begin or end with by no accident
_FAR = 60  # characters from the edge, with white space
_LONGEST_SEARCH = 2_000_000_000  # characters, in all rows of a page for each of them
_MUCH = 0.5  # as much of the text of a page is there again, where a dataset has several levels


def without_parts(groups: Groups, notices: list[Diagnostic]) -> Groups:
    """The rows of each source without those that another one holds, if the dataset has such levels.

    Some splitters write the large pieces and the small ones that these were cut into, or a piece
    once for each question that it answers. The large ones have fewer seams.
    """
    if not _are_alike(groups):
        return groups
    kept = parts = 0
    place: Location | None = None
    for group in groups.values():
        if len(group) > 1:
            whole = _whole(group)
            size = sum(len(group[number].text) for number in whole)
            kept, parts = kept + size, parts + sum(len(c.text) for c in group) - size
            out = set(range(len(group))) - whole
            place = place or next((group[number].location for number in sorted(out)), None)
    if place is None or parts < _MUCH * kept:
        return groups
    message = f"rows that hold a part of another row alone are left out: {parts:,} characters"
    notices.append(Diagnostic("part-of-a-row", Severity.INFO, message, place))
    return groups.changed(lambda _, group: [group[number] for number in sorted(_whole(group))])


def _are_alike(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether on most pages of several rows two of them begin, or end, with the same words."""
    several = alike = 0
    for group in groups.values():
        if len(group) > 1:
            several += 1
            alike += _has_twice(c.text[:_FAR].lstrip()[:_EDGE] for c in group) or _has_twice(
                c.text[-_FAR:].rstrip()[-_EDGE:] for c in group
            )
    return 2 * alike > several


def _has_twice(edges: Iterable[str]) -> bool:
    long = [edge for edge in edges if len(edge) == _EDGE]
    return len(set(long)) < len(long)


def _whole(group: Sequence[Chunk]) -> set[int]:
    """The numbers of the rows of a page that no other one holds; of equal ones that of the first.

    A page that is too large to search for each of its rows is left as it is.
    """
    if len(group) * sum(len(chunk.text) for chunk in group) > _LONGEST_SEARCH:
        return set(range(len(group)))
    longest = sorted(range(len(group)), key=lambda number: -len(group[number].text))
    whole: list[int] = []
    for number in longest:
        if not any(_holds(group[other], group[number]) for other in whole):
            whole.append(number)
    return set(whole)


def _holds(whole: Chunk, part: Chunk) -> bool:
    """Whether a row holds the text of another one, which is in no other section."""
    if part.anchor != whole.anchor and part.anchor and whole.anchor:
        return False
    is_below = part.headings[: len(whole.headings)] == whole.headings
    return is_below and bool(text := part.text.strip()) and text in whole.text
