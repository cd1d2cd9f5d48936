"""Autodoc lines as authors write them: markers and lists of members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sitegen.scan import FenceScanner

MARKER = "[[autodoc]]"
_NAME = r"\w+(?:\.\w+)*"
_LINE = re.compile(rf"\s*(?:\[\[autodoc\]\]\s*{_NAME}(?:\s+-\s+{_NAME})*\s*)+")
_SIMPLE = re.compile(rf"\[\[autodoc\]\] ({_NAME})", re.ASCII)  # what nearly all lines are
_OBJECT = re.compile(rf"\[\[autodoc\]\]\s*({_NAME})((?:\s+-\s+{_NAME})*)")
_MEMBER = re.compile(rf"\s*[-*]\s+({_NAME})\s*$")


class Marker(Struct, frozen=True):
    """An object to document and the members listed; empty when all that are public are meant."""

    name: str
    members: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[str, ...]:
        """The members named one by one, each once."""
        return tuple(dict.fromkeys(m for m in self.members if m not in {"all", "none"}))

    @property
    def takes_all(self) -> bool:
        """Whether the public members belong to it besides those listed."""
        return "all" in self.members or not self.members


def parse_markers(line: str) -> tuple[Marker, ...]:
    """Read the markers of a line; none if the line holds anything else."""
    if match := _SIMPLE.fullmatch(line):
        return (Marker(match[1]),)
    if not _LINE.fullmatch(line):
        return ()
    return tuple(
        Marker(match[1], tuple(re.findall(_NAME, match[2]))) for match in _OBJECT.finditer(line)
    )


def read_markers(lines: Sequence[str], start: int) -> tuple[tuple[Marker, ...], int]:
    """Read the markers of a line and the list of members below; also where the list ends.

    Members are indented more than the marker; without a blank line before, as much will do.
    """
    markers = parse_markers(lines[start])
    if not markers:
        return (), start
    indent = _indent(lines[start])
    members: list[str] = []
    after = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        member = _MEMBER.match(line)
        if member is None:
            break
        inward = _indent(line) - indent
        if inward < 0 or (inward == 0 and number != after):
            break
        members.append(member[1])
        after = number + 1
    last = markers[-1]
    return (*markers[:-1], Marker(last.name, last.members + tuple(members))), after


def scan_markers(text: str) -> Iterator[Marker]:
    """Yield all markers of a text outside code fences."""
    if MARKER not in text:
        return
    lines = text.split("\n")
    fences = FenceScanner()
    for number, line in enumerate(lines):
        if not ("```" in line or "~~~" in line or MARKER in line):
            continue  # neither opens nor closes a fence
        if not fences.feed(line) and MARKER in line:
            yield from read_markers(lines, number)[0]


def _indent(line: str) -> int:
    expanded = line.expandtabs(4) if "\t" in line else line
    return len(expanded) - len(expanded.lstrip(" "))
