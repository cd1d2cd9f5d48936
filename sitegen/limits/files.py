"""Files that settings name: read whole, if they are files and no larger than they may be."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

LARGEST = 64 << 20
"""Bytes of a file of settings, of a picture of a theme, of a list of objects."""


def real(path: Path) -> Path:
    """Where a path leads behind all links; a link that leads in a circle stays as it is.

    `Path.resolve` raises there before Python 3.13.
    """
    return Path(os.path.realpath(path))


def open_at_once(file: Path) -> int:
    """A descriptor to read from; that of a pipe comes without waiting for who writes to it.

    Raises:
        OSError: it cannot be opened.
    """
    return os.open(file, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))


def read_regular(file: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a regular file; pipes and devices are refused without waiting for them.

    Raises:
        OSError: it cannot be opened, is no regular file or larger than it may be.
    """
    descriptor = open_at_once(file)
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is a pipe or a device, and no file")
        if status.st_size > largest:
            raise OSError(errno.EFBIG, f"it is larger than {largest >> 20} MiB")
        return stream.readall()
