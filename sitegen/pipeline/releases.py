"""Releases: versions that were built -> what each has changed, compared once and remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from sitegen.config import Config, ListedVersion
from sitegen.config.versions import site_of
from sitegen.diff.compare import compare
from sitegen.diff.dataset import read_dataset
from sitegen.errors import ReadError
from sitegen.feeds.changes import Changes, Pages, Release
from sitegen.plan.changed import pages_said
from sitegen.store.recall import Store


def releases(config: Config, versions: Sequence[ListedVersion], store: Store) -> Iterator[Release]:
    """Yield the versions that have a day, each with what it has changed.

    The next in the list that was built here too is the version before; ``config`` is that of all.
    Of a version that was built elsewhere nobody knows more than its day.
    """
    reports = [_report(config, version) for version in versions]
    for at, (version, report) in enumerate(zip(versions, reports, strict=True)):
        if not version.date:
            continue
        older = zip(versions[at + 1 :], reports[at + 1 :], strict=True)
        before, old = next(((v, r) for v, r in older if r), (None, {}))
        changes = None
        if report and before is not None and before.input and version.input:
            given = (old["input"]["sha256"], report["input"]["sha256"])
            make = partial(_changes, site_of(config, before), site_of(config, version))
            with suppress(ReadError):  # built before, and its data is not here any more
                changes = store.recall("changes", given, make, Changes)
        url = site_of(config, version).base_url
        yield Release(version.name, url, version.date, _pages(report), _pages(old), changes)


def _changes(old: Config, new: Config) -> Changes:
    difference = compare(
        *(
            read_dataset(each.input, each.columns, config_name=each.config_name)
            for each in (old, new)
        )
    )
    return Changes(difference.pages, difference.summary)


def _report(config: Config, version: ListedVersion) -> dict[str, Any]:
    """What the build of a version wrote of itself; nothing where there is none."""
    try:
        file = config.output / version.address / "build.json"
        report = json.loads(file.read_bytes())
        if not isinstance(report, dict) or report.get("format") != 1:
            return {}
        return report | {"pages": [*pages_said(file, report)]}
    except (OSError, ValueError, KeyError):
        return {}


def _pages(report: dict[str, Any]) -> Pages:
    return {page["id"]: (page["title"], page["permalink"]) for page in report.get("pages", ())}
