"""Health: findings -> text, JSON, or the annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from msgspec.structs import replace

from sitegen.check.catalogue import words_of
from sitegen.errors import Diagnostic, Severity, as_record, printable

MANY = {Severity.INFO: 20, Severity.WARNING: 100, Severity.ERROR: 100}
"""Findings of one kind that people read one by one; more are told in one place."""

_COMMANDS = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}

_OF_WORDS, _OF_VALUES = "%\r\n", "%\r\n:,"
"""What GitHub takes back from escapes in the words of a command, and in its values."""


def folded(findings: Sequence[Diagnostic], remedy: str = "-v lists them all") -> list[Diagnostic]:
    """The findings, but for kinds of more than `MANY`: of these one that says how many there are.

    It stands where the first of them does.
    """
    counts = Counter((finding.severity, finding.code) for finding in findings)
    told = []
    for finding in findings:
        number = counts[finding.severity, finding.code]
        if number > MANY[finding.severity]:
            counts[finding.severity, finding.code] = 0
            words = f"{number:,} times: {words_of(finding.code)[0]}. The first: {finding.message}"
            told.append(replace(finding, message=words, help=remedy))
        elif number:
            told.append(finding)
    return told


def as_text(findings: Sequence[Diagnostic]) -> str:
    """List findings under their pages."""
    parts = []
    for page, group in groupby(findings, key=lambda finding: finding.location.page):
        parts.append(printable(page or "the input as a whole"))
        parts += ["  " + str(finding).replace("\n", "\n  ") for finding in group]
    return "".join(f"{part}\n" for part in parts)


def as_json(findings: Sequence[Diagnostic]) -> str:
    """Give one object of format 1; rows count from 0, lines of a page from 1."""
    return dumped({"format": 1, "findings": [as_record(finding) for finding in findings]})


def as_github(findings: Sequence[Diagnostic]) -> str:
    """Write workflow commands; what is in the data cannot begin a command of its own."""
    lines = []
    for finding in findings:
        place = finding.location
        at = f"file={_escaped(place.file)},line={place.line_of_file}," if place.file else ""
        words = f"{finding.message} ({place})" if str(place) else finding.message
        text = _escaped(printable(f"{words} {finding.help}".strip()), _OF_WORDS)
        lines.append(f"::{_COMMANDS[finding.severity]} {at}title={finding.code}::{text}\n")
    return "".join(lines)


def _escaped(text: str, special: str = _OF_VALUES) -> str:
    for character in special:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def dumped(value: object) -> str:
    """Write JSON as all our reports are."""
    return json.dumps(value, indent=1) + "\n"
