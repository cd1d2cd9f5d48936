"""Autodoc lines as authors write them: markers and lists of members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from textwrap import dedent

from msgspec import Struct

from sitegen.scan import FenceScanner
from sitegen.scan.patterns import rare

MARKER = "[[autodoc]]"
_COLONS = ":::"
MARKERS = (MARKER, _COLONS)
"""What the lines begin with; the second is that of mkdocstrings."""
_NOTED = re.compile("|".join(map(re.escape, (*MARKERS, "```", "~~~"))))
_NAME = r"\w+(?:\.\w+)*"
_LINE = rare(rf"\s*(?:\[\[autodoc\]\]\s*{_NAME}(?:\s+-\s+{_NAME})*\s*)+")
_SIMPLE = re.compile(rf"\[\[autodoc\]\] ({_NAME})", re.ASCII)  # what nearly all lines are
_OBJECT = rare(rf"\[\[autodoc\]\]\s*({_NAME})((?:\s+-\s+{_NAME})*)")
_MKDOCSTRINGS = rare(r"\s*:::[ \t]+([^\W\d]\w*(?:\.\w+)+)\s*")
_NO_MEMBERS = ("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF")  # in YAML
_MEMBER = re.compile(rf"\s*[-*]\s+({_NAME})\s*$")


class Marker(Struct, frozen=True):
    """An object to document and the members listed; empty when all that are public are meant.

    Those that it is ``without`` are left out all the same.
    """

    name: str
    members: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[str, ...]:
        """The members named one by one, each once."""
        if not self.members:  # as most
            return ()
        out = {"all", "none", *self.without}
        return tuple(dict.fromkeys(m for m in self.members if m not in out))

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

    Members are indented more than the marker; without a blank line before, as much will do. Below
    a marker of mkdocstrings its options are indented, and these may list members.
    """
    markers = parse_markers(lines[start])
    if not markers:
        return _read_mkdocstrings(lines, start)
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
    if not members:
        return markers, after
    last = markers[-1]
    return (*markers[:-1], Marker(last.name, last.members + tuple(members))), after


def _read_mkdocstrings(lines: Sequence[str], start: int) -> tuple[tuple[Marker, ...], int]:
    """The same of a marker of mkdocstrings, if there is one."""
    name = _MKDOCSTRINGS.fullmatch(lines[start])
    if name is None:
        return (), start
    below = (lines[number] for number in range(start + 1, len(lines)))
    options = list(takewhile(partial(_is_inside, lines[start]), below))
    return (Marker(name[1], _members_of(options)),), start + 1 + len(options)


def scan_markers(text: str) -> Iterator[Marker]:
    """Yield all markers of a text outside code fences."""
    if not _may_hold_any(text):
        return
    lines = text.split("\n")
    fences = FenceScanner()
    after = 0  # the members or options of the last marker
    for number in _noted(text):
        line = lines[number]
        if number < after:
            continue
        if not fences.feed(line) and _may_hold_any(line):
            markers, after = read_markers(lines, number)
            yield from markers


def _may_hold_any(text: str) -> bool:
    return MARKER in text or _COLONS in text


def _noted(text: str) -> Iterator[int]:
    """The numbers of the lines that may hold a marker, or open or close a fence."""
    number = at = 0
    while at >= 0 and (sign := _NOTED.search(text, at)):
        number += text.count("\n", at, sign.start())
        yield number
        at = text.find("\n", sign.end())


def _is_inside(marker: str, line: str) -> bool:
    return bool(line.strip()) and _indent(line) > _indent(marker)


def _members_of(options: Sequence[str]) -> tuple[str, ...]:
    """The members that options of mkdocstrings list; without a list, all that are public."""
    if not any("members:" in line for line in options):
        return ()
    import yaml  # noqa: PLC0415 - few pages need it

    try:
        # The base loader knows strings only: no date is out of range, no text of a list a bomb.
        table = yaml.load(dedent("\n".join(options)), Loader=yaml.BaseLoader)  # noqa: S506
        members = table["options"]["members"]
    except (yaml.YAMLError, RecursionError, KeyError, TypeError):  # for a template, or none count
        return ()
    if isinstance(members, list):
        names = (each for each in members if isinstance(each, str) and re.fullmatch(_NAME, each))
        return tuple(names) or ("none",)
    return ("none",) if members in _NO_MEMBERS else ()


def _indent(line: str) -> int:
    expanded = line.expandtabs(4) if "\t" in line else line
    return len(expanded) - len(expanded.lstrip(" "))
