"""Transfer: bytes of a file of the web by ranges, or from its start where a server has none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.response import BaseHTTPResponse

from sitegen.errors import ReadError
from sitegen.read.remote.client import TRIES, CutError, Door, exchange, too_slow
from sitegen.read.remote.file import RemoteFile, shown
from sitegen.read.remote.pace import SlowError
from sitegen.read.remote.web import CHUNK, range_of, version_of


class _NoRangeError(Exception):
    """A server gives something else than the range that it was asked for."""


class Transfer:
    """Gives the bytes of a file from one place up to another.

    A server without ranges, or one that gives others than those it was asked for, is read from
    the start, up to where bytes are asked for, into a file that ends with this.
    """

    def __init__(self, file: RemoteFile, url: str, door: Door) -> None:
        """Ask at ``url``; where that is the file's own, its answers must be of its version."""
        self._file, self._url, self._door = file, url, door
        self._version = file.version if url == file.url else ""
        self._spool: IO[bytes] | None = None
        self._has = 0
        self._rest: Iterator[bytes] | None = None
        self._held = ExitStack()

    def __call__(self, start: int, stop: int) -> bytes:
        """The bytes from one place up to another.

        Raises:
            ReadError: they do not come, or are of another version.
        """
        if self._spool is None:
            given = {"Range": f"bytes={start}-{stop - 1}"}
            with suppress(_NoRangeError):
                return exchange(self._door, self._url, given, partial(self._part, start, stop))
            self._spool = self._held.enter_context(TemporaryFile())  # noqa: SIM115 - `close` does
        self._read_on(self._spool, stop)
        return os.pread(self._spool.fileno(), stop - start, start)

    def close(self) -> None:
        """Let go of what came."""
        self._rest = None
        self._held.close()

    def _part(self, start: int, stop: int, answer: BaseHTTPResponse) -> bytes:
        """The body of an answer that is the very range that was asked for."""
        self._see_version(answer)
        if range_of(answer) != (start, stop - 1, self._file.size):
            answer.close()
            raise _NoRangeError
        try:
            data: bytes = answer.read(decode_content=False)
        except ProtocolError as error:
            raise CutError("the answer ends early") from error
        if len(data) != stop - start:
            raise CutError("the answer ends early")
        return data

    def _read_on(self, spool: IO[bytes], stop: int) -> None:
        """Take what comes from the start, until there is enough of it."""
        for left in reversed(range(TRIES)):
            if self._has >= stop:
                return
            try:
                if self._rest is None:
                    self._rest = self._after(self._has)
                while self._has < stop:
                    part = next(self._rest, b"")
                    if not part:
                        raise CutError(f"it ends after {self._has:,} of {self._file.size:,} bytes")
                    spool.seek(self._has)
                    spool.write(part)
                    spool.flush()
                    self._has += len(part)
            except SlowError as error:
                raise too_slow(self._url, error) from error
            except (HTTPError, OSError) as error:
                self._rest = None
                if not left:
                    raise ReadError(
                        f"{shown(self._url)}: it ends after {self._has:,} of "
                        f"{self._file.size:,} bytes",
                        help="try again later, or download the file and name it here",
                    ) from error

    def _after(self, start: int) -> Iterator[bytes]:
        """Yield what comes after so many bytes of the whole."""
        answer = exchange(self._door, self._url, {}, self._same)
        with closing(answer):
            for part in answer.stream(CHUNK, decode_content=False):
                if start < len(part):
                    yield part[start:]
                start = max(0, start - len(part))

    def _same(self, answer: BaseHTTPResponse) -> BaseHTTPResponse:
        self._see_version(answer)
        length = answer.headers.get("Content-Length", str(self._file.size))
        if answer.status != 200 or length != str(self._file.size):
            raise ReadError(
                f"{shown(self._url)}: its host tells two sizes of it, or gives only a part",
                help="download the file, and name it here",
            )
        return answer

    def _see_version(self, answer: BaseHTTPResponse) -> None:
        if self._version and version_of(answer) not in {"", self._version}:
            raise ReadError(f"{shown(self._url)} was changed while it was read", help="build again")
