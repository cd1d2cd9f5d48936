"""What commands tell people of findings, and whether these end them with a code of their own."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sitegen.cli.printing import count, say
from sitegen.errors import EXIT_FINDINGS, EXIT_REFUSED, Diagnostic, Severity

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The severities: what matters most comes first."""


def by_weight(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, those first that matter most; else in the order in which they are."""
    return sorted(findings, key=lambda finding: ORDER.index(finding.severity))


def with_remedies(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings, each with what to do."""
    from sitegen.check.catalogue import remedy_of  # noqa: PLC0415 - `--help` must not load checks

    for finding in findings:
        yield replace(finding, help=finding.help or remedy_of(finding))


def tell(findings: Sequence[Diagnostic], *, all_of: bool, warnings: bool) -> None:
    """Print findings: errors and what concerns the input as a whole, ``warnings`` or ``all_of``.

    What there is too much of is told in one place, unless all is asked for.
    """
    from sitegen.check.formats.text import folded  # noqa: PLC0415 - `--help` must not load checks

    shown = [f for f in by_weight(findings) if all_of or _is_told(f, warnings=warnings)]
    for finding in with_remedies(shown if all_of else folded(shown)):
        say(str(finding))


def tell_numbers(findings: Iterable[Diagnostic], remedy: str) -> None:
    """Print how many warnings of which kind there are, if there are any."""
    if warnings := [finding for finding in findings if finding.severity is Severity.WARNING]:
        say(f"{count(len(warnings), 'warning')} ({_codes(warnings)}){remedy}")


def leave(findings: Iterable[Diagnostic], *, strict: bool) -> None:
    """End the command where findings are errors or, if it is ``strict``, warnings; say why."""
    weighty = [finding for finding in findings if finding.severity is not Severity.INFO]
    severities = Counter(finding.severity for finding in weighty)
    if strict and weighty:
        numbers = (count(number, severity.value) for severity, number in sorted(severities.items()))
        say(f"{', '.join(numbers)} ({_codes(weighty)}); --strict ends with {EXIT_FINDINGS}")
        sys.exit(EXIT_FINDINGS)
    if Severity.ERROR in severities:
        sys.exit(EXIT_REFUSED)


def _codes(findings: Iterable[Diagnostic]) -> str:
    counts = Counter(finding.code for finding in findings)
    return ", ".join(f"{code} {number:,}" for code, number in sorted(counts.items()))


def _is_told(finding: Diagnostic, *, warnings: bool) -> bool:
    place = finding.location
    if finding.severity is Severity.INFO:
        return not (place.page or place.chunk_id)  # a guessed column
    return warnings or finding.severity is Severity.ERROR
