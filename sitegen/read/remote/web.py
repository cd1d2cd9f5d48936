"""Files of the web: what is known of one after one request, and its bytes by ranges or in a row."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import partial

from urllib3.response import BaseHTTPResponse

from sitegen.errors import ReadError
from sitegen.read.remote.client import Door, exchange
from sitegen.read.remote.file import RemoteFile, shown

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
CHUNK = 1 << 18
"""Bytes that are taken from an answer at once."""

MOST_UNTOLD = 1 << 30  # bytes of a file whose size its server does not tell


def look(url: str, door: Door = Door()) -> RemoteFile:  # noqa: B008 - frozen
    """Ask for the first byte of a file: its size, and what its version is known by.

    Where a server gives neither a size nor a range all of it comes, to be counted.

    Raises:
        ReadError: the file cannot be read.
    """
    return exchange(door, url, {"Range": "bytes=0-0"}, partial(_seen, url))


def _seen(url: str, answer: BaseHTTPResponse) -> RemoteFile:
    version, changed = version_of(answer), _changed(answer)
    if answer.status == 416:
        return RemoteFile(url, 0, version, changed)
    if (found := range_of(answer)) and found[:2] == (0, 0):
        answer.read()
        return RemoteFile(url, found[2], version, changed)
    length = answer.headers.get("Content-Length", "")
    if answer.status == 200 and length.isdecimal() and not is_packed(answer):
        return RemoteFile(url, int(length), version, changed)
    if answer.status != 200:  # a range that nobody asked for: its size may be as wrong
        answer.close()
        raise ReadError(
            f"{shown(url)}: its host answers with a range that was not asked for",
            help="download the file, and name it here",
        )
    digest, size = hashlib.sha256(), 0
    for part in answer.stream(CHUNK, decode_content=False):
        digest.update(part)
        size += len(part)
        if size > MOST_UNTOLD:
            raise ReadError(
                f"{shown(url)}: its host does not tell its size, and more than "
                f"{MOST_UNTOLD >> 20} MiB came",
                help="download the file, and name it here",
            )
    return RemoteFile(url, size, version or digest.hexdigest(), changed)


def is_packed(answer: BaseHTTPResponse) -> bool:
    """Whether a server has packed what it was asked to give as it is."""
    return answer.headers.get("Content-Encoding", "identity") not in {"", "identity"}


def version_of(answer: BaseHTTPResponse) -> str:
    """What the version of a file is known by; empty where its server does not tell."""
    return answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""


def _changed(answer: BaseHTTPResponse) -> int:
    """When a file was changed (ns), where nothing else tells its version."""
    if answer.headers.get("ETag"):
        return 0
    with suppress(ValueError, TypeError):
        return (
            int(parsedate_to_datetime(answer.headers.get("Last-Modified", "")).timestamp()) * 10**9
        )
    return 0


def range_of(answer: BaseHTTPResponse) -> tuple[int, int, int] | None:
    """First and last byte of an answer and the size of the whole, if it is such a part."""
    match = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if answer.status != 206 or not match or is_packed(answer):
        return None
    first, last, size = map(int, match.groups())
    length = answer.headers.get("Content-Length", "")
    is_so_long = not length.isdecimal() or int(length) == last - first + 1
    return (first, last, size) if is_so_long else None
