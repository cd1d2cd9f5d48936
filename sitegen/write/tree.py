"""A folder held by descriptor, its lock and its exchange: the disk below the write stage."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.errors import Location, OutputLockedError
from sitegen.store.stat import Stat
from sitegen.write.listing import list_files

_OPEN_FOLDERS = 12  # descriptors kept for speed; far below the lowest limits (`ulimit -n 64`)
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: a FIFO in place of a file must not hang the build.
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_AT_ONCE = 1 << 20  # bytes that are copied by hand
_SWAP = 2  # RENAME_EXCHANGE of renameat2(2)


class Tree:
    """A folder and all below it; no method follows a symbolic link, so none acts outside of it.

    Paths are relative with ``/``. Every method may raise ``OSError``.
    """

    def __init__(self, name: str | Path, *, dir_fd: int | None = None) -> None:
        """Open an existing folder (not a symbolic link to one)."""
        self.fd = os.open(name, _FOLDER, dir_fd=dir_fd)
        self._open = {"": self.fd}

    def close(self) -> None:
        """Close all descriptors; closing twice does nothing."""
        while self._open:
            os.close(self._open.popitem()[1])

    def forget(self) -> None:
        """Open folders below anew from now on: others may have removed or replaced them."""
        for path in [path for path in self._open if path]:
            os.close(self._open.pop(path))

    def _folder(self, path: str, *, make: bool = False) -> int:
        """Open a folder below, name by name, so that a link on the way is an error."""
        if (fd := self._open.get(path)) is not None:
            return fd
        above, _, name = path.rpartition("/")
        parent = self._folder(above, make=make)
        if make:
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=parent)
        fd = os.open(name, _FOLDER, dir_fd=parent)
        if len(self._open) > _OPEN_FOLDERS:
            for other in [p for p in self._open if p and not path.startswith(f"{p}/")]:
                os.close(self._open.pop(other))
        self._open[path] = fd
        return fd

    def _at(self, path: str, *, make: bool = False) -> tuple[int, str]:
        above, _, name = path.rpartition("/")
        return self._folder(above, make=make), name

    def names(self) -> list[str]:
        """List what is on top, sorted."""
        with os.scandir(self.fd) as entries:
            return sorted(entry.name for entry in entries)

    def exists(self, path: str) -> bool:
        """Tell whether anything has this name, a dangling link included."""
        return self._info(path) is not None

    def look(self, path: str) -> Iterator[tuple[str, Stat | None]]:
        """Yield the file of this name (``None``: a link, a socket, ...), or what is in its way.

        That is all that is in a folder of the name, or a file that has the name of a folder above.
        """
        info = self._info(path)
        while info is None and (path := path.rpartition("/")[0]):
            info = self._info(path)
            if info is not None and stat.S_ISDIR(info.st_mode):
                return  # the name is free
        if info is not None and stat.S_ISDIR(info.st_mode):
            for name in sorted(os.listdir(self._folder(path))):  # noqa: PTH208 - a descriptor
                yield from self.look(f"{path}/{name}")
        elif info is not None:
            yield path, Stat.from_info(info) if stat.S_ISREG(info.st_mode) else None

    def _info(self, path: str) -> os.stat_result | None:
        try:
            folder, name = self._at(path)
            return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read(self, path: str) -> bytes:
        """Read a regular file whole."""
        folder, name = self._at(path)
        fd = os.open(name, _READ, dir_fd=folder)
        with open(fd, "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor, not a path
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise OSError(errno.EINVAL, "not a regular file")
            return file.readall()

    def create(self, path: str, data: bytes) -> Stat:
        """Write a file that does not exist yet, making its folders; modes follow the umask.

        Gives the file as it is known from then on: moving changes nothing of that.
        """
        folder, name = self._at(path, make=True)
        fd = os.open(name, _CREATE, 0o666, dir_fd=folder)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(fd, rest) :]
            return Stat.from_info(os.fstat(fd))
        finally:
            os.close(fd)

    def copy(self, path: str, target: Tree, seen: Stat) -> Stat | None:
        """Make a file that is as it was ``seen`` appear in another tree, by the system if it can.

        File systems that share what is equal take no room for it then. Gives the copy as `create`
        does, and nothing where the file is another one by now, or cannot be read.
        """
        try:
            folder, name = self._at(path)
            source = os.open(name, _READ, dir_fd=folder)
        except OSError:
            return None
        try:
            if Stat.from_info(os.fstat(source)) != seen:
                return None
            folder, name = target._at(path, make=True)
            copy = os.open(name, _CREATE, 0o666, dir_fd=folder)
            try:
                _pour(source, copy, seen.size)
                made = Stat.from_info(os.fstat(copy))
            finally:
                os.close(copy)
            if made.size != seen.size:
                raise OSError(errno.EIO, "it was changed while it was copied")
            return made
        finally:
            os.close(source)

    def move(self, path: str, target: Tree, to: str = "") -> None:
        """Rename a file into another tree (to the same path, unless told), over what is there."""
        source, name = self._at(path)
        folder, new = target._at(to or path, make=True)
        os.rename(name, new, src_dir_fd=source, dst_dir_fd=folder)

    def link(self, path: str, target: Tree) -> None:
        """Make a file appear in another tree too: same bytes, times and inode."""
        source, name = self._at(path)
        folder, new = target._at(path, make=True)
        os.link(name, new, src_dir_fd=source, dst_dir_fd=folder, follow_symlinks=False)

    def remove(self, path: str) -> None:
        """Delete a file, and then each folder above it that this left empty."""
        folder, name = self._at(path)
        os.unlink(name, dir_fd=folder)
        above = path.rpartition("/")[0]
        while above and self.remove_folder(above):
            above = above.rpartition("/")[0]

    def remove_folder(self, path: str) -> bool:
        """Delete a folder if it holds nothing; tell whether it is gone."""
        folder, name = self._at(path)
        try:
            os.rmdir(name, dir_fd=folder)
        except OSError as error:
            if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
                return False
            raise
        for inside in [p for p in self._open if p == path or p.startswith(f"{path}/")]:
            os.close(self._open.pop(inside))
        return True

    def remove_tree(self, name: str) -> None:
        """Delete a folder of this folder with all that is in it."""
        shutil.rmtree(name, dir_fd=self.fd)

    def scan(self, *, skip: str) -> tuple[dict[str, Stat | None], list[str]]:
        """List all files (``None``: a link, a socket, ...) and folders, but no ``skip*`` on top."""
        return list_files(self._folder, skip=skip)


def _pour(source: int, target: int, size: int) -> None:
    """Write so many bytes of an open file to another one, from where both are."""
    with suppress(AttributeError, OSError):  # another system, or file systems that cannot
        while size and (done := os.copy_file_range(source, target, size)):
            size -= done
    while size and (data := os.read(source, min(size, _AT_ONCE))):
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(target, rest) :]
        size -= len(data)


def exchange(folder: int, one: str, other: str) -> bool:
    """Swap two names of a folder in one atomic step; ``False`` where the system cannot."""
    import ctypes  # noqa: PLC0415 - slow to load, and few builds change anything

    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if swap is None:
        return False
    return bool(swap(folder, os.fsencode(one), folder, os.fsencode(other), _SWAP) == 0)


def sync(tree: Tree) -> None:
    """Wait until the disk holds all that was written to the tree's file system.

    Of a site of a thousand files this takes a tenth of the time that its files take one by one.

    Raises:
        OSError: the disk did not take all.
    """
    import ctypes  # noqa: PLC0415

    if (syncfs := getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)) is None:
        os.sync()
    elif syncfs(tree.fd):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


_locks: set[int] = set()


def _let_go() -> None:
    """Close inherited locks: a worker that outlives a killed build must not keep its lock."""
    while _locks:
        os.close(_locks.pop())


os.register_at_fork(after_in_child=_let_go)


@contextmanager
def locked(home: Tree, name: str, what: Path) -> Iterator[None]:
    """Hold a lock file; the kernel frees the lock of a process that dies, however it dies.

    Raises:
        OutputLockedError: Another build holds it; the message names its process.
    """
    fd = _acquire(home, name, what)
    _locks.add(fd)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=home.fd)
        _locks.discard(fd)
        os.close(fd)


def _acquire(home: Tree, name: str, what: Path) -> int:
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        fd = os.open(name, flags, 0o666, dir_fd=home.fd)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The holder before us may have deleted the file between our open and our lock.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(fd), os.stat(name, dir_fd=home.fd)):
                    with suppress(OSError):  # on a full disk nobody can be told who holds it
                        os.ftruncate(fd, 0)
                        os.pwrite(fd, b"%d\n" % os.getpid(), 0)
                    return fd
        except BlockingIOError:
            pid = os.pread(fd, 16, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(fd)
            raise OutputLockedError(
                f"locked by another build (pid {pid})",
                location=Location(file=str(what)),
                help="wait until it is done, or stop it",
            ) from None
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)
