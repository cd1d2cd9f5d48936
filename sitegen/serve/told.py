"""Told: the findings of a preview -> what the terminal prints of them, and browsers list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from sitegen.check.baseline import fingerprint, new_findings
from sitegen.check.catalogue import remedy_of
from sitegen.config import Config
from sitegen.errors import Diagnostic, Severity, printable
from sitegen.model import Site
from sitegen.record.whereabouts import Whereabouts
from sitegen.urls import canonical_url

PRINTED = 20  # new warnings at once
LISTED = 500

Listed = tuple[Mapping[str, str], ...]
"""Warnings as browsers list them: their words, place and remedy, and the address of the page."""


class Teller:
    """Tells each finding once, as long as it lasts."""

    def __init__(self, say: Callable[[str], None], *, verbose: bool) -> None:
        """``say`` prints a line; ``verbose``: all of it, and what is for information only too."""
        self._say, self._verbose = say, verbose
        self._told: frozenset[tuple[str, int]] = frozenset()

    def tell(self, found: Sequence[Diagnostic], site: Site, config: Config) -> Listed:
        """Print what is new among the findings, and return the warnings.

        Raises:
            ConfigError: the configured baseline is none.
        """
        placed = Whereabouts(config, Path.cwd()).of_each(new_findings(found, config.check.baseline))
        heard = {Severity.WARNING} | ({Severity.INFO} if self._verbose else set())
        times: Counter[str] = Counter()
        findings: dict[tuple[str, int], Diagnostic] = {}
        for each in placed:
            if each.severity in heard:
                times[key := fingerprint(each)] += 1
                findings[key, times[key]] = replace(each, help=each.help or remedy_of(each))
        before, self._told = self._told, frozenset(findings)
        new = [each for key, each in findings.items() if key not in before]
        for each in new if self._verbose else new[:PRINTED]:
            self._say(str(each))
        warnings = [each for each in findings.values() if each.severity is Severity.WARNING]
        if before != self._told:
            more = "" if self._verbose or len(new) <= PRINTED else "; -v prints them all"
            self._say(f"{len(warnings):,} warning{'s' * (len(warnings) != 1)}{more}")
        pages = {page.document.id: page.permalink for page in site.pages}
        return tuple(_listed(each, pages) for each in warnings[:LISTED])


def _listed(finding: Diagnostic, pages: Mapping[str, str]) -> Mapping[str, str]:
    page = pages.get(finding.location.page)
    return {
        "message": printable(finding.message),
        "place": str(finding.location),
        "help": printable(finding.help),
        "page": "" if page is None else canonical_url("", page),
    }
