"""Buckets: ``s3://`` and ``gs://`` as file systems; the environment has keys and endpoints."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from pyarrow import fs

from sitegen.errors import ConfigError
from sitegen.safe_urls import redacted

_TIMEOUT = 20  # seconds
DENIED = re.compile(
    r"ACCESS_DENIED|INVALID_ACCESS_KEY_ID|SIGNATURE_DOES_NOT_MATCH|PERMISSION_DENIED|"
    r"HTTP (?:code|status) 40[13]|Access ?Denied",
    re.IGNORECASE,
)
"""What stores say of keys that may not."""


def bucket_files(scheme: str, *, tries: int = 1) -> fs.FileSystem:
    """The file system of a scheme; the library itself tries so many times.

    Raises:
        ConfigError: an endpoint is not an address.
    """
    return fs.GcsFileSystem(**_google()) if scheme == "gs" else _s3(tries)


def _google() -> dict[str, Any]:
    """Bound the library's own retries, and read the address of an emulator."""
    options: dict[str, Any] = {"retry_time_limit": timedelta(seconds=_TIMEOUT)}
    if endpoint := os.environ.get("STORAGE_EMULATOR_HOST"):
        parts = urlsplit(endpoint)
        options |= {"endpoint_override": parts.netloc, "scheme": parts.scheme, "anonymous": True}
    return options


def _s3(tries: int) -> fs.FileSystem:
    """Read what other tools for S3 read too; pyarrow itself reads the keys."""
    environ = os.environ
    options: dict[str, Any] = {"request_timeout": _TIMEOUT, "connect_timeout": _TIMEOUT}
    region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")
    endpoint = environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ConfigError(f"not an endpoint: {redacted(endpoint)!r}")
        options |= {"endpoint_override": parts.netloc, "scheme": parts.scheme}
    options["retry_strategy"] = fs.AwsStandardS3RetryStrategy(max_attempts=tries)
    # Small objects are sent in one request only when they may be opened late.
    return fs.S3FileSystem(region=region, allow_delayed_open=True, **options)
