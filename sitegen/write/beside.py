"""Beside: the site that the last build of another folder left -> files that are needed here too."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sitegen.config import VersionConfig
from sitegen.model import OutputFile
from sitegen.store.stat import Stat

_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW

Adapt = Callable[[OutputFile], OutputFile | None]
"""A file of there -> that of here; none where it cannot be told."""


class Beside:
    """The version before, most of whose pages are those of this one."""

    def __init__(
        self,
        folder: Path,
        made: Mapping[str, Sequence[str]],
        seen: Mapping[str, Stat | None],
        version: VersionConfig,
    ) -> None:
        """Know what the last build ``made`` in a ``folder``, and how its files were ``seen`` there.

        ``version`` has what that site calls its version on its pages.
        """
        self._folder, self._made, self._seen = str(folder), made, seen
        self.version = version

    def files(self, key: str, adapt: Adapt | None) -> list[OutputFile]:
        """The files that were made of what has a key; none if somebody has touched one since."""
        found: list[OutputFile] = []
        for path in self._made.get(key, ()):
            file = self._read(path)
            if file is not None and adapt is not None:
                file = adapt(file)
            if file is None:
                return []
            found.append(file)
        return found

    def _read(self, path: str) -> OutputFile | None:
        try:
            fd = os.open(f"{self._folder}/{path}", _READ)  # few calls, for there are thousands
        except OSError:
            return None
        try:
            seen = Stat.from_info(os.fstat(fd))
            is_as_left = seen == self._seen.get(path)
            return OutputFile(path, os.read(fd, seen.size)) if is_as_left else None
        except OSError:
            return None
        finally:
            os.close(fd)


NOTHING_BESIDE = Beside(Path(), {}, {}, VersionConfig())
"""Where no other site has anything of this one."""
