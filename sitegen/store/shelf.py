"""Shelf: values in order, in memory while they are few, else in a file that ends with the build."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from threading import Lock
from typing import IO, Any, Generic, TypeVar, cast
from weakref import finalize

from sitegen.errors import Location, WriteError
from sitegen.model.runs import Bulk
from sitegen.store.packing import pack, unpacker
from sitegen.store.sha256 import sha256_of
from sitegen.store.stamp import make_state_folder

T = TypeVar("T")

HELD = 8 << 20
"""Characters of text that one shelf holds in memory; some 1,000 pages."""

_DIGITS = 32  # of a digest, which tell all values apart
_WRITTEN = 1 << 20  # bytes that are written at once
_USUAL = 32  # values of a run
_MOST = 4  # times as many at most
_LARGEST = 4 << 20  # bytes after which a run ends
_ELSEWHERE = (1 << 64) - 1  # where a value starts that is not in the file as yet
_AHEAD = 1 << 17  # bytes that are read at once where values are read one after the other


class Shelf(Generic[T]):
    """Values that are put aside, and taken by their numbers or one after another.

    As soon as their sizes add up to more than `HELD`, all are in a file without a name, which is
    gone with the process, however that ends. Processes that are copied later read it too.
    """

    def __init__(self, kind: Any, folder: Path | None = None) -> None:
        """Hold values of a ``kind`` that msgspec knows; a file would be in ``folder``, or in /tmp.

        A folder that cannot be made is not needed: the file is where other programs have theirs.
        """
        self.folder = folder
        self._unpack: Callable[[bytes], T] = unpacker(kind)
        self._held: list[T | None] | None = []
        self._order: Sequence[int] | None = None
        self._changes: list[Callable[[T], T]] = []
        self.size = 0
        """About how many characters the texts of all values have."""
        self._file: IO[bytes] | None = None
        self._starts = array("Q")
        self._lengths = array("Q")
        self._known: dict[int, str] = {}
        self._elsewhere: list[tuple[int, Bulk]] = []  # with the number of the first value of each
        self._waiting = bytearray()
        self._end = 0
        self._block = (0, 0, b"")  # where what was read last begins and ends, and some bytes there
        self._lock = Lock()

    @classmethod
    def of(
        cls, values: Iterable[T], size: Callable[[T], int], kind: Any, folder: Path | None
    ) -> Shelf[T]:
        """A shelf of some values, with the ``size`` of each."""
        shelf: Shelf[T] = cls(kind, folder)
        for value in values:
            shelf.append(value, size(value))
        return shelf

    @property
    def is_large(self) -> bool:
        """Whether the values are in a file by now."""
        return self._held is None

    def append(self, value: T, size: int) -> None:
        """Put a value at the end; its ``size`` is about that of its texts."""
        self.size += size
        if self._held is not None:
            self._held.append(value)
            if self.size > HELD:
                self.put_aside()
        else:
            self._write(value)

    def put_aside(self) -> None:
        """Put all values that are held into a file, and so whatever comes."""
        held, self._held = self._held or [], None
        for each in held:
            self._write(each)

    def append_packed(self, data: bytes, size: int, known_by: str = "") -> None:
        """Put a value that is packed already at the end; its bytes may be ``known_by`` a digest."""
        if self._held is not None:
            self.append(self._unpack(data), size)
        else:
            self.size += size
            if known_by:
                self._known[len(self._starts)] = known_by
            self._write_packed(data)

    def append_bulk(self, bulk: Bulk, some: Iterable[tuple[int, int, str]]) -> None:
        """Put values at the end that are packed already, and need not be here as yet.

        Of each there is how many bytes it has (0: nobody says), its size, and what these bytes are
        known by.
        """
        if self._held is not None or bulk.is_here:
            for data, (_, size, known_by) in zip(bulk.load(), some, strict=True):
                self.append_packed(data, size, known_by)
            return
        first, values = len(self._starts), list(some)
        self._elsewhere.append((first, bulk))
        self.size += sum(size for _, size, _ in values)
        self._known.update(
            (at, known_by) for at, (*_, known_by) in enumerate(values, first) if known_by
        )
        self._starts.extend(repeat(_ELSEWHERE, len(values)))
        self._lengths.extend(length for length, *_ in values)

    def in_order(self, order: Sequence[int]) -> None:
        """Give the values from now on in another order: that of these numbers."""
        self._order = order if self._order is None else [self._order[number] for number in order]

    def change(self, change: Callable[[T], T]) -> None:
        """Give the values from now on as a function makes them of those that are here."""
        self._changes.append(change)

    def __len__(self) -> int:
        """How many values there are."""
        if self._order is not None:
            return len(self._order)
        return len(self._starts) if self._held is None else len(self._held)

    def __getitem__(self, number: int) -> T:
        """A value by its number."""
        at = number if self._order is None else self._order[number]
        # `drain` is the last to look at a value that is held.
        held = self._held
        value = self._unpack(self._read(at)) if held is None else cast("T", held[at])
        for change in self._changes:
            value = change(value)
        return value

    def packed(self, number: int) -> bytes:
        """A value of a large shelf by its number, as bytes; those in the file if they are it."""
        if self._changes:
            return pack(self[number])
        return self._read(number if self._order is None else self._order[number])

    def length(self, number: int) -> int:
        """How many bytes a value of a large shelf took as it came."""
        return self._lengths[number if self._order is None else self._order[number]]

    def known_by(self, number: int) -> str:
        """The digest of the bytes of a value of a large shelf; it may have come with them."""
        at = number if self._order is None else self._order[number]
        known = "" if self._changes else self._known.get(at, "")
        return known or digest_of(self.packed(number))

    def __iter__(self) -> Iterator[T]:
        """Yield all values in order."""
        return (self[number] for number in range(len(self)))

    def drain(self) -> Iterator[T]:
        """Yield all values in order and let go of each; the shelf is of no use afterwards."""
        for number in range(len(self)):
            yield self[number]
            if self._held is not None:
                self._held[number if self._order is None else self._order[number]] = None
        self.close()

    def close(self) -> None:
        """Let go of all values."""
        self._held, self._order, self._starts = [], None, array("Q")
        self._known.clear()
        self._elsewhere.clear()
        self._block = (0, 0, b"")
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, value: object) -> None:
        self._write_packed(pack(value))

    def _write_packed(self, data: bytes) -> None:
        self._lengths.append(len(data))
        self._starts.append(self._put(data))

    def _put(self, data: bytes) -> int:
        """Put bytes at the end of the file, and say where that was."""
        start = self._end
        self._end += len(data)
        self._waiting += data
        if len(self._waiting) >= _WRITTEN:
            self._flush()
        return start

    def _fetch(self, at: int) -> int:
        """Put a value into the file that is not there as yet, and those that came with it."""
        with self._lock:
            if self._starts[at] == _ELSEWHERE:
                first, bulk = self._elsewhere[bisect_right(self._elsewhere, at, key=_number) - 1]
                for number, data in enumerate(bulk.load(), first):
                    self._starts[number], self._lengths[number] = self._put(data), len(data)
        return self._starts[at]

    def _flush(self) -> None:
        try:
            if self._file is None:
                self._file = _open(self.folder)
                closing = finalize(self, self._file.close)  # nobody asks for the values any more
                closing.atexit = False  # a thread of a preview may, until the very end
            rest = memoryview(bytes(self._waiting))
            while rest:  # a file that is not buffered may take less at once
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise self._fault(error) from error
        self._waiting.clear()

    def _read(self, at: int) -> bytes:
        start = self._starts[at]
        if start == _ELSEWHERE:
            start = self._fetch(at)
        length = self._lengths[at]
        begin, read, block = self._block  # of one assignment: threads of a preview read
        inside = start - begin
        if inside >= 0 and inside + length <= len(block):
            self._block = (begin, start + length, block)
            return block[inside : inside + length]
        if start + length > self._end - len(self._waiting):
            with self._lock:  # threads of a preview read
                if self._waiting:
                    self._flush()
        assert self._file is not None  # noqa: S101 - what is not waiting was written
        try:
            ahead = max(length, _AHEAD) if start == read else length
            block = os.pread(self._file.fileno(), ahead, start)
            self._block = (start, start + length, block if ahead > length else b"")
            return block[:length]
        except OSError as error:
            raise self._fault(error) from error

    def _fault(self, error: OSError) -> WriteError:
        return WriteError(
            f"what does not fit into memory cannot be put aside: {error.strerror or error}",
            location=Location(file=str(self.folder or gettempdir())),
            help="make room there, or set TMPDIR to a folder with more and build with --no-cache",
        )


def _number(elsewhere: tuple[int, Bulk]) -> int:
    return elsewhere[0]


def digest_of(data: bytes) -> str:
    """What the bytes of a value are known by."""
    return sha256_of(data, _DIGITS)


def runs_of(shelf: Shelf[T], usual: int = _USUAL) -> Iterator[list[str]]:
    """Part the values of a large shelf, as they are known, behind those whose digests say so.

    A new value changes no run but its own, or two. Runs have about the ``usual`` number of values,
    and fewer where these are large.
    """
    run: list[str] = []
    size = 0
    for number in range(len(shelf)):
        known_by = shelf.known_by(number)
        run.append(known_by)
        size += shelf.length(number)
        if int(known_by[:8], 16) % usual == 0 or len(run) == _MOST * usual or size > _LARGEST:
            yield run
            run, size = [], 0
    if run:
        yield run


def _open(folder: Path | None) -> IO[bytes]:
    """A file without a name."""
    if folder is not None:
        with suppress(OSError):
            make_state_folder(folder)
            return TemporaryFile(dir=folder, buffering=0)
    return TemporaryFile(buffering=0)
