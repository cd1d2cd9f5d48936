"""Area: what a build reads -> the folders to watch, and which of their events matter.

Systems tell of changes under a folder's own name, not under the links that lead there. So an area
holds real paths, and the links on the way to each: one that leads elsewhere is a change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from sitegen.read.folders.authored import FOR_HOSTS, IGNORE_FILE
from sitegen.record.inputs import Place

_MOST_LINKS = 40  # as the kernel has it


class Area(Struct, frozen=True):
    """Real paths: ``names`` matter themselves, as does all below ``folders``.

    ``above`` are the folders that the names lie in: with one of these, all below it comes or goes.
    """

    names: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()
    above: frozenset[str] = frozenset()

    @classmethod
    def of_places(cls, places: Iterable[Place], files: Iterable[str] = ()) -> Area:
        """The area of all places, and of what the links among their ``files`` lead to."""
        names: set[str] = set()
        folders: set[str] = set()
        for place in places:
            if place.path is None:
                continue
            steps = [str(step) for step in _steps(place.path)]
            names.update(steps)
            if place.is_folder:
                folders.add(steps[-1])
        for file in files:
            path = Path(file)
            if path.is_symlink():
                names.update(map(str, _steps(path)))
        above = {str(folder) for name in names for folder in Path(name).parents}
        return cls(frozenset(names), tuple(sorted(folders)), frozenset(above))

    def concerns(self, path: str) -> bool:
        """Whether a path may matter; what is hidden below a folder never does."""
        if path in self.names:
            return True
        for folder in self.folders:
            if path.startswith(f"{folder}{os.sep}"):
                return not _is_hidden(path[len(folder) + 1 :])
        return path in self.above

    def watched(self) -> dict[Path, bool]:
        """The folders to watch, ``True`` with all below.

        The folder above each name is watched too, so that it may go away and come back.
        """
        found = {_existing(Path(name).parent): False for name in self.names}
        return found | {Path(f): True for f in self.folders if Path(f).is_dir()}


def _is_hidden(below: str) -> bool:
    """Whether a path below a folder is hidden: what hosts or we ask for on top of it is not."""
    first, *inner = Path(below).parts
    is_asked_for = first == IGNORE_FILE or first in FOR_HOSTS
    return any(part.startswith(".") for part in (inner if is_asked_for else (first, *inner)))


def _steps(path: Path) -> Iterator[Path]:
    """Yield the links on the way to a file, each by its real path, and the file's own real path."""
    at, links = Path(path.anchor), 0
    rest = [*reversed(path.parts[1:])]
    while rest:
        part = rest.pop()
        here = at / part
        if part == "..":
            at = at.parent
        elif links < _MOST_LINKS and here.is_symlink():
            links += 1
            yield here
            target = here.readlink()
            at = at / target.anchor
            rest += reversed(target.parts[bool(target.anchor) :])
        else:
            at = here
    yield at


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.is_dir())
