"""Whole: a file that is written beside its place and then moved there, or not at all."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SUFFIX = ".draft"


@contextmanager
def draft_of(file: Path, *, durable: bool = False) -> Iterator[Path]:
    """A path to write to, which takes the place of the file when the block ends well.

    Drafts that killed processes have left there go. What is ``durable`` outlasts a power cut.

    Raises:
        OSError: the disk refuses.
    """
    for left in file.parent.glob(f".{glob.escape(file.name)}.*{_SUFFIX}"):
        process = left.name.removesuffix(_SUFFIX).rpartition(".")[2]
        if process.isdecimal() and not _runs(int(process)):
            left.unlink(missing_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}{_SUFFIX}")
    try:
        yield draft
        if durable:
            _sync(draft)
        draft.replace(file)
        if durable:
            _sync(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Wait until the disk holds a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
