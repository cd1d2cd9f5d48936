"""Assemble: a source whose rows are in several languages or versions -> a page in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import groupby

from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk, Edition

_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://[^/]*)?/*")
_KINDS = ("languages", "versions")
_SHOWN = 5
_FENCES = ("```", "~~~")
_START = re.compile(r"\s*+(?P<mark>#{1,6}(?=[ \t])|```|~~~|)[ \t]*(?P<words>[^\n]{0,40})")
"""How a text starts: as much as is the same in two versions of it, and with which mark."""


def kinds_apart(
    editions: Mapping[str, Set[Edition]], rows: Callable[[str], Sequence[Chunk]]
) -> tuple[int, ...]:
    """Which of language (0) and version (1) make pages of their own out of rows of one source.

    ``editions`` are those of the rows of each source, which ``rows`` gives. What a program guessed
    of each row, or what counts its changes, parts no page: only whole pages that stand beside each
    other do.
    """
    return tuple(kind for kind in range(len(_KINDS)) if _are_apart(kind, editions, rows))


def _are_apart(
    kind: int, editions: Mapping[str, Set[Edition]], rows: Callable[[str], Sequence[Chunk]]
) -> bool:
    whole = total = 0
    for source, found in editions.items():
        if len({edition[kind] for edition in found} - {""}) > 1:
            group = rows(source)
            total += len(group)
            whole += len(group) * _are_whole(group, kind)
    return 2 * whole > total


def _are_whole(group: Sequence[Chunk], kind: int) -> bool:
    """Whether rows count from anew in each language or version, or else start as a page there."""
    several: dict[str, list[Chunk]] = {}
    for chunk in group:
        several.setdefault(chunk.edition[1 - kind], []).append(chunk)
    return all(
        _count_anew(same, kind) or (_start_alike(same, kind) and _lie_apart(same, kind))
        for same in several.values()
    )


def _count_anew(group: Sequence[Chunk], kind: int) -> bool:
    """Whether no number is met again in a language or version, but some are in others."""
    counted = {(chunk.edition[kind], _number(chunk)) for chunk in group}
    times = Counter(number for _, number in counted)
    shared = sum(count > 1 for count in times.values())
    return len(counted) == len(group) and None not in times and shared > 1


def _start_alike(group: Sequence[Chunk], kind: int) -> bool:
    """Whether most of the versions start with the same words, or languages with the same mark.

    What a changelog tells of each version does not, nor code in several languages in a page.
    """
    several: dict[str, list[Chunk]] = {}
    for chunk in group:
        several.setdefault(chunk.edition[kind], []).append(chunk)
    starts = Counter(_start(_first(own), kind) for own in several.values())
    return 2 * max(starts.values()) > len(several) and starts.keys().isdisjoint(_FENCES)


def _first(group: Sequence[Chunk]) -> Chunk:
    if any(_number(chunk) is None for chunk in group):
        return group[0]
    return min(group, key=lambda chunk: (_number(chunk) or 0, chunk.text))


def _start(chunk: Chunk, kind: int) -> str:
    start = _START.match(chunk.text)
    mark, words = (start["mark"], start["words"].strip()) if start else ("", "")
    if chunk.headings and not mark:
        words, level = chunk.headings[-1]
        mark = "#" * level
    return words if _KINDS[kind] == "versions" else mark


def _number(chunk: Chunk) -> int | None:
    return chunk.order if chunk.order is not None else chunk.start


def _lie_apart(group: Sequence[Chunk], kind: int) -> bool:
    numbers = [_number(chunk) for chunk in group]
    if None not in numbers:
        return len(set(numbers)) < len(numbers)
    told = [chunk.edition[kind] for chunk in group]
    counts = Counter(told)
    are_alike = len(set(counts.values())) == 1 < len(counts)
    return are_alike or sum(1 for _ in groupby(told)) == len(counts)


@lru_cache(maxsize=64)  # the rows of a page stand together, and share the name of it
def source_in(kinds: tuple[int, ...], edition: Edition, source: str) -> str:
    """The path of a source below the folders of its version and language, if it names none."""
    told = [edition[kind] for kind in sorted(kinds, reverse=True)]
    host = _HOST.match(source)
    start = host.end() if host else 0
    path = source[start:]
    above = [folder for folder in told if folder and f"/{folder}/" not in f"/{path}"]
    return source[:start] + "/".join((*above, path)) if above else source


def told_apart(kinds: Sequence[int], editions: Mapping[str, Set[Edition]]) -> list[Diagnostic]:
    """Say which languages and versions have folders of their own."""
    found = []
    for kind in kinds:
        names = sorted({e[kind] for own in editions.values() for e in own if e[kind]})
        shown = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
        name = _KINDS[kind].removesuffix("s")
        found.append(
            Diagnostic(
                "editions-apart",
                Severity.INFO,
                f"pages are in several {_KINDS[kind]}, {shown}: each has a folder of its own",
                help=f"if they are one page all the same: columns = {{ {name} = false }}",
            )
        )
    return found
