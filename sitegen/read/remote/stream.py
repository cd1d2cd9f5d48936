"""Streams: bytes of a remote file as they are asked for, in blocks that are kept."""

from __future__ import annotations

import io
import os
from collections import OrderedDict
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from sitegen.read.remote.file import RemoteFile

if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined]

    from sitegen.store.sqlite import Disk

BLOCK = 256 << 10
"""Bytes that travel at least."""

_AT_ONCE = 16  # blocks that one request asks for
_IN_MEMORY = 64  # blocks
_AHEAD = 4 * BLOCK  # bytes that readers of lines are given at once


class Fetch(Protocol):
    """Gives the bytes of a file from one place up to another."""

    def __call__(self, start: int, stop: int) -> bytes:
        """The bytes, all of them."""

    def close(self) -> None:
        """Let go of what it holds; nothing is asked for any more."""


def open_stream(file: RemoteFile, fetch: Fetch, disk: Disk | None, *, ahead: bool) -> BinaryIO:
    """Open a remote file; ``ahead``: what is read of it follows on what was read before."""
    raw = cast("io.RawIOBase", _Blocks(file, fetch, disk))
    return cast("BinaryIO", io.BufferedReader(raw, _AHEAD if ahead else io.DEFAULT_BUFFER_SIZE))


class _Blocks(io.RawIOBase):
    """A file of which the blocks that were seen are remembered, here and on the disk."""

    def __init__(self, file: RemoteFile, fetch: Fetch, disk: Disk | None) -> None:
        super().__init__()
        self._file, self._fetch, self._disk = file, fetch, disk if file.key else None
        self._seen: OrderedDict[int, bytes] = OrderedDict()
        self._at = 0

    def close(self) -> None:
        if not self.closed:
            self._fetch.close()
        super().close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._file.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        stop = min(self._at + len(view), self._file.size)
        if stop <= self._at:
            return 0
        first, last = self._at // BLOCK, (stop - 1) // BLOCK
        last = min(last, first + _AT_ONCE - 1)
        data = b"".join(self._blocks(first, last))
        start = self._at - first * BLOCK
        part = data[start : start + stop - self._at]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _blocks(self, first: int, last: int) -> list[bytes]:
        """The blocks from the first to the last; what is missing of them comes by one request."""
        wanted = range(first, last + 1)
        found = {number: self._seen[number] for number in wanted if number in self._seen}
        if self._disk is not None and len(found) < len(wanted):
            keys = {self._key(number): number for number in wanted if number not in found}
            kept = self._disk.get(keys)
            found |= {number: kept[key] for key, number in keys.items() if key in kept}
        if missing := [number for number in wanted if number not in found]:
            found |= self._fetched(missing[0], missing[-1])
        for number in wanted:
            self._seen[number] = found[number]
            self._seen.move_to_end(number)
        while len(self._seen) > _IN_MEMORY:
            self._seen.popitem(last=False)
        return [found[number] for number in wanted]

    def _fetched(self, first: int, last: int) -> dict[int, bytes]:
        start, stop = first * BLOCK, min((last + 1) * BLOCK, self._file.size)
        data = self._fetch(start, stop)
        cut = {
            number: data[(number - first) * BLOCK : (number - first + 1) * BLOCK]
            for number in range(first, last + 1)
        }
        if self._disk is not None:
            self._disk.put({self._key(number): block for number, block in cut.items()})
        return cut

    def _key(self, number: int) -> str:
        return f"{self._file.key}-{number}"
