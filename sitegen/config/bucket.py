"""An output that is an address, and no folder: the bucket that a build fills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.errors import did_you_mean
from sitegen.urls import is_remote

SCHEMES = ("s3", "gs")
_ONE_SLASH = re.compile(r"(?:s3|gs):/(?!/)")
_PLACE = re.compile(r"(?:s3|gs)://[A-Za-z0-9][\w.-]*(?:/(?!\.{1,2}(?:/|$))[^/\x00-\x20?#*]+)*/?")


def with_bucket(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table of the configuration whose output, where it is an address, is its bucket."""
    output = table.get("output")
    if not isinstance(output, str) or not (is_remote(output) or _ONE_SLASH.match(output)):
        return table
    rest = {key: value for key, value in table.items() if key != "output"}
    return {**rest, "bucket": output}


def wrong_bucket(bucket: str) -> Iterator[str]:
    """Name an output that is no place in a bucket."""
    scheme = bucket.partition(":")[0]
    if bucket and scheme.lower() not in SCHEMES:
        hint = did_you_mean(scheme, SCHEMES)
        yield f"no build fills {scheme}://: {hint}; build a folder and publish that"
    elif bucket and not _PLACE.fullmatch(bucket):
        yield "an output in a bucket must look like s3://bucket/folder, without keys in it"
