"""Watch: events of the file system -> the news that files may have changed, once it is quiet."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from sitegen.read.folder import FOR_HOSTS, IGNORE_FILE

QUIET = 0.005  # seconds without an event after a file was closed, renamed or removed
OPEN = 0.15  # ... after a write to a file that is still open
EMPTY = 0.5  # ... after a file was cut to nothing: editors that do this write next
MOST = 2.0  # seconds after which changes are taken up, quiet or not
FLOOD = 1_000  # events; whoever makes so many is not an author, and is waited for
CALM = 0.5  # seconds without an event after a flood
RESCAN = 10.0  # seconds between looks at all files, lest an event was lost
POLL = 0.5  # ... where events cannot be had
_IGNORED = frozenset({"opened", "closed_no_write"})
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"})


@dataclass(frozen=True, slots=True)
class Area:
    """What a build reads: named files, and folders with all that is below them."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]

    def concerns(self, path: str) -> bool:
        """Tell whether a path may matter; what is hidden below a folder never does."""
        if any(path == str(place) for place in (*self.files, *self.folders)):
            return True
        for folder in self.folders:
            if path.startswith(f"{folder}{os.sep}"):
                below = path[len(str(folder)) + 1 :]
                first, *inner = Path(below).parts
                is_hidden = first.startswith(".") and first not in {IGNORE_FILE, *FOR_HOSTS}
                return not (is_hidden or any(part.startswith(".") for part in inner))
        return False

    def watched(self) -> dict[Path, bool]:
        """Give the folders to watch, ``True`` with all below.

        The folder above each is watched too, so that it may go away and come back.
        """
        found = {_existing(path.parent): False for path in (*self.files, *self.folders)}
        return found | {folder: True for folder in self.folders if folder.is_dir()}


class Watch(FileSystemEventHandler):
    """Waits for changes. Events say when to act; what has changed, the build finds out.

    So lost events, overflowing queues and events without sense can delay a build, not falsify it.
    """

    def __init__(
        self,
        area: Callable[[], Area],
        look: Callable[[], Mapping[str, object]],
        *,
        poll: bool = False,
    ) -> None:
        """``look`` gives the stat of every file that matters now; ``poll``: do without events."""
        self._get_area, self._look = area, look
        self._area = Area((), ())
        self._lock = threading.Lock()
        self._wake, self._more = threading.Event(), threading.Event()
        self._first = self._last = 0.0
        self._quiet = QUIET
        self._names: list[str] = []
        self._count = 0
        self._seen: Mapping[str, object] = {}
        self._places: dict[Path, tuple[bool, int]] = {}
        self._observer: BaseObserver | None = None
        self.polling = "asked for" if poll else ""
        self.stopped = False

    def start(self, seen: Mapping[str, object]) -> None:
        """Begin to watch; what has changed since it was ``seen`` counts as having happened now."""
        self._arrange()
        self._seen = self._look()
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
        """Wait so long, or until something happens; tell whether nothing has."""
        end = time.monotonic() + seconds
        while not self._wake.wait(min(seconds, POLL) if self.polling else seconds):
            seconds = end - time.monotonic()
            if seconds <= 0:
                return True
            if self.polling and self._look() != self._seen:
                return False
        return False

    def wait(self) -> str:
        """Wait for a change and then for quiet; name what changed, or "" when stopped."""
        while True:
            happened = self._wake.wait(POLL if self.polling else RESCAN)
            if self.stopped:
                return ""
            if happened:
                self._settle()
            seen = self._seen if happened else self._look()
            with self._lock:
                names, self._names, self._count = self._names, [], 0
                self._wake.clear()
            self._arrange()
            if happened:
                self._seen = self._look() if self.polling else {}
                return _listed(dict.fromkeys(names))
            before, self._seen = self._seen, seen
            if before and (changed := {*before.items()} ^ {*seen.items()}):
                return _listed(sorted({Path(path).name for path, _ in changed}))

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note an event; the observer's thread calls this."""
        if event.event_type in _IGNORED or (event.is_directory and event.event_type == "modified"):
            return
        path = os.fsdecode(event.dest_path or event.src_path)
        if not any(self._area.concerns(os.fsdecode(p)) for p in (path, event.src_path)):
            return
        quiet = OPEN if event.event_type == "modified" else QUIET
        if self._count < FLOOD:
            with suppress(OSError):
                quiet = quiet if Path(path).stat().st_size else EMPTY
        with self._lock:
            self._last = time.monotonic()
            if not self._count:
                self._first = self._last
            self._count += 1
            self._quiet = quiet
            if len(self._names) < FLOOD:
                self._names.append(Path(path).name)
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

    def _arrange(self) -> None:
        """Watch what is to be watched by now; where that cannot be, look at the files instead."""
        self._area = self._get_area()
        wanted: dict[Path, tuple[bool, int]] = {}
        for folder, deep in self._area.watched().items():
            with suppress(OSError):
                wanted[folder] = (deep, folder.stat().st_ino)
        if self.polling or wanted == self._places:
            return
        if kind := next(filter(None, map(_network_disk, wanted)), ""):
            self._poll(f"a network disk ({kind}) does not tell of all changes")
            return
        try:
            if self._observer is None:
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

    def _poll(self, why: str) -> None:
        self.polling = why
        if self._observer is not None:
            self._observer.unschedule_all()
        self._seen = self._look()


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _listed(names: Iterable[str]) -> str:
    some = list(names)
    more = f" and {len(some) - 2} more" if len(some) > 2 else ""
    return ", ".join(some[:2]) + more or "a folder"


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
