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
    """Whether rows count from anew in each language or version, or else lie together there."""
    several: dict[str, list[Chunk]] = {}
    for chunk in group:
        several.setdefault(chunk.edition[1 - kind], []).append(chunk)
    return all(_lie_apart(same, kind) for same in several.values())


def _lie_apart(group: Sequence[Chunk], kind: int) -> bool:
    numbers = [chunk.order if chunk.order is not None else chunk.start for chunk in group]
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
