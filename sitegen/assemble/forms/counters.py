"""Assemble: lines above or below each text that count it among those of its page are taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from msgspec import field
from msgspec.structs import replace

from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk

_COUNTER = re.compile(
    r"[\s\[(<*_#=-]*(?:(?P<chunk>chunk)|part|segment|piece|passage)[ #:]*(?P<number>\d{1,9})"
    r"(?: *(?:of|/) *(?P<total>\d{1,9}))?[\s\])>*_#=:.-]*",
    re.IGNORECASE,
)
"""Authors have parts and passages too: these are counted by splitters where all are told."""


class Counted(Summary):
    """How many texts follow one that is counted, and (one is enough) are not counted themselves."""

    several: int = 0
    others: int = 0


class Counters(Summary):
    """What the first lines of texts count, and what the last."""

    first: Counted = field(default_factory=Counted)
    last: Counted = field(default_factory=Counted)


def look_for_counters(groups: Rows) -> Counters:
    """See whether all texts have a counter, and those of a page count on."""
    return Counters(first=_counted(groups, last=False), last=_counted(groups, last=True))


def without_counters(parts: Parts, seen: Counters, notices: list[Diagnostic]) -> None:
    """Take lines such as `[part 2/5]` off, if each text has its own."""
    for last, counted in ((False, seen.first), (True, seen.last)):
        if counted.several and not counted.others:
            first = parts.first()
            line = _parted(first.text, last=last)[0].strip()
            message = f"the line that counts each text of a page is left out: {line!r}"
            notices.append(Diagnostic("label-above", Severity.INFO, message, first.location))
            parts.change(("counters", last), partial(_without, last=last))
            return


def _counted(groups: Rows, *, last: bool) -> Counted:
    several = False
    for group in groups.values():
        before = None
        for chunk in group:
            line, rest = _parted(chunk.text, last=last)
            found = _COUNTER.fullmatch(line)
            if found is None or chunk.row is None or not _is_of_splitter(found, len(group)):
                return Counted(others=1)
            number = int(found["number"])
            if number != (number if before is None else before + 1):
                return Counted(others=1)
            several = several or (before is not None and bool(rest))
            before = number
    return Counted(several=int(several))


def _is_of_splitter(counter: re.Match[str], rows: int) -> bool:
    """Whether no author may have written a counter of this many rows."""
    is_heading = counter.string.lstrip().startswith("#")
    is_counted = int(counter["total"] or 0) == rows and not is_heading
    return counter["chunk"] is not None or is_counted


def _without(_: str, group: Sequence[Chunk], _said: object, *, last: bool) -> list[Chunk]:
    return [replace(chunk, text=_parted(chunk.text, last=last)[1]) for chunk in group]


def _parted(text: str, *, last: bool) -> tuple[str, str]:
    """The first or last line of a text, and the rest of it without blank lines at the cut."""
    if last:
        rest, _, line = text.rstrip().rpartition("\n")
        return line, rest.rstrip("\n")
    line, _, rest = text.lstrip("\n").partition("\n")
    return line, rest.lstrip("\n")
