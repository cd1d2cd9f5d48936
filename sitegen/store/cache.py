"""Cache: a digest of all that a function may read -> its value as JSON, in one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from sitegen.store.stamp import code_version, make_state_folder

T = TypeVar("T")
Step = Callable[[], object]

LIMIT = 512 << 20  # bytes on disk; some 70 times the bodies of 470 pages
_AT_ONCE = 500  # keys in one question to SQLite
_WAIT = 2.0  # seconds for another process that is writing
_SCHEMA = "CREATE TABLE IF NOT EXISTS entries (key TEXT UNIQUE, crc INTEGER, value BLOB)"


class Cache(Generic[T]):
    """Values of one type that outlive the process; whatever is wrong with the file is a miss.

    Processes may share the file, and threads the object. No method ever raises for the sake of
    the cache: a build without it is slower and equal.
    """

    def __init__(self, file: Path | None, kind: type[T], *, limit: int = LIMIT) -> None:
        """Open or make ``file``; ``None`` keeps nothing. ``limit`` is its size in bytes."""
        self._file, self._limit = file, limit
        self._decoder = msgspec.json.Decoder(kind)
        self._used: set[str] = set()
        self._lock = threading.Lock()
        self._base: sqlite3.Connection | None = None
        if file is not None:
            with self._lock:
                self._guarded(self._open)

    @property
    def has_file(self) -> bool:
        """Tell whether anything is meant to be kept, whatever became of the file."""
        return self._file is not None

    def holds(self, keys: Iterable[str]) -> set[str]:
        """Tell which keys have a value; `get` may still find it broken."""
        held: set[str] = set()
        with self._lock:
            self._guarded(lambda: held.update(key for key, *_ in self._rows(list(keys), "key")))
        return held

    def get(self, keys: Iterable[str]) -> dict[str, T]:
        """Look up many keys; what is missing, broken or of another form is not in the answer."""
        wanted = list(dict.fromkeys(keys))
        self._used.update(wanted)
        rows: list[tuple[str, int, bytes]] = []
        with self._lock:
            self._guarded(lambda: rows.extend(self._rows(wanted)))
        found: dict[str, T] = {}
        for key, crc, value in rows:
            with suppress(msgspec.MsgspecError, TypeError, ValueError):
                if zlib.crc32(value) == crc:
                    found[key] = self._decoder.decode(value)
        return found

    def put(self, values: Mapping[str, T]) -> None:
        """Keep values, all or none of them; the oldest go when the file grows over its limit."""
        rows = []
        for key, value in values.items():
            with suppress(ValueError, OverflowError):  # a lone surrogate has no JSON
                data = msgspec.json.encode(value)
                rows.append((key, zlib.crc32(data), data))
        self._used.update(values)
        with self._lock:
            self._guarded(lambda: self._insert(rows))

    def close(self) -> None:
        """Let go of the file; a closed cache holds nothing."""
        with self._lock:
            if self._base is not None:
                self._base.close()
                self._base = None

    def _open(self) -> None:
        assert self._file is not None  # noqa: S101 - a cache without a file is never opened
        make_state_folder(self._file.parent)
        if self._file.is_symlink():
            raise OSError("a link is not a cache of ours")
        base = sqlite3.connect(self._file, timeout=_WAIT, check_same_thread=False)
        self._base = base
        # A power cut may cost the file, never a build: it is made anew. Kills are no danger.
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA auto_vacuum=FULL")
        base.execute(_SCHEMA)

    def _rows(self, keys: list[str], columns: str = "key, crc, value") -> Iterable[tuple[Any, ...]]:
        if self._base is None:
            return
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            yield from self._base.execute(
                f"SELECT {columns} FROM entries WHERE key IN ({marks})",  # noqa: S608 - our words
                some,
            )

    def _insert(self, rows: list[tuple[str, int, bytes]]) -> None:
        if self._base is None or not rows:
            return
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
        pages, size = (
            self._base.execute(f"PRAGMA {what}").fetchone()[0]
            for what in ("page_count", "page_size")
        )
        if pages * size > self._limit:
            self._shrink(pages * size)

    def _shrink(self, size: int) -> None:
        """Drop the oldest entries, those of this build only when there are no others."""
        assert self._base is not None  # noqa: S101 - its caller has looked
        entries = self._base.execute(
            "SELECT key, length(value) FROM entries ORDER BY rowid"
        ).fetchall()
        entries.sort(key=lambda entry: entry[0] in self._used)
        goal = self._limit * 3 // 4
        drop = []
        for key, length in entries:
            if size <= goal:
                break
            drop.append((key,))
            size -= length
        with self._base:
            self._base.executemany("DELETE FROM entries WHERE key = ?", drop)

    def _guarded(self, step: Step) -> None:
        """Do a step with the file; a fault ends the cache's part in this process."""
        try:
            step()
        except (sqlite3.Error, OSError) as error:
            base, self._base = self._base, None
            if base is not None:
                with suppress(sqlite3.Error):
                    base.close()
            # A damaged file is made anew by the next build; a locked or full one is left alone.
            damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(
                error, sqlite3.OperationalError
            )
            if damaged and self._file is not None:
                with suppress(OSError):
                    self._file.unlink()


def digest(*arguments: object) -> str:
    """Give the key of a call: changes with the arguments, with our code and with the libraries."""
    try:
        data = msgspec.msgpack.encode(arguments)
    except ValueError:  # a lone surrogate
        data = repr(arguments).encode("utf-8", "surrogatepass")
    return hashlib.sha256(code_version().encode() + data).hexdigest()
