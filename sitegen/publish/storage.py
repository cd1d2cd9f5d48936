"""Publish to ``s3://bucket/folder`` and ``gs://bucket/folder``: objects with their headers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import fs

from sitegen.errors import ConfigError, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish.local_site import LocalSite
from sitegen.publish.media import cache_control, content_type
from sitegen.publish.plan import Plan, Remote, manifest_files
from sitegen.publish.progress import Progress, retried
from sitegen.publish.target import Target, redacted
from sitegen.write.manifest import load_manifest

_UPLOADS = 8  # at a time
_TIMEOUT = 20  # seconds
_DENIED = re.compile(
    r"ACCESS_DENIED|INVALID_ACCESS_KEY_ID|SIGNATURE_DOES_NOT_MATCH|PERMISSION_DENIED|"
    r"HTTP (?:code|status) 40[13]|Access ?Denied",
    re.IGNORECASE,
)
_T = TypeVar("_T")


@contextmanager
def open_publisher(target: Target) -> Iterator[Storage]:
    """Reach a bucket; keys and endpoint come from the environment (``AWS_*``, ``GOOGLE_*``).

    Raises:
        ConfigError: No bucket is named, or an endpoint is not an address.
    """
    if not target.host:
        raise ConfigError(f"no bucket in {target.text!r}", help="write s3://bucket/folder")
    is_google = target.scheme == "gs"
    filesystem = fs.GcsFileSystem(**_google()) if is_google else _s3()
    yield Storage(filesystem, f"{target.host}{target.path}".strip("/"), target.text)


def _google() -> dict[str, Any]:
    """Bound the library's own retries, and read the address of an emulator."""
    options: dict[str, Any] = {"retry_time_limit": timedelta(seconds=_TIMEOUT)}
    if endpoint := os.environ.get("STORAGE_EMULATOR_HOST"):
        parts = urlsplit(endpoint)
        options |= {"endpoint_override": parts.netloc, "scheme": parts.scheme, "anonymous": True}
    return options


def _s3() -> fs.FileSystem:
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
    # Ours are the retries; the library's own would multiply them to minutes.
    options["retry_strategy"] = fs.AwsStandardS3RetryStrategy(max_attempts=1)
    # Small objects are sent in one request only when they may be opened late.
    return fs.S3FileSystem(region=region, allow_delayed_open=True, **options)


class Storage:
    """A bucket, or a folder of one.

    There is no swap of many objects. So files are replaced in an order in which every page that is
    served, old or new, finds what it needs.
    """

    host = "none"

    def __init__(self, filesystem: fs.FileSystem, root: str, name: str) -> None:
        """Take any file system of pyarrow; ``root`` is the folder in it."""
        self._fs, self._root, self._name = filesystem, root, name

    def look(self) -> Remote:
        """List the objects and read the manifest.

        Raises:
            PublishError: The bucket is missing or cannot be read, or the manifest is damaged.
        """
        bucket, _, folder = self._root.partition("/")
        # A folder need not exist, its bucket must.
        if folder and self._try(lambda: self._is_missing(bucket), "asking for the bucket"):
            raise PublishError(f"there is no bucket {bucket!r}", help="create it first")
        selector = fs.FileSelector(self._root, recursive=True, allow_not_found=bool(folder))
        found = self._try(lambda: self._fs.get_file_info(selector), "listing the target")
        files = {
            info.path[len(self._root) + 1 :]: info.size
            for info in found
            if info.type == fs.FileType.File
        }
        if files.pop(MANIFEST, None) is None:
            return Remote(files)
        try:
            return Remote(files, load_manifest(self._try(self._manifest, "reading the manifest")))
        except ValueError as error:
            raise PublishError(
                f"the target's {MANIFEST} is damaged: {error}",
                help="delete it on the target, then publish with --adopt",
            ) from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Send in steps, each begun when the one before is done.

        Raises:
            PublishError: The network or the host fails; a second publish completes this one.
        """

        def upload(path: str) -> None:
            self._put(path, site.read(path))
            progress.step()

        def delete(path: str) -> None:
            self._try(lambda: self._delete(path), f"deleting {path}")
            progress.step()

        self._put(*manifest_files(plan.interim))
        with ThreadPoolExecutor(_UPLOADS) as pool:
            for phase in plan.phases:
                _all(pool, upload, phase)
            for removal in plan.removals:
                _all(pool, delete, removal)
        self._put(*manifest_files(site.files))
        return self._name

    def _is_missing(self, bucket: str) -> bool:
        try:
            return bool(self._fs.get_file_info(bucket).type == fs.FileType.NotFound)
        except OSError as error:
            if _DENIED.search(str(error)):
                return False  # keys for one folder may not ask; listing that tells
            raise

    def _manifest(self) -> bytes:
        with self._fs.open_input_stream(f"{self._root}/{MANIFEST}") as stream:
            data: bytes = stream.read()
            return data

    def _put(self, path: str, data: bytes) -> None:
        headers = {"Content-Type": content_type(path), "Cache-Control": cache_control(path)}

        def put() -> None:
            with self._fs.open_output_stream(f"{self._root}/{path}", metadata=headers) as stream:
                stream.write(data)

        self._try(put, f"sending {path}")

    def _delete(self, path: str) -> None:
        try:
            self._fs.delete_file(f"{self._root}/{path}")
        except FileNotFoundError:
            return  # an earlier try had done it

    def _try(self, call: Callable[[], _T], what: str) -> _T:
        def checked() -> _T:
            try:
                return call()
            except pa.ArrowException as error:
                raise OSError(str(error)) from error
            except OSError as error:
                if _DENIED.search(str(error)):
                    raise PublishError(
                        f"{what} is not allowed: {redacted(str(error))}",
                        help="use keys that may list, read, write and delete there: docs/publish",
                    ) from error
                raise

        return retried(checked, what=what)


def _all(pool: ThreadPoolExecutor, call: Callable[[str], None], paths: Iterable[str]) -> None:
    """Call for all paths; on the first failure what has not begun is dropped."""
    waiting = [pool.submit(call, path) for path in paths]
    try:
        for future in waiting:
            future.result()
    finally:
        for future in waiting:
            future.cancel()
