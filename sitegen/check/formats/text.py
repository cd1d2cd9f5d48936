"""Health: findings -> text, JSON, or the annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from sitegen.errors import Diagnostic, Severity, printable

_COMMANDS = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


def as_text(findings: Sequence[Diagnostic]) -> str:
    """List findings under their pages."""
    parts = []
    for page, group in groupby(findings, key=lambda finding: finding.location.page):
        parts.append(printable(page or "the whole dataset"))
        parts += ["  " + str(finding).replace("\n", "\n  ") for finding in group]
    return "".join(f"{part}\n" for part in parts)


def as_json(findings: Sequence[Diagnostic]) -> str:
    """Give one object of format 1; rows count from 0, lines of a page from 1."""
    return dumped({"format": 1, "findings": [as_record(finding) for finding in findings]})


def as_record(finding: Diagnostic) -> dict[str, str | int | None]:
    """Give a finding as names and plain values."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "page": finding.location.page,
        "chunk": finding.location.chunk_id,
        "file": finding.location.file_name,
        "row": finding.location.row,
        "line": finding.location.line,
    }


def as_github(findings: Sequence[Diagnostic]) -> str:
    """Write workflow commands; what is in the data cannot begin a command of its own."""
    lines = []
    for finding in findings:
        place = finding.location
        line = place.row + 1 if place.row is not None else place.line or 1
        where = f"file={_escaped(finding.location.file_name)},line={line}," if place.file else ""
        words = f"{finding.message} ({place})" if str(place) else finding.message
        text = _escaped(printable(f"{words} {finding.help}".strip()))
        lines.append(f"::{_COMMANDS[finding.severity]} {where}title={finding.code}::{text}\n")
    return "".join(lines)


def _escaped(text: str) -> str:
    for character in "%\r\n:,":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def dumped(value: object) -> str:
    """Write JSON as all our reports are."""
    return json.dumps(value, indent=1) + "\n"
