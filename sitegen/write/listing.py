"""Listing: what lies in an output folder, for who writes it and for who asks what was written."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable
from pathlib import Path
from sys import intern

from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.store.stat import Stat
from sitegen.write.manifest import is_manifest_whole


def list_files(
    place: Callable[[str], int | str], *, skip: str
) -> tuple[dict[str, Stat | None], list[str]]:
    """All files (``None``: a link, a socket, ...) and folders, but no ``skip*`` on top.

    ``place`` says where a folder below is; no link is followed to one. Of a site below, as those of
    versions are, there is the manifest alone: what else it holds is its own affair.

    Raises:
        OSError: a folder cannot be read.
    """
    files: dict[str, Stat | None] = {}
    folders = [""]
    for at in folders:
        with os.scandir(place(at)) as entries:
            found = list(entries)
        if at:
            found = [entry for entry in found if entry.name == MANIFEST] or found
        else:
            found = [entry for entry in found if not entry.name.startswith(skip)]
        for entry in found:
            path = intern(f"{at}/{entry.name}" if at else entry.name)
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_file(follow_symlinks=False):
                files[path] = Stat.from_info(entry.stat(follow_symlinks=False))
            else:
                files[path] = None
    return files, folders[1:]


def list_site(folder: Path) -> dict[str, Stat | None]:
    """List an output as the writer does; empty while the leavings of a killed build lie there."""
    try:
        if folder.is_symlink() or not is_manifest_whole(folder / MANIFEST) or has_leavings(folder):
            return {}
        top = str(folder)  # of many folders; joining paths takes as long as reading them
        return list_files(lambda at: f"{top}/{at}" if at else top, skip=RESERVED)[0]
    except OSError:
        return {}


def has_leavings(folder: Path) -> bool:
    """Whether a killed build, or one that is at it now, has a stage or a lock of the folder.

    Raises:
        OSError: the folder cannot be read.
    """
    beside = folder.parent.glob(f".{glob.escape(folder.name + RESERVED)}*")
    names = os.listdir(folder) if folder.is_dir() else ()  # noqa: PTH208
    inside = (name for name in names if name.startswith(RESERVED))
    return any(beside) or any(name != MANIFEST for name in inside)
