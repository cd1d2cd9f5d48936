"""Buckets: ``s3://bucket/path`` and ``gs://bucket/path``, a file or a folder -> its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from pyarrow import ArrowException, fs

from sitegen.errors import ConfigError, ReadError
from sitegen.read.remote.file import RemoteFile
from sitegen.safe_urls import redacted
from sitegen.store.bucket import DENIED, bucket_files

_TRIES = 5
_KEYS = {
    "s3": "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_REGION) to keys that may read",
    "gs": "set GOOGLE_APPLICATION_CREDENTIALS to the key file of an account that may read",
}


def look(url: str) -> dict[str, RemoteFile]:
    """The file that an address names, or those below it, by the path that is left.

    Raises:
        ReadError: there is none, keys may not read, or the store does not answer.
        ConfigError: the address names no bucket.
    """
    scheme, path = _parse(url)
    with _faults(scheme, url):
        files = _files(scheme, os.getpid())
        info = files.get_file_info(path)
        if info.type == fs.FileType.File and not url.endswith("/"):
            return {"": _known(scheme, files, info)}
        selector = fs.FileSelector(path, recursive=True, allow_not_found=True)
        found = [info for info in files.get_file_info(selector) if info.type == fs.FileType.File]
        if not found:
            raise ReadError(f"there is nothing at {url}", help="check the address of the input")
        return {
            info.path[len(path) + 1 :]: RemoteFile(
                f"{scheme}://{info.path}", info.size, f"{info.mtime_ns}", info.mtime_ns or 0
            )
            for info in found
        }


class Transfer:
    """Gives the bytes of a file from one place up to another.

    ``known`` is the file by its ETag, which a listing does not tell.
    """

    def __init__(self, file: RemoteFile) -> None:
        """Open it.

        Raises:
            ReadError: it is another by now, or as `look`.
        """
        self._scheme, path = _parse(file.url)
        self._url = file.url
        with _faults(self._scheme, file.url):
            self._stream = _files(self._scheme, os.getpid()).open_input_file(path)
            etag = _etag(self._stream)
        is_other = file.version.startswith('"') and etag and etag != file.version
        if is_other or self._stream.size() != file.size:
            raise ReadError(f"{file.url} was changed while it was read", help="build again")
        self.known = RemoteFile(file.url, file.size, etag or file.version, file.changed)

    def __call__(self, start: int, stop: int) -> bytes:
        """The bytes, all of them; raises as `look`."""
        with _faults(self._scheme, self._url):
            data: bytes = self._stream.read_at(stop - start, start)
        if len(data) != stop - start:
            raise ReadError(f"{self._url} ends early", help="build again")
        return data

    def close(self) -> None:
        """Let go of it."""
        self._stream.close()


def _known(scheme: str, files: fs.FileSystem, info: fs.FileInfo) -> RemoteFile:
    """A single file: its ETag tells more than its time, which is one of whole seconds."""
    with files.open_input_file(info.path) as stream:
        etag = _etag(stream)
    url, time = f"{scheme}://{info.path}", info.mtime_ns or 0
    return RemoteFile(url, info.size, etag or f"{time}", 0 if etag else time)


def _etag(stream: Any) -> str:
    table = stream.metadata() or {}
    found = table.get(b"ETag") or table.get("ETag") or b""
    return found.decode("ascii", "replace") if isinstance(found, bytes) else str(found)


def _parse(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    path = url.split("://", 1)[1].strip("/")
    if not parts.netloc or "@" in parts.netloc or {".", "..", ""} & set(path.split("/")):
        raise ConfigError(
            f"not a place in a bucket: {redacted(url)!r}",
            help=f"write {parts.scheme}://bucket/folder; keys come from the environment",
        )
    return parts.scheme, path


@cache
def _files(scheme: str, _process: int) -> fs.FileSystem:
    return bucket_files(scheme, tries=_TRIES)


@contextmanager
def _faults(scheme: str, url: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ArrowException) as error:
        words = redacted(str(error).splitlines()[0][:300] if str(error) else type(error).__name__)
        if DENIED.search(str(error)):
            raise ReadError(f"{url} may not be read: {words}", help=_KEYS[scheme]) from error
        if isinstance(error, FileNotFoundError) or "NoSuchBucket" in str(error):
            raise ReadError(
                f"there is nothing at {url}", help="check the address of the input"
            ) from error
        raise ReadError(f"{url} cannot be read: {words}", help="try again later") from error
