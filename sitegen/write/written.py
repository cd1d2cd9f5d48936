"""Written: what a build did to its output folder."""

from __future__ import annotations

from msgspec import Struct


class Written(Struct, frozen=True):
    """What a build did to its folder: numbers of files, and the size of the whole site in bytes.

    ``kept`` are the paths where files of ours that somebody had edited are now:
    ``NAME.sitegen-kept`` if the build has written the name anew, else where they were.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    bytes: int
    kept: tuple[str, ...] = ()
