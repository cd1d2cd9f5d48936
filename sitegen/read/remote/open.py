"""Open: a remote file that was found -> its bytes, kept in the state folder by their version."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sitegen.read.remote.file import RemoteFile

if TYPE_CHECKING:
    from sitegen.store.sqlite import Disk

BLOCKS = "remote-1.sqlite"
LIMIT = 4 << 30
"""Bytes that are kept; the oldest go first."""

_folder: list[Path] = []


def keep_in(state: Path | bool) -> None:
    """Keep what comes from now on in a state folder, if there is one."""
    _folder[:] = [state] if isinstance(state, Path) and not state.is_symlink() else []


def kept_in() -> Path | bool:
    """The folder where what comes is kept, for another process; false if it is not."""
    return _folder[0] if _folder else False


def open_remote(file: RemoteFile, *, ahead: bool) -> BinaryIO:
    """Open a file that was found; ``ahead``: it is read from its start on.

    Raises:
        ReadError: when read: its host does not give it.
    """
    from sitegen.read.remote.stream import open_stream  # noqa: PLC0415 - as the others

    if file.scheme in {"s3", "gs"}:
        from sitegen.read.remote import bucket  # noqa: PLC0415 - loads pyarrow

        stored = bucket.Transfer(file)
        return open_stream(stored.known, stored, _disk(), ahead=ahead)
    from sitegen.read.remote.client import Door  # noqa: PLC0415 - loads urllib3
    from sitegen.read.remote.hub import place_of  # noqa: PLC0415
    from sitegen.read.remote.transfer import Transfer  # noqa: PLC0415

    url, door = place_of(file) if file.scheme == "hf" else (file.url, Door())
    return open_stream(file, Transfer(file, url, door), _disk(), ahead=ahead)


def _disk() -> Disk | None:
    return _opened(_folder[0] / BLOCKS, os.getpid()) if _folder else None


@cache
def _opened(file: Path, _process: int) -> Disk:
    """The blocks that are kept; a forked process opens them anew."""
    from sitegen.store.sqlite import Disk  # noqa: PLC0415 - where no bytes are asked for

    return Disk(file, limit=LIMIT)
