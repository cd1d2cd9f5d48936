"""What commands tell people of findings, and whether these end them with a code of their own."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from sitegen.cli.printing import count, say
from sitegen.errors import EXIT_FINDINGS, EXIT_REFUSED, Diagnostic, Severity

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The severities: what matters most comes first."""


def by_weight(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, those first that matter most; else in the order in which they are."""
    return sorted(findings, key=lambda finding: ORDER.index(finding.severity))


def tell(findings: Sequence[Diagnostic], *, all_of: bool, warnings: bool) -> None:
    """Print findings: errors and what concerns the input as a whole, ``warnings`` or ``all_of``.

    What there is too much of is told in one place, unless all is asked for.
    """
    from sitegen.check.catalogue import remedy_of  # noqa: PLC0415 - `--help` must not load checks
    from sitegen.check.formats.text import folded  # noqa: PLC0415

    shown = [f for f in by_weight(findings) if all_of or _is_told(f, warnings=warnings)]
    for finding in shown if all_of else folded(shown):
        say(str(replace(finding, help=finding.help or remedy_of(finding))))


def tell_numbers(findings: Iterable[Diagnostic], remedy: str) -> None:
    """Print how many warnings of which kind there are, if there are any."""
    counts = Counter(f.code for f in findings if f.severity is Severity.WARNING)
    if counts:
        codes = ", ".join(f"{code} {number:,}" for code, number in sorted(counts.items()))
        say(f"{count(counts.total(), 'warning')} ({codes}){remedy}")


def leave(findings: Iterable[Diagnostic], *, strict: bool) -> None:
    """End the command where findings are errors or, if it is ``strict``, warnings."""
    severities = {finding.severity for finding in findings}
    if strict and severities & {Severity.WARNING, Severity.ERROR}:
        sys.exit(EXIT_FINDINGS)
    if Severity.ERROR in severities:
        sys.exit(EXIT_REFUSED)


def _is_told(finding: Diagnostic, *, warnings: bool) -> bool:
    place = finding.location
    if finding.severity is Severity.INFO:
        return not (place.page or place.chunk_id)  # a guessed column
    return warnings or finding.severity is Severity.ERROR
