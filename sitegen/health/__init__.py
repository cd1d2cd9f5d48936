"""Health: a dataset -> all that is wrong with it, rule by rule; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from sitegen.build import examine
from sitegen.config import Config
from sitegen.errors import ConfigError, Diagnostic, Severity, did_you_mean
from sitegen.health.rules import KNOWN, RULES

__all__ = ["check"]

OFF = "off"


def check(config: Config) -> tuple[Diagnostic, ...]:
    """Render the whole site in memory and apply every rule.

    Findings come in order of pages and lines; their severities are those of ``check.rules``.

    Raises:
        ConfigError: ``check.rules`` names a rule or a severity that there is not.
        SitegenError: The input cannot be read or planned.
    """
    severities = _severities(config.check.rules)
    examined = examine(config)
    found = [*examined.diagnostics]
    for code, rule in RULES.items():
        if severities.get(code) != OFF:
            found += rule(examined)
    order = {page.page.document.id: number for number, page in enumerate(examined.pages)}
    kept = [d for d in found if severities.get(d.code) != OFF]
    kept.sort(key=lambda d: (order.get(d.location.page, -1), d.location.line or 0, d.code))
    return tuple(
        replace(d, severity=Severity(severities[d.code])) if d.code in severities else d
        for d in kept
    )


def _severities(rules: Mapping[str, str]) -> Mapping[str, str]:
    words: Set[str] = {OFF, *Severity}
    for code, word in rules.items():
        if code not in KNOWN:
            raise ConfigError(f"no rule {code!r} in check.rules", help=did_you_mean(code, KNOWN))
        if word not in words:
            raise ConfigError(
                f"check.rules.{code} cannot be {word!r}", help=did_you_mean(word, words)
            )
    return rules


def count(findings: Iterable[Diagnostic]) -> Mapping[str, int]:
    """Count findings by rule, in order of the codes."""
    return dict(sorted(Counter(finding.code for finding in findings).items()))
