"""Health: an examined site -> all that is wrong with it, rule by rule; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec.structs import replace

from sitegen.check.catalogue import CHECKS, remedy_of
from sitegen.check.examined import Examined
from sitegen.config import CheckConfig
from sitegen.errors import ConfigError, Diagnostic, Severity, did_you_mean
from sitegen.model import Head

__all__ = ["Examined", "count", "judge", "weigh"]

OFF = "off"


def judge(
    site: Examined, config: CheckConfig, further: Iterable[Diagnostic] = ()
) -> tuple[Diagnostic, ...]:
    """Apply every rule; ``further`` are findings from outside of the site.

    Findings come in order of pages and lines; their severities are those of ``check.rules``, and
    each says what to do.

    Raises:
        ConfigError: ``check.rules`` names a rule or a severity that there is not.
    """
    found = [*site.diagnostics, *further]
    for code, check in CHECKS.items():
        if check.find is not None and config.rules.get(code) != OFF:
            found += check.find(site)
    documents = {page.page.document.id: page.page.document for page in site.pages}
    order = {id: number for number, id in enumerate(documents)}
    whole = [
        replace(placed, help=placed.help or remedy_of(placed))
        for placed in with_pages(weigh(found, config.rules), documents)
    ]
    whole.sort(key=lambda d: (order.get(d.location.page, -1), d.location.line or 0, d.code))
    return tuple(whole)


def weigh(findings: Iterable[Diagnostic], rules: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Give findings their configured severities, and leave out those that are off.

    Raises:
        ConfigError: ``rules`` names a rule or a severity that there is not.
    """
    refuse_unknown(rules)
    return tuple(
        replace(finding, severity=Severity(rules.get(finding.code, finding.severity)))
        for finding in findings
        if rules.get(finding.code) != OFF
    )


def with_pages(
    findings: Iterable[Diagnostic], documents: Mapping[str, Head]
) -> Iterator[Diagnostic]:
    """Yield findings; what concerns a page as a whole has the place where the page begins."""
    for finding in findings:
        place = finding.location
        if place.page in documents and not place.file:
            finding = replace(finding, location=documents[place.page].place)  # noqa: PLW2901
        yield finding


def refuse_unknown(rules: Mapping[str, str]) -> None:
    """Look at the rules of settings.

    Raises:
        ConfigError: they name a rule or a severity that there is not.
    """
    words: Set[str] = {OFF, *(severity.value for severity in Severity)}
    faults = []
    for code, word in rules.items():
        if code not in CHECKS:
            faults.append(f"no rule {code!r} in check.rules: {did_you_mean(code, CHECKS)}")
        if word not in words:
            faults.append(f"check.rules.{code} cannot be {word!r}: {did_you_mean(word, words)}")
    if faults:
        raise ConfigError("; ".join(faults))


def count(findings: Iterable[Diagnostic]) -> Mapping[str, int]:
    """Count findings by rule, in order of the codes."""
    return dict(sorted(Counter(finding.code for finding in findings).items()))
