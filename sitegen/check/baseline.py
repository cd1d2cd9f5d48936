"""Health: the findings that are known, so that only new ones count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sitegen.config.near import near_file, opened
from sitegen.errors import ConfigError, Diagnostic, Location
from sitegen.limits.files import read_regular
from sitegen.store.sha256 import sha256_of


def fingerprint(finding: Diagnostic) -> str:
    """Identify a finding by rule, page and words: rows and lines move when others change."""
    parts = (finding.code, finding.location.page, finding.message)
    return sha256_of("\0".join(parts), 16)


def dump_baseline(findings: Iterable[Diagnostic]) -> str:
    """Write the findings down, with the number of equal ones."""
    known = dict(sorted(Counter(map(fingerprint, findings)).items()))
    return json.dumps({"format": 1, "known": known}, indent=1) + "\n"


def new_findings(findings: Iterable[Diagnostic], file: Path | None) -> tuple[Diagnostic, ...]:
    """Leave out what a baseline, if there is one, knows; of equal findings as many as it knows.

    Raises:
        ConfigError: The file cannot be read, or is not a baseline.
    """
    if file is None:
        return tuple(findings)
    remedy = f"write one with sitegen check --write-baseline {opened(file)}"
    try:
        baseline = json.loads(read_regular(file))
        known = Counter({str(key): int(number) for key, number in baseline["known"].items()})
    except OSError as error:
        raise ConfigError(
            f"the baseline cannot be read: {error.strerror or error}",
            location=Location(file=opened(file)),
            help=near_file(file) or remedy,
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ConfigError(
            "is not a baseline",
            location=Location(file=opened(file)),
            help=remedy,
        ) from error
    fresh = []
    for finding in findings:
        key = fingerprint(finding)
        if known[key] > 0:
            known[key] -= 1
        else:
            fresh.append(finding)
    return tuple(fresh)
