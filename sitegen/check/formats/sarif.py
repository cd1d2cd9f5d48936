"""Health: findings -> SARIF 2.1.0, the form in which code hosts take results of checks."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from sitegen.check.baseline import fingerprint
from sitegen.check.catalogue import words_of
from sitegen.check.formats.text import dumped
from sitegen.data import VERSION
from sitegen.errors import Diagnostic, Severity, printable

_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}


def as_sarif(findings: Sequence[Diagnostic]) -> str:
    """Write SARIF 2.1.0; where a row is a line of its file that is given, counted from 1."""
    codes = sorted({finding.code for finding in findings})
    index = {code: number for number, code in enumerate(codes)}
    driver = {"name": "sitegen", "version": VERSION, "rules": [_rule(code) for code in codes]}
    results = [_result(finding, index[finding.code]) for finding in findings]
    return dumped(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
            ],
        }
    )


def _rule(code: str) -> dict[str, object]:
    summary, remedy = words_of(code)
    return {
        "id": code,
        "shortDescription": {"text": f"{summary}."},
        "help": {"text": f"{remedy[:1].upper()}{remedy[1:]}."},
    }


def _result(finding: Diagnostic, rule: int) -> dict[str, object]:
    place = finding.location
    text = f"{finding.message}. {finding.help}" if finding.help else finding.message
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(text)},
        "partialFingerprints": {"sitegen/v1": fingerprint(finding)},
        "properties": {"page": place.page, "chunk": place.chunk_id, "row": place.row},
    }
    if place.file:
        region = {"startLine": place.line_of_file}
        uri = quote(place.file, errors="replace")
        result["locations"] = [
            {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
        ]
    return result
