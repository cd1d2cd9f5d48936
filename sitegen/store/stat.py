"""Stat: by what a file is known to be the one that was seen before, without opening it."""

from __future__ import annotations

import os
from typing import NamedTuple


class Stat(NamedTuple):
    """A file whose size (bytes), time of change (ns) and inode are as they were is as it was."""

    size: int
    changed: int
    inode: int

    @classmethod
    def from_info(cls, info: os.stat_result) -> Stat:
        """What the system told of a file."""
        return cls(info.st_size, info.st_mtime_ns, info.st_ino)
