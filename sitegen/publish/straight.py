"""Straight: a build whose files go on into a bucket, as a publish sends them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from sitegen.build import build as build_folder
from sitegen.config import Config
from sitegen.model.own_names import RESERVED
from sitegen.publish import Options, publish
from sitegen.record.result import Result

RECORDS = "published.json"


def build(config: Config, only: str | tuple[str, ...] | list[str] = ()) -> Result:
    """Build a site and make the configured bucket hold it: the manifest last, equal files not sent.

    The site is made in a folder of the state folder, where the next build finds what is equal; it
    lies in a temporary one where nothing is remembered. The numbers of files are the bucket's.

    Raises:
        SitegenError: as `sitegen.build.build` and `publish`; the bucket holds the old site until
            the new one is whole, and what a publish that was cut short leaves, the next completes.
    """
    with _folder(config) as state:
        name = hashlib.sha256(config.bucket.encode()).hexdigest()[:16]
        output = state / f"site-{name}"
        result = build_folder(replace(config, output=output, bucket=""), only)
        outcome = publish(config.bucket, output, Options(state / RECORDS, replace_newer=True))
    plan, report = outcome.plan, result.report
    files = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "removed": len(plan.deleted),
    }
    return Result({**report, "files": {**report["files"], **files}})


@contextmanager
def _folder(config: Config) -> Iterator[Path]:
    if isinstance(config.cache, Path):
        yield config.cache
    else:
        with TemporaryDirectory(prefix=RESERVED) as folder:
            yield Path(folder)
