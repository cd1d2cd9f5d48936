"""Assemble: rows that are parts of other rows, as of parents and children, are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sitegen.assemble.groups import Groups
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk

_EDGE = 40  # characters that two rows begin or end with by no accident
_FAR = 60  # characters from the edge, with white space
_LONGEST_SEARCH = 2_000_000_000  # characters, in all rows of a page for each of them
_MUCH = 1 / 3  # of all text of pages is in parts of rows, where a dataset has several levels
_SOME = 4  # pages that show it


def without_parts(groups: Groups, notices: list[Diagnostic]) -> Groups:
    """The rows of each source without those that another one holds, if the dataset has such levels.

    Some splitters write the large pieces and the small ones that these were cut into, or a piece
    once for each question that it answers. The large ones have fewer seams.
    """
    alike = _alike(groups)
    if not _are_parts(groups, alike[:_SOME]):
        return groups
    first: list[Chunk] = []

    def whole(_: str, group: list[Chunk]) -> list[Chunk]:
        parts = _parts(group)
        first.extend(group[number] for number in sorted(parts)[: not first])
        return [chunk for number, chunk in enumerate(group) if number not in parts]

    groups = groups.changed(whole)
    message = "rows that another row holds as a whole are left out"
    notices.append(Diagnostic("part-of-a-row", Severity.INFO, message, first[0].location))
    return groups


def _are_parts(groups: Mapping[str, Sequence[Chunk]], sources: Iterable[str]) -> bool:
    """Whether some pages say much of what they say in several rows."""
    all_rows = parts = 0
    for group in map(groups.__getitem__, sources):
        all_rows += sum(len(chunk.text) for chunk in group)
        parts += sum(len(group[number].text) for number in _parts(group))
    return parts > _MUCH * all_rows


def _alike(groups: Mapping[str, Sequence[Chunk]]) -> list[str]:
    """The pages of which two rows begin, or end, with the same words, if most of several do."""
    several = 0
    alike: list[str] = []
    for source, group in groups.items():
        if len(group) > 1:
            several += 1
            if _has_twice(c.text[:_FAR].lstrip()[:_EDGE] for c in group) or _has_twice(
                c.text[-_FAR:].rstrip()[-_EDGE:] for c in group
            ):
                alike.append(source)
    return alike if 2 * len(alike) > several else []


def _has_twice(edges: Iterable[str]) -> bool:
    long = [edge for edge in edges if len(edge) == _EDGE]
    return len(set(long)) < len(long)


def _parts(group: Sequence[Chunk]) -> set[int]:
    """The numbers of the rows of a page that another one holds; of equal ones all but the first.

    A page that is too large to search for each of its rows is left as it is.
    """
    if len(group) * sum(len(chunk.text) for chunk in group) > _LONGEST_SEARCH:
        return set()
    whole: list[Chunk] = []
    parts: set[int] = set()
    for number in sorted(range(len(group)), key=lambda number: -len(group[number].text)):
        part = group[number]
        text = part.text.strip()
        if text and any(_may_hold(other, part) for other in whole if _is_in(text, other.text)):
            parts.add(number)
        else:
            whole.append(part)
    return parts


def _is_in(part: str, whole: str) -> bool:
    """Whether a text is in another one, from the start of a mark on: `# A` is not in `## A`."""
    at = whole.find(part)
    while at > 0 and whole[at - 1] == part[0]:
        at = whole.find(part, at + 1)
    return at >= 0


def _may_hold(whole: Chunk, part: Chunk) -> bool:
    """Whether a row whose text is in another one is a part of it, and not in another section.

    Rows of one id are not looked at here: they are the same one, or one of them is wrong.
    """
    if part.id and part.id == whole.id:
        return False
    is_below = part.headings[: len(whole.headings)] == whole.headings
    return is_below and (part.anchor == whole.anchor or "" in {part.anchor, whole.anchor})
