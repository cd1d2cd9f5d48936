"""SQLite: keys -> bytes in one file, of which whatever is wrong is a miss."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.store.stamp import make_state_folder

LIMIT = 512 << 20  # bytes on disk; some 70 times the bodies of 470 pages
_AT_ONCE = 500  # keys in one question to SQLite
_MAPPED = 32 << 20  # bytes of the file that are in memory, as this process is measured
_WAIT = 2.0  # seconds for another process that is writing
_SCHEMA = "CREATE TABLE IF NOT EXISTS entries (key TEXT UNIQUE, crc INTEGER, value BLOB)"


class Disk:
    """Bytes that outlive the process.

    Processes may share the file, and threads the object. No method ever raises for the sake of
    the file: a build without it is slower and equal.
    """

    def __init__(
        self, file: Path, *, limit: int = LIMIT, is_new: bool = False, used: set[int] | None = None
    ) -> None:
        """Open or make ``file``; ``limit`` is its size in bytes.

        ``is_new`` says that what it has was put there by this build, which asks for none of it.
        ``used`` is what the build has asked for already.
        """
        self._file, self._limit = file, limit
        self.used: set[int] = set() if used is None else used
        """Hashes of the keys that this build asks for: a large site has a million."""
        self.is_new = is_new
        """Whether the file had nothing when it was opened, or when the build began."""
        self._lock = threading.Lock()
        self._base: sqlite3.Connection | None = None
        with self._lock:
            self._guarded(self._open)

    def holds(self, keys: Iterable[str]) -> set[str]:
        """The keys that have a value; `get` may still find it broken."""
        held: set[str] = set()
        with self._lock:
            self._guarded(lambda: held.update(key for key, *_ in self._rows(list(keys), "key")))
        self.used.update(map(hash, held))
        return held

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The values of many keys; what is missing or broken is not in the answer."""
        wanted = list(dict.fromkeys(keys))
        rows: list[tuple[str, int, bytes]] = []
        with self._lock:
            self._guarded(lambda: rows.extend(self._rows(wanted)))
        found: dict[str, bytes] = {}
        for key, crc, value in rows:
            with suppress(TypeError):
                if zlib.crc32(value) == crc:
                    found[key] = value
        self.used.update(map(hash, found))
        return found

    def put(self, values: Mapping[str, bytes]) -> None:
        """Keep values, all or none of them; the oldest go when the file grows over its limit."""
        self.used.update(map(hash, values))
        rows = [(key, zlib.crc32(value), value) for key, value in values.items()]
        with self._lock:
            self._guarded(lambda: self._insert(rows))

    def close(self) -> None:
        """Let go of the file, which has nothing from then on."""
        with self._lock:
            if self._base is not None:
                self._base.close()
                self._base = None

    def _open(self) -> None:
        make_state_folder(self._file.parent)
        if self._file.is_symlink():
            raise OSError("a link is not a file of ours")
        base = sqlite3.connect(self._file, timeout=_WAIT, check_same_thread=False)
        self._base = base
        # A power cut may cost the file, never a build: it is made anew. Kills are no danger.
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA auto_vacuum=FULL")
        base.execute(f"PRAGMA mmap_size={_MAPPED}")  # no system call for each page that is read
        base.execute(_SCHEMA)
        is_empty = base.execute("SELECT 1 FROM entries LIMIT 1").fetchone() is None
        self.is_new = self.is_new or is_empty

    def _rows(self, keys: list[str], columns: str = "key, crc, value") -> Iterable[tuple[Any, ...]]:
        if self._base is None:
            return
        if self.is_new:  # what others put there meanwhile is made here too
            keys = [key for key in keys if hash(key) in self.used]
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
        self._shrink(self._limit)

    def turn(self, limit: int) -> None:
        """End a build, which may have taken any room, with so many bytes; others follow it."""
        with self._lock:
            self._guarded(partial(self._shrink, limit))
        self.used.clear()
        self.is_new = False

    def _shrink(self, limit: int) -> None:
        """Drop the oldest entries beyond a limit, those of this build only if there are no others.

        So much is dropped that there is room for a while.
        """
        if self._base is None:
            return
        pages, each = (
            self._base.execute(f"PRAGMA {what}").fetchone()[0]
            for what in ("page_count", "page_size")
        )
        if (size := pages * each) <= limit:
            return
        entries = self._base.execute(
            "SELECT key, coalesce(length(value), 0) FROM entries ORDER BY rowid"
        ).fetchall()
        entries.sort(key=lambda entry: hash(entry[0]) in self.used)
        goal = limit * 3 // 4
        drop = []
        for key, length in entries:
            if size <= goal:
                break
            drop.append((key,))
            size -= length
        with self._base:
            self._base.executemany("DELETE FROM entries WHERE key = ?", drop)

    def _guarded(self, step: Callable[[], object]) -> None:
        """Do a step with the file; a fault ends the file's part in this process."""
        try:
            step()
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            base, self._base = self._base, None
            if base is not None:
                with suppress(sqlite3.Error):
                    base.close()
            # A damaged file is made anew by the next build; a locked or full one is left alone.
            # What is wrong may be a name that SQLite quotes.
            damaged = isinstance(error, sqlite3.DatabaseError | UnicodeDecodeError)
            damaged = damaged and not isinstance(error, sqlite3.OperationalError)
            if damaged:
                with suppress(OSError):
                    self._file.unlink()
