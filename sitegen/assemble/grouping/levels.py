"""Assemble: rows that are parts of other rows, as of parents and children, are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from msgspec import field

from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk
from sitegen.scan import headings_in

_EDGE = 40  # characters that two rows begin or end with by no accident
_FAR = 60  # characters from the edge, with white space
_LONGEST_SEARCH = 2_000_000_000  # characters, in all rows of a page for each of them
_MUCH = 1 / 3  # of all text of pages is in parts of rows, where a dataset has several levels
_SOME = 4  # pages that show it
_MOSTLY = 0.7  # of the text of a row is in its parts


class Levels(Summary):
    """How many pages have several rows, and two that begin or end alike; some of these."""

    several: int = 0
    alike: int = 0
    some: list[str] = field(default_factory=list)


def look_for_levels(groups: Rows) -> Levels:
    """See whether rows of a page begin, or end, with the same words."""
    seen = Levels()
    for source, group in groups.items():
        if len(group) > 1:
            seen.several += 1
            texts = [chunk.text for chunk in group if len(chunk.text) >= _EDGE]
            if _has_twice([_begin(text) for text in texts]) or _has_twice(
                [text[-_FAR:].rstrip()[-_EDGE:] for text in texts]
            ):
                seen.alike += 1
                seen.some += [source][: _SOME - len(seen.some)]
    return seen


def without_parts(parts: Parts, seen: Levels) -> bool:
    """Leave out rows that another one holds, if the dataset has such levels: tell whether it has.

    Some splitters write the large pieces and the small ones that these were cut into, or a piece
    once for each question that it answers. The large ones have fewer seams.
    """
    if 2 * seen.alike <= seen.several or not _are_parts(parts.rows(seen.some[:_SOME])):
        return False
    parts.change("levels", _whole)
    return True


def _whole(_: str, group: list[Chunk], notices: list[Diagnostic]) -> list[Chunk]:
    held = _parts(group)
    if held:
        message = "rows that another row holds as a whole are left out"
        place = group[min(held)].location
        notices.append(Diagnostic("part-of-a-row", Severity.INFO, message, place))
    return [chunk for number, chunk in enumerate(group) if number not in held]


def _are_parts(groups: Rows) -> bool:
    """Whether some pages say much of what they say in several rows."""
    all_rows = parts = 0
    for group in groups.values():
        all_rows += sum(len(chunk.text) for chunk in group)
        parts += sum(len(group[number].text) for number in _parts(group))
    return parts > _MUCH * all_rows


def _begin(text: str) -> str:
    return text[:_EDGE] if text[0] > " " else text[:_FAR].lstrip()[:_EDGE]


def _has_twice(edges: Sequence[str]) -> bool:
    return len(set(edges)) < len(edges)


def _parts(group: Sequence[Chunk]) -> set[int]:
    """The numbers of the rows of a page that another one holds; of equal ones all but the first.

    A page that is too large to search for each of its rows is left as it is.
    """
    if len(group) * sum(len(chunk.text) for chunk in group) > _LONGEST_SEARCH:
        return set()
    page = "\0".join(chunk.text for chunk in group)
    whole: list[int] = []
    parts: dict[int, int] = {}
    for number in sorted(range(len(group)), key=lambda number: -len(group[number].text)):
        part = group[number]
        text = part.text.strip()
        is_again = text and page.find(text, page.find(text) + 1) >= 0
        held = (each for each in whole if _is_in(text, group[each].text)) if is_again else ()
        of = next((each for each in held if _may_hold(group[each], part)), None)
        if of is None:
            whole.append(number)
        else:
            parts[number] = of
    if told_better := _told_better(group, parts):
        return told_better | {part for part, of in parts.items() if of not in told_better}
    cut = _cut(group, parts)
    rest = {part: of for part, of in parts.items() if of not in cut}
    return (parts.keys() - rest.keys()) | _again(group, rest)


def _told_better(group: Sequence[Chunk], parts: Mapping[int, int]) -> set[int]:
    """The rows whose parts say in which section they are, while they have no headings themselves.

    Indexes for a search hold a page in plain words, and beside it each section of it.
    """
    sizes: dict[int, int] = {}
    for part, of in parts.items():
        is_told = group[part].anchor or group[part].headings
        sizes[of] = sizes.get(of, 0) + (len(group[part].text) if is_told else -len(group[of].text))
    return {
        of
        for of, size in sizes.items()
        if size > _MOSTLY * len(group[of].text)
        and not (group[of].anchor or group[of].headings)
        and not any(headings_in(group[of].text))
    }


def _cut(group: Sequence[Chunk], parts: Mapping[int, int]) -> set[int]:
    """The rows that were cut into others: these together say most of what they say.

    A paragraph that a page says again is there as a row too, and in one with other paragraphs.
    """
    smaller: dict[int, set[str]] = {}
    for part, of in parts.items():
        text, whole = group[part].text.strip(), group[of].text.strip()
        if len(text) < len(whole):
            smaller.setdefault(of, set()).add(text)
    return {
        of
        for of, texts in smaller.items()
        if max(map(len, texts)) >= _EDGE
        and sum(map(len, texts)) > _MOSTLY * len(group[of].text.strip())
    }


def _again(group: Sequence[Chunk], parts: Mapping[int, int]) -> set[int]:
    """Of rows that are equal to others those that come again, as a row for each question does.

    What comes once between two of them, or that they begin at different places of the page, shows
    that the page says it twice.
    """
    several = {*parts, *parts.values()}
    once = [0, *accumulate(number not in several for number in range(len(group)))]
    return {
        part
        for part, of in parts.items()
        if once[part] == once[of]
        and group[part].start == group[of].start
        and group[part].text.strip() == group[of].text.strip()
    }


def _is_in(part: str, whole: str) -> bool:
    """Whether a text is in another one, from the start of a mark on: `# A` is not in `## A`.

    A short one ends with a word of it: `# 1.1` is not in `# 1.10`.
    """
    is_short = len(part) < _EDGE and part[-1].isalnum()
    at = whole.find(part)
    while (at > 0 and whole[at - 1] == part[0] == "#") or (
        at >= 0 and is_short and whole[at + len(part) : at + len(part) + 1].isalnum()
    ):
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
