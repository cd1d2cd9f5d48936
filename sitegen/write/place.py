"""Where a site may be written, and where its stage and lock are while it is."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from sys import intern

from sitegen.errors import Location, OutputRefusedError, WriteError
from sitegen.limits.files import real
from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.store.stat import Stat
from sitegen.write.manifest import UNKNOWN, Entry, load_manifest, outside_of_sites, parents
from sitegen.write.merge import read_manifest, recover
from sitegen.write.tree import Tree

Listed = dict[str, Stat | None]
Aside = Callable[[Callable[["Place"], Listed], "Place", type[Listed]], Callable[[], Listed] | None]
"""What has some work done meanwhile, and gives what asks for the answer, if that is worth it."""
_MOUNT = re.compile(rb"mnt_id:\s*(\d+)")


class Place:
    """An output folder that was found fit: its old site, and the ``home`` of its stage and lock.

    Home is the folder above, so that the site can be swapped as a whole; it is the output folder
    itself (``inside``) where the one above is read-only or another file system.
    """

    def __init__(
        self,
        folder: Path,
        protect: Iterable[Path],
        held: ExitStack,
        aside: Aside | None = None,
    ) -> None:
        """Check and open the folder; descriptors are closed with ``held``, `open_output` says all.

        Raises:
            OutputRefusedError: It is not a folder for a build to write.
            OSError: It cannot be written.
        """
        self._aside = aside
        folder = folder.absolute()
        if folder.name in {"", ".."}:
            folder = real(folder)
        self.folder = real(folder.parent) / folder.name
        if reason := _objection(self.folder, protect):
            raise self._refused(reason)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.above = held.enter_context(closing(Tree(self.folder.parent)))
        self.live: Tree | None = None
        with suppress(FileNotFoundError):
            self.live = held.enter_context(closing(Tree(self.folder.name, dir_fd=self.above.fd)))
        if self.live and not _writable(self.live):
            raise PermissionError(errno.EACCES, "it is not writable")
        self.home, self.prefix = self.above, f".{self.folder.name}{RESERVED}"
        self.inside = False
        if self.live and not (_writable(self.above) and _mount(self.above) == _mount(self.live)):
            self.home, self.prefix, self.inside = self.live, RESERVED, True

    def manifest(self) -> dict[str, Entry]:
        """Read the manifest of the old site, empty for a new or an empty folder.

        Where a power cut tore it, all files may be ours, and none is known. In a folder of a site,
        where a version goes that has the address of one of its pages, that site's manifest counts.

        Raises:
            OutputRefusedError: There are files of others but no manifest, or a damaged one.
        """
        if self.live is None:
            return {}
        with self._damage_refused():
            manifest = read_manifest(self.live)
        if manifest is None and self.live.exists(MANIFEST):
            return {path: UNKNOWN for path, is_file in self.scan().items() if is_file}
        if manifest is not None:
            return manifest
        # Besides sites of ours in folders of their own: versions.
        strange = outside_of_sites(self.scan())
        known = _known_above(self.folder) if strange else {}
        if names := sorted({path.partition("/")[0] for path in strange if path not in known}):
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            raise self._refused(
                f"holds files that sitegen did not write: {', '.join(names[:3])}{more}"
            )
        return known

    def scan(self) -> Listed:
        """List what is in the folder now, without our own hidden files."""
        if self.live is None:
            return {}
        self.live.forget()
        return self.live.scan(skip=RESERVED)[0]

    def listing(self, ours: Set[str]) -> Callable[[], Listed]:
        """What gives all that ``scan`` lists; the folders of ``ours`` among it can be changed.

        Raises:
            WriteError: one cannot; when it is asked, if another process lists meanwhile.
        """
        others = self._aside(Place.scan, self, Listed) if self._aside and ours else None

        def found() -> Listed:
            with disk_errors(self.folder, state="nothing was changed"):
                files = {intern(path): seen for path, seen in (others or self.scan)().items()}
                self.check_folders(files.keys() & ours)
            return files

        if others:
            return found
        files = found()
        return lambda: files

    def look(self, paths: Set[str]) -> Listed:
        """List those of some files that are in the folder now, as ``scan`` does.

        And what is in their way: also another site that a folder of theirs belongs to by now.
        """
        if self.live is None:
            return {}
        self.live.forget()
        sites = {f"{folder}/{MANIFEST}" for folder in _folders(paths)}
        return dict(found for path in sorted(sites.union(paths)) for found in self.live.look(path))

    def check_folders(self, files: Iterable[str]) -> None:
        """See that the folders of our files can be changed: ``sudo`` was here is a common fault.

        Raises:
            PermissionError: Naming one that cannot.
        """
        for folder in sorted(_folders(files)):
            if self.live and not _writable(self.live, folder):
                raise PermissionError(errno.EACCES, f"the folder {folder!r} in it is not writable")

    def is_in_place(self) -> bool:
        """Tell whether the folder's name still leads to the folder that was opened."""
        try:
            now = os.stat(self.folder.name, dir_fd=self.above.fd, follow_symlinks=False)
        except FileNotFoundError:
            return self.live is None
        return self.live is not None and os.path.samestat(now, os.fstat(self.live.fd))

    def tidy(self) -> None:
        """Finish what a killed build had committed, and delete the stages it left.

        Only to be called under the lock: a living build has a stage too.
        """
        ours = re.compile(re.escape(self.prefix) + r"(stage|commit)-[0-9a-f]{8}")
        for name in self.home.names():
            match = ours.fullmatch(name)
            info = os.stat(name, dir_fd=self.home.fd, follow_symlinks=False)
            if not match or not stat.S_ISDIR(info.st_mode):
                continue
            if match[1] == "commit" and self.live:
                with closing(Tree(name, dir_fd=self.home.fd)) as stage, self._damage_refused():
                    recover(stage, self.live)
            self.home.remove_tree(name)

    def tidy_at_last(self) -> None:
        """Tidy when leaving; what cannot be done now, the next build does."""
        wish: BaseException | None = None
        while True:
            try:
                with suppress(OSError, OutputRefusedError):
                    self.tidy()
                break
            except (KeyboardInterrupt, SystemExit) as stop:  # is granted, but not amid this
                wish = stop
        if wish:
            raise wish

    def _refused(self, reason: str) -> OutputRefusedError:
        return OutputRefusedError(
            reason,
            location=Location(file=str(self.folder)),
            help="name a new or an empty folder: the target of a publish, --output of a build",
        )

    @contextmanager
    def _damage_refused(self) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            raise self._refused(f"has a damaged {MANIFEST}: {error}") from error


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders that some files lie in, without the top."""
    folders = {path.rpartition("/")[0] for path in paths} - {""}
    return {above for each in folders for above in (each, *parents(each))}


def _objection(folder: Path, protect: Iterable[Path]) -> str:
    """Say why a folder must not become an output folder; empty if nothing speaks against it."""
    read = next((path for path in protect if _holds(folder, path)), None)
    home = None
    with suppress(RuntimeError):  # a user that the system does not know, as in containers
        home = Path.home()
    objections = {
        "is a symbolic link": folder.is_symlink(),
        "is not a folder": folder.exists() and not folder.is_dir(),
        "is the root of the file system": folder == folder.parent,
        "is or holds your home folder": home is not None and _holds(folder, home),
        "is or holds the folder you are in": _holds(folder, Path.cwd()),
        f"is or holds {read}, which the build reads": read is not None,
        "is the root of a git repository": os.path.lexists(folder / ".git"),
    }
    return next((words for words, is_so in objections.items() if is_so), "")


def _known_above(folder: Path) -> dict[str, Entry]:
    """What the manifest of the site that holds a folder says of the files in it."""
    for above in folder.parents:
        with suppress(OSError, ValueError):
            files = load_manifest((above / MANIFEST).read_bytes())
            inside = f"{folder.relative_to(above).as_posix()}/"
            return {p.removeprefix(inside): files[p] for p in files if p.startswith(inside)}
    return {}


def _holds(folder: Path, path: Path) -> bool:
    path = real(path)
    return folder == path or folder in path.parents


def _writable(tree: Tree, path: str = ".") -> bool:
    return os.access(path, os.W_OK | os.X_OK, dir_fd=tree.fd)


def _mount(tree: Tree) -> tuple[int, bytes]:
    """Identify what files can be renamed within: a bind mount has the device of its origin."""
    device = os.fstat(tree.fd).st_dev
    try:
        match = _MOUNT.search(Path(f"/proc/self/fdinfo/{tree.fd}").read_bytes())
    except OSError:  # not Linux
        return device, b""
    return device, match[1] if match else b""


_ANOTHER = "name another folder: the target of a publish, --output of a build"
_REMEDIES = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some of your quota",
    errno.EFBIG: "raise the limit on file sizes (ulimit -f)",
    errno.EROFS: _ANOTHER,
    errno.EACCES: f"make the folder writable for you, or {_ANOTHER}",
    errno.EPERM: f"make the folder writable for you, or {_ANOTHER}",
    errno.ENAMETOOLONG: "give the source a shorter name",
    errno.EMFILE: "raise the limit on open files (ulimit -n)",
}


@contextmanager
def disk_errors(
    path: Path | str, *, needed: int = 0, state: str = "the old site is untouched"
) -> Iterator[None]:
    """Turn ``OSError`` into ``WriteError``: what failed, where, how much space the site needs."""
    try:
        yield
    except OSError as error:
        space = ""
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            space = f"; the site needs about {max(1, round(needed / 1e6))} MB"
        raise WriteError(
            f"cannot be written: {error.strerror or error}{space}; {state}",
            location=Location(file=str(path)),
            help=_REMEDIES.get(error.errno or 0, ""),
        ) from error
