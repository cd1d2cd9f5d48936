"""Watch: events of the file system -> the news that files may have changed, once it is quiet."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from sitegen.serve.area import Area

QUIET = 0.005  # seconds without an event after a file was closed, renamed or removed
OPEN = 0.15  # ... after a write to a file that is still open
EMPTY = 0.5  # ... after a file was cut to nothing: editors that do this write next
MOST = 2.0  # seconds after which changes are taken up, quiet or not
FLOOD = 1_000  # events; whoever makes so many is not an author, and is waited for
CALM = 0.5  # seconds without an event after a flood
RESCAN = 10.0  # seconds between looks at all files, lest an event was lost
POLL = 0.5  # ... where events cannot be had
BREATH = 0.05  # seconds in which browsers come for what was built
_IGNORED = frozenset({"opened", "closed_no_write"})
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"})


Look = tuple[Area, Mapping[str, object]]
"""What is to be watched, and by the path of each file what it is known by."""


class Watch(FileSystemEventHandler):
    """Waits for changes. Events say when to act; what has changed, the build finds out.

    So lost events, overflowing queues and events without sense can delay a build, not falsify it.
    """

    def __init__(self, look: Callable[[], Look], *, poll: bool = False) -> None:
        """``look`` looks at every file that matters now; ``poll``: do without events."""
        self._look = look
        self._area = Area()
        self._lock = threading.Lock()
        self._wake, self._more = threading.Event(), threading.Event()
        self._first = self._last = self._polled = 0.0
        self._quiet = QUIET
        self._names: list[str] = []
        self._count = 0
        self._seen: Mapping[str, object] = {}
        self._places: dict[Path, tuple[bool, int]] = {}
        self._observer: BaseObserver | None = None
        self.polling = "asked for" if poll else ""
        self.stopped = False
        self._is_arranged = self._has_moved = False

    def start(self, seen: Mapping[str, object]) -> None:
        """Begin to watch; what has changed since it was ``seen`` counts as having happened now."""
        self._arrange()
        if self._seen != seen:
            self._wake.set()

    def stop(self) -> None:
        """End the wait that is going on, and all later ones at once; any thread may call this."""
        self.stopped = True
        self._wake.set()
        self._more.set()
        if self._observer is not None:
            self._observer.stop()

    def rest(self, seconds: float) -> bool:
        """Wait so long, or until something happens; whether nothing has.

        The first rest of a build begins to watch what that build was the first to read. What
        changed before it was watched is found by building once more.
        """
        end = time.monotonic() + seconds
        if seconds and not self._is_arranged:
            if self._wake.wait(min(seconds, BREATH)):
                return False
            if self._arrange():
                self._wake.set()
        while not self._wake.wait(
            max(0, min(end - time.monotonic(), POLL if self.polling else seconds))
        ):
            if self.polling and time.monotonic() >= self._polled + POLL:
                self._polled = time.monotonic()
                if self._look()[1] != self._seen:
                    return False
            if time.monotonic() >= end:
                return True
        return False

    def wait(self) -> str:
        """Wait for a change and then for quiet; name what changed, or "" when stopped."""
        while True:
            before = self._seen
            is_news = self._arrange()
            if not self._wake.is_set():
                changed = {*before.items()} ^ {*self._seen.items()} if before else ()
                if changed or is_news:
                    return self._leave(sorted({Path(path).name for path, _ in changed}))
                self._wake.wait(POLL if self.polling else RESCAN)
            if self.stopped:
                return ""
            if self._wake.is_set():
                self._settle()
                with self._lock:
                    names, self._names, self._count = self._names, [], 0
                    self._wake.clear()
                self._seen = self._look()[1] if self.polling else {}
                return self._leave(dict.fromkeys(names))

    def _leave(self, names: Iterable[str]) -> str:
        """Let somebody build for these names; what there is to watch may be different then."""
        self._is_arranged = False
        some = list(names)
        more = f" and {len(some) - 2} more" if len(some) > 2 else ""
        return ", ".join(some[:2]) + more or "sources"

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note an event; the observer's thread calls this."""
        if event.event_type in _IGNORED or (event.is_directory and event.event_type == "modified"):
            return
        paths = [os.fsdecode(p) for p in (event.dest_path or event.src_path, event.src_path)]
        if not any(map(self._area.concerns, paths)):
            return
        if event.is_directory and not self._places.keys().isdisjoint(map(Path, paths)):
            self._has_moved = True  # another may be in its place, even with the same inode
        quiet = OPEN if event.event_type == "modified" else QUIET
        if self._count < FLOOD:
            with suppress(OSError):
                quiet = quiet if Path(paths[0]).stat().st_size else EMPTY
        with self._lock:
            self._last = time.monotonic()
            if not self._count:
                self._first = self._last
            self._count += 1
            self._quiet = quiet
            if len(self._names) < FLOOD:
                self._names.append(Path(paths[0]).name)
            self._wake.set()
            self._more.set()

    def _settle(self) -> None:
        while not self.stopped:
            with self._lock:
                self._more.clear()
                now = time.monotonic()
                flood = self._count >= FLOOD
                rest = self._last + (CALM if flood else self._quiet) - now
                if rest <= 0 or (not flood and now > self._first + MOST):
                    return
            if flood:
                time.sleep(min(rest, 0.05))
            else:  # the file that is open may be closed any moment
                self._more.wait(min(rest, 0.05))

    def _arrange(self) -> bool:
        """Watch what is to be watched by now; whether that is anything else than before.

        Where it cannot be watched, the files are looked at instead.
        """
        self._is_arranged, has_moved, self._has_moved = True, self._has_moved, False
        self._area, self._seen = self._look()
        wanted: dict[Path, tuple[bool, int]] = {}
        for folder, deep in self._area.watched().items():
            with suppress(OSError):
                wanted[folder] = (deep, folder.stat().st_ino)
        if self.polling or (wanted == self._places and not has_moved):
            return False
        if kind := next(filter(None, map(_network_disk, wanted)), ""):
            self._poll(f"a network disk ({kind}) does not tell of all changes")
            return True
        try:
            if self._observer is None:
                # It logs that it was ended amidst its work; what it loses the next look finds.
                logging.getLogger("watchdog").setLevel(logging.CRITICAL)
                self._observer = Observer()
                self._observer.daemon = True
                self._observer.start()
            self._observer.unschedule_all()
            for folder, (deep, _) in wanted.items():
                self._observer.schedule(self, str(folder), recursive=deep)
            self._places = wanted
        except FileNotFoundError:  # it went away just now: the next round watches what is there
            self._places = {}
            self._wake.set()
        except OSError as error:
            self._poll(f"the system's limit on watches is reached ({error.strerror})")
        except RuntimeError:  # each watch has a thread
            self._poll("the system's limit on threads is reached")
        return True

    def _poll(self, why: str) -> None:
        self.polling = why
        if self._observer is not None:
            self._observer.unschedule_all()


def _network_disk(folder: Path) -> str:
    """Name the kind of network disk that a folder is on, if it is and the system says so."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        _, place, name, *_ = line.split(" ")
        if folder.is_relative_to(place) and len(place) >= len(best):
            best, kind = place, name
    return kind if kind in _NETWORK else ""
