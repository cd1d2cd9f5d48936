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
from sitegen.errors import Location, VersionsLostError
from sitegen.model.own_names import RESERVED
from sitegen.publish import Options, publish
from sitegen.publish.versions import publish_versions
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
        local = replace(config, output=output, bucket="")
        try:
            result = build_folder(local, only)
        except VersionsLostError as error:
            error.location = Location(file=config.bucket)
            raise
        options = Options(state / RECORDS, replace_newer=True)
        if config.versions:
            plans = [sent.plan for sent in publish_versions(config.bucket, local, options)]
        else:
            plans = [publish(config.bucket, output, options).plan]
    report = result.report
    files = {
        "added": sum(len(plan.added) for plan in plans),
        "changed": sum(len(plan.changed) for plan in plans),
        "unchanged": sum(plan.unchanged for plan in plans),
        "removed": sum(len(plan.deleted) for plan in plans),
    }
    return Result({**report, "files": {**report["files"], **files}})


@contextmanager
def _folder(config: Config) -> Iterator[Path]:
    if isinstance(config.cache, Path):
        yield config.cache
    else:
        with TemporaryDirectory(prefix=RESERVED) as folder:
            yield Path(folder)
