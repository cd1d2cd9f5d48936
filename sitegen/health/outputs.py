"""Health: findings -> text, JSON, SARIF 2.1.0, or the annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from sitegen import __version__
from sitegen.errors import Diagnostic, Severity, printable
from sitegen.health.baseline import fingerprint

_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
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
    return _dumped(
        {
            "format": 1,
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity.value,
                    "message": finding.message,
                    "help": finding.help,
                    "page": finding.location.page,
                    "chunk": finding.location.chunk_id,
                    "file": _file(finding),
                    "row": finding.location.row,
                    "line": finding.location.line,
                }
                for finding in findings
            ],
        }
    )


def as_sarif(findings: Sequence[Diagnostic]) -> str:
    """Write SARIF 2.1.0; a row of a dataset is given as its line, counted from 1."""
    codes = sorted({finding.code for finding in findings})
    driver = {"name": "sitegen", "version": __version__, "rules": [{"id": c} for c in codes]}
    return _dumped(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": [_result(f) for f in findings]}],
        }
    )


def _result(finding: Diagnostic) -> dict[str, object]:
    place = finding.location
    text = f"{finding.message}. {finding.help}" if finding.help else finding.message
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(text)},
        "partialFingerprints": {"sitegen/v1": fingerprint(finding)},
        "properties": {"page": place.page, "chunk": place.chunk_id, "row": place.row},
    }
    if place.file:
        region = {"startLine": (place.row if place.row is not None else (place.line or 1) - 1) + 1}
        where = {"artifactLocation": {"uri": _file(finding)}, "region": region}
        result["locations"] = [{"physicalLocation": where}]
    return result


def as_github(findings: Sequence[Diagnostic]) -> str:
    """Write workflow commands; what is in the data cannot begin a command of its own."""
    lines = []
    for finding in findings:
        place = finding.location
        line = place.row + 1 if place.row is not None else place.line or 1
        where = f"file={_escaped(_file(finding))},line={line}," if place.file else ""
        words = f"{finding.message} ({place})" if str(place) else finding.message
        text = _escaped(printable(f"{words} {finding.help}".strip()))
        lines.append(f"::{_COMMANDS[finding.severity]} {where}title={finding.code}::{text}\n")
    return "".join(lines)


def _escaped(text: str) -> str:
    for character in "%\r\n:,":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _file(finding: Diagnostic) -> str:
    return finding.location.file.rpartition("/")[2]


def _dumped(value: object) -> str:
    return json.dumps(value, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}
)
"""Outputs by the name that ``--format`` takes."""
