"""Assemble: lines above or below each text that count it among those of its page are taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sitegen.assemble.grouping.groups import Groups
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk

_COUNTER = re.compile(
    r"[\s\[(<*_#=-]*(?:(?P<chunk>chunk)|part|segment|piece|passage)[ #:]*(?P<number>\d{1,9})"
    r"(?: *(?:of|/) *(?P<total>\d{1,9}))?[\s\])>*_#=:.-]*",
    re.IGNORECASE,
)
"""Authors have parts and passages too: these are counted by splitters where all are told."""


def without_counters(groups: Groups, notices: list[Diagnostic]) -> Groups:
    """The rows of each source without a line such as `[part 2/5]`, if each of them has its own."""
    for last in (False, True):
        if _are_counted(groups, last=last):
            first = next(chunk for group in groups.values() for chunk in group)
            line = _parted(first.text, last=last)[0].strip()
            message = f"the line that counts each text of a page is left out: {line!r}"
            notices.append(Diagnostic("label-above", Severity.INFO, message, first.location))
            return groups.changed(lambda _, group: _without(group, last=last))  # noqa: B023
    return groups


def _are_counted(groups: Mapping[str, Sequence[Chunk]], *, last: bool) -> bool:
    """Whether all texts have a counter, and those of a page count on from one to the next."""
    several = False
    for group in groups.values():
        before = None
        for chunk in group:
            line, rest = _parted(chunk.text, last=last)
            found = _COUNTER.fullmatch(line)
            if found is None or chunk.row is None or not _is_of_splitter(found, len(group)):
                return False
            number = int(found["number"])
            if number != (number if before is None else before + 1):
                return False
            several = several or (before is not None and bool(rest))
            before = number
    return several


def _is_of_splitter(counter: re.Match[str], rows: int) -> bool:
    """Whether no author may have written a counter of this many rows."""
    is_heading = counter.string.lstrip().startswith("#")
    is_counted = int(counter["total"] or 0) == rows and not is_heading
    return counter["chunk"] is not None or is_counted


def _without(group: Sequence[Chunk], *, last: bool) -> list[Chunk]:
    return [replace(chunk, text=_parted(chunk.text, last=last)[1]) for chunk in group]


def _parted(text: str, *, last: bool) -> tuple[str, str]:
    """The first or last line of a text, and the rest of it without blank lines at the cut."""
    if last:
        rest, _, line = text.rstrip().rpartition("\n")
        return line, rest.rstrip("\n")
    line, _, rest = text.lstrip("\n").partition("\n")
    return line, rest.lstrip("\n")
