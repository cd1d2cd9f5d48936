"""The paths that a build has taken: no two of them may be one on any file system."""

from __future__ import annotations

from sitegen.errors import PlanError
from sitegen.urls import fold
from sitegen.write.manifest import parents


class Names:
    """Paths of files and their folders; letter case and Unicode form tell none of them apart."""

    def __init__(self) -> None:
        """Begin with an empty folder."""
        self._files: dict[str, str] = {}  # folded -> path
        self._folders: dict[str, str] = {}  # folded -> a path in it

    def claim(self, path: str) -> None:
        """Take a path for a file.

        Raises:
            PlanError: It is taken, is a folder of another file, or lies in another file.
        """
        key = _folded(path)
        if key in self._files:
            raise PlanError(f"two files want one path: {self._files[key]!r} and {path!r}")
        if inside := self._folders.get(key):
            raise PlanError(f"{path!r} would be a file and a folder: {inside!r} is in it")
        self._files[key] = path
        above = key
        while (at := above.rfind("/")) > 0:
            above = above[:at]
            if above in self._files:
                file = self._files[above]
                raise PlanError(f"{file!r} would be a file and a folder: {path!r} is in it")
            if above in self._folders:
                break
            self._folders[above] = path

    def needed(self, path: str) -> str | None:
        """Give the name that a file of somebody else would take from ours, if it takes one."""
        owned = next((each for each in (path, *parents(path)) if fold(each) in self._files), None)
        return path if owned is None and fold(path) in self._folders else owned


def _folded(path: str) -> str:
    """As `fold`; what is folded already is held once."""
    key = fold(path)
    return path if key == path else key
