"""Write: files -> disk. The last stage: a site goes live as a whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import starmap
from pathlib import Path
from sys import intern

from sitegen.errors import Location, OutputLockedError, WriteError
from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST
from sitegen.store.stat import Stat
from sitegen.write.manifest import UNKNOWN, Entry, check_path, digest, dump_manifest, is_torn
from sitegen.write.merge import merge
from sitegen.write.names import Names
from sitegen.write.place import Aside, Place, disk_errors
from sitegen.write.tree import Tree, exchange, locked, sync
from sitegen.write.written import Written

_FEW, _MANY, _SHARE = 16, 200, 50
"""A change of few files of a site of many (one of 50) moves these: to swap is to link all."""


@contextmanager
def open_output(
    folder: Path,
    *,
    protect: Iterable[Path] = (),
    clean: bool = False,
    durable: bool = False,
    aside: Aside | None = None,
) -> Iterator[Output]:
    """Lock the output folder, repair what a killed build left, and open a stage for the files.

    Guaranteed until ``Output.publish`` and after leaving without it: the folder is as it was.
    Nothing is ever written, followed or deleted outside of it but the stage and the lock, hidden
    beside it (inside of it where the folder above is read-only or another file system) and gone
    at the end.

    Args:
        folder: Need not exist. If it does, it is empty or holds the manifest of an earlier build.
        protect: Inputs, configuration, theme folders: the output must not hold any of these.
        clean: Write every file anew, also those that are equal.
        durable: Wait for the disk before going live and afterwards, however long other programs
            let that take. Else a power cut may tear files, and the next build heals them.
        aside: Has a copy of this process list the old site meanwhile.

    Raises:
        OutputRefusedError: The folder is not ours to write.
        OutputLockedError: Another build is writing it.
        WriteError: It cannot be written; found before anything is rendered.
    """
    with ExitStack() as held:
        with disk_errors(folder, state="nothing was changed"):
            place = Place(folder, protect, held, aside)
            held.enter_context(locked(place.home, f"{place.prefix}lock", place.folder))
            if not place.is_in_place():  # swapped by another between our open and our lock
                raise OutputLockedError(
                    "was just written by another build",
                    location=Location(file=str(place.folder)),
                    help="build again",
                )
            held.callback(place.tidy_at_last)
            place.tidy()
            output = Output(place, held, clean=clean, durable=durable)
        yield output


class Output:
    """An output folder, locked and staged; made by ``open_output``."""

    def __init__(self, place: Place, held: ExitStack, *, clean: bool, durable: bool) -> None:
        """Look at the old site and open an empty stage."""
        self._place, self._live, self._clean = place, place.live, clean
        self._is_durable, self._is_disturbed = durable, False
        self._old = place.manifest()
        self._list = place.listing(self._old.keys())
        self._old_size = sum(entry.size for entry in self._old.values())
        token = secrets.token_hex(4)
        self._stage_name = f"{place.prefix}stage-{token}"
        self._commit_name = f"{place.prefix}commit-{token}"
        os.mkdir(self._stage_name, dir_fd=place.home.fd)
        self._stage = Tree(self._stage_name, dir_fd=place.home.fd)
        held.callback(self._stage.close)
        if self._live:  # not what mkdtemp would give: a site is there to be read
            os.fchmod(self._stage.fd, stat.S_IMODE(os.fstat(self._live.fd).st_mode))
        self._files: dict[str, Entry] = {}
        self._size, self._names = 0, Names()
        self._staged: dict[str, Stat] = {}
        self._equal, self._edited = set[str](), set[str]()
        self._now: dict[str, Stat | None] = {}

    @cached_property
    def _found(self) -> dict[str, Stat | None]:
        return self._list()

    def write(self, file: OutputFile) -> None:
        """Take one file; equal ones are left alone, others go to the stage.

        Raises:
            PlanError: Two files want one path, also where letter case or Unicode form do not count.
            WriteError: The disk refuses.
            ValueError: The path leads out of the folder: a bug of the stage that made it.
        """
        path = intern(str(file.path))  # a manifest, a listing and a record name it too
        check_path(path)
        entry = self._take(path, Entry.of(file.data))
        needed = max(self._size, self._old_size)
        with disk_errors(f"{self._place.folder}/{path}", needed=needed):  # a str, of thousands
            if self._live and path in self._old and self._found.get(path):
                before = self._live.read(path)
                if before == file.data and not self._clean:
                    self._equal.add(path)
                    return
                known = Entry.of(before) in (self._old[path], entry)
                if not known and not is_torn(before, file.data):
                    self._edited.add(path)
            self._staged[path] = self._stage.create(path, file.data)

    @property
    def paths(self) -> Set[str]:
        """The paths of all files that were taken so far."""
        return self._files.keys()

    def read(self, path: str) -> bytes:
        """Give a file that was taken. Raises as ``write``."""
        with disk_errors(f"{self._place.folder}/{path}"):
            tree = self._stage if path in self._staged or self._live is None else self._live
            return tree.read(path)

    def entry(self, path: str) -> Entry:
        """What a file is known by that was taken."""
        return self._files[path]

    def facts(self) -> dict[str, object]:
        """Describe what has been taken so far: number of files, bytes, one digest over all."""
        return {"files": len(self._files), "bytes": self._size, "sha256": digest(self._files)}

    def keep_equal(self, path: str, entry: Entry, was: Stat | None) -> bool:
        """Take a file of the old site as it is, if that wrote it as ``entry`` and it is as it was.

        Raises as ``write``.
        """
        return self._old.get(path) == entry and self.keep_all({path: was})

    def has_all(self, seen: Mapping[str, Stat | None]) -> bool:
        """Whether files of the old site are as they were seen, all of them; none are not."""
        known = not self._clean and bool(seen)
        return known and all(starmap(self._is_as_seen, seen.items()))

    def keep_all(self, seen: Mapping[str, Stat | None]) -> bool:
        """Take files of the old site as they are, all of them or none; false if there are none.

        Raises as ``write``.
        """
        if is_kept := self.has_all(seen):
            self._found.update(seen)  # the same, held once
            for path in seen:
                self._take(path, self._old[path])
        return is_kept

    def _take(self, path: str, entry: Entry) -> Entry:
        self._names.claim(path)
        self._files[path] = entry
        self._size += entry.size
        return entry

    def copy(
        self, path: str, entry: Entry, source: Tree, *, seen: Stat | None, was: Stat | None
    ) -> bool:
        """Take a file of another site that wrote it as ``entry``.

        False where somebody may have touched it there since it was ``seen``, or what the old site
        has in its place, if that is not as it ``was``: who reads them knows. Raises as ``write``.
        """
        if seen is None or (path in self._old and not self._is_as_seen(path, was)):
            return False
        with disk_errors(f"{self._place.folder}/{path}", needed=self._size + entry.size):
            made = source.copy(path, self._stage, seen)
        if made is None:
            return False
        self._take(path, entry)
        self._staged[path] = made
        return True

    def _is_as_seen(self, path: str, seen: Stat | None) -> bool:
        is_seen = bool(seen) and self._found.get(path) == seen
        return is_seen and self._old.get(path, UNKNOWN) != UNKNOWN

    def signatures(self) -> dict[str, Stat | None]:
        """List what is in the folder now that it is live; nothing if somebody else wrote there."""
        return self._now

    def publish(self) -> Written:
        """Make the site live and say what changed; nothing at all is touched if nothing changed.

        The folder is swapped in one atomic step. Where it cannot be - it holds files that are not
        ours, somebody edited ours, the file system has no exchange - or where only few of many
        files change, files move one by one, assets first, and a crash on the way is finished by
        the next build.

        Raises:
            WriteError: A file that is not ours has the name of one that is, or the disk refuses.
        """
        with disk_errors(self._place.folder, needed=max(self._size, self._old_size)):
            ours = {path for path, is_file in self._found.items() if is_file and path in self._old}
            stale, foreign = ours - self._files.keys(), self._found.keys() - ours
            self._refuse_changes(stale | foreign | self._equal | self._staged.keys())
            self._refuse_collisions(foreign := self._found.keys() - ours)
            self._edited |= {path for path in stale if self._is_edited(path)}
            kept: tuple[str, ...] = ()
            if self._staged or self._files != self._old:
                self._stage.create(MANIFEST, dump_manifest(self._files))
                if self._is_durable:
                    sync(self._stage)
                few = len(self._staged) + len(stale) <= max(_FEW, len(ours) // _SHARE)
                is_edit = few and len(ours) >= _MANY and self._live
                if is_edit or foreign or self._edited or not self._swap():
                    kept = self._merge()
                if self._is_durable:
                    with disk_errors(self._place.folder, state="live, but a power cut may undo it"):
                        sync(self._place.home)
            there = {path: seen for path, seen in self._found.items() if path not in stale}
            self._now = {} if kept or self._is_disturbed else {**there, **self._staged}
        changed = len(self._staged.keys() & self._old.keys())
        return Written(
            added=len(self._staged) - changed,
            changed=changed,
            unchanged=len(self._files) - len(self._staged),
            removed=len(stale - self._edited),
            bytes=self._size,
            kept=kept,
        )

    def _is_edited(self, path: str) -> bool:
        before = self._live.read(path) if self._live else b""
        return Entry.of(before) != self._old[path] and not is_torn(before)

    def _refuse_changes(self, paths: Set[str]) -> None:
        """See that what ``write`` compared with, and what goes, is still there; look at the rest.

        What somebody does meanwhile to files that are kept, the next build finds.
        """
        if not self._place.is_in_place():
            raise self._disturbed("the folder was replaced")
        now = self._place.look(paths)
        for path in paths:
            if path in self._old and now.get(path) != self._found.get(path):
                raise self._disturbed("was changed", path)
            self._found.pop(path, None)
        self._found |= now

    def _disturbed(self, what: str, path: str = "") -> WriteError:
        place = Location(file=str(self._place.folder / path))
        return WriteError(f"{what} while the site was built", location=place, help="build again")

    def _refuse_collisions(self, foreign: Iterable[str]) -> None:
        for path in sorted(foreign):
            site = path.removesuffix(f"/{MANIFEST}")
            if (name := self._names.needed(site)) is not None:
                what = "a file of sitegen" if site == path else "of this site but another one"
                raise WriteError(
                    f"is not {what}, but the site needs the name {name!r}",
                    location=Location(file=str(self._place.folder / site)),
                    help="move it out of the output folder",
                )

    def _swap(self) -> bool:
        place, live = self._place, self._live
        if live is None:
            home = place.home.fd
            os.rename(self._stage_name, place.folder.name, src_dir_fd=home, dst_dir_fd=home)
            return True
        if place.inside:
            return False
        try:
            for path in self._files.keys() - self._staged.keys():
                live.link(path, self._stage)
        except OSError:  # no hard links here; whatever else it is, merging meets it again
            return False
        # Somebody may have saved or deleted a file while we linked: merging sees to it.
        if place.scan() != self._found or not place.is_in_place():
            self._is_disturbed = True
            return False
        return exchange(place.home.fd, self._stage_name, place.folder.name)

    def _merge(self) -> tuple[str, ...]:
        assert self._live  # noqa: S101 - without an old folder the swap is a plain rename
        home = self._place.home.fd
        os.rename(self._stage_name, self._commit_name, src_dir_fd=home, dst_dir_fd=home)
        with disk_errors(self._place.folder, state="it is part old, part new: build again"):
            return merge(self._stage, self._live, self._files, self._old, self._found)
