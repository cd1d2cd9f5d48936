"""Streams: what a process was started with - closed, full, of another encoding -> fit for use."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from contextlib import suppress
from typing import Any

from sitegen.errors import WriteError

_NO_MEMORY = re.compile("failed to map|[Cc]annot allocate memory")


def make_fit() -> None:
    """See that names and texts are UTF-8 wherever this runs, and that no file becomes a stream.

    A file that is opened while standard output is closed would take its number, and get what
    libraries print.
    """
    _open_closed()
    if sys.getfilesystemencoding() != "utf-8":
        # Pages are called after files: under `LC_ALL=C` they would be called otherwise.
        os.environ["PYTHONUTF8"] = "1"
        # -P: the folder that one is in is not to be imported from.
        os.execv(sys.executable, [sys.executable, "-P", "-m", "sitegen", *sys.argv[1:]])  # noqa: S606
    if not sys.stdout.isatty():
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(_Output(1, "w", closefd=False)), encoding="utf-8"
        )
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def flush() -> None:
    """Write what waits to be written.

    Raises:
        WriteError: standard output cannot be written.
    """
    with suppress(OSError, ValueError):  # what standard error lacks cannot be told
        sys.stderr.flush()
    with suppress(BrokenPipeError, ValueError):  # nobody reads it any more, or it is closed
        sys.stdout.flush()


def lacking(error: Exception) -> str:
    """Say what the system lacks, if that is why something failed: it is no fault of ours."""
    number = error.errno if isinstance(error, OSError) else 0
    no_library = isinstance(error, ImportError) and _NO_MEMORY.search(str(error))
    if isinstance(error, MemoryError) or number == errno.ENOMEM or no_library:
        return "there is not enough memory - end other programs, or try --jobs 1"
    if number in {errno.EMFILE, errno.ENFILE}:
        return "too many files are open - raise the limit (ulimit -n)"
    return ""


class _Output(io.FileIO):
    """Standard output; that it is full is said once, and the rest is let go."""

    _is_full = False

    def write(self, data: Any) -> int:
        """Write some bytes.

        Raises:
            WriteError: they cannot be written, as the disk is full for example.
        """
        if self._is_full:
            return memoryview(data).nbytes
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            self._is_full = True
            raise WriteError(
                f"standard output cannot be written: {error.strerror}", help="write it elsewhere"
            ) from error


def _open_closed() -> None:
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            os.set_inheritable(number, True)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
