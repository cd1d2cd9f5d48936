"""Fed: the files that feeds make of a preview, which may be on a disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from pathlib import Path

from msgspec import Struct

from sitegen.model import OutputFile
from sitegen.store.shelf import Shelf


class Fed:
    """Files by path; the first of a path counts."""

    def __init__(self, folder: Path | None) -> None:
        """Put aside in ``folder`` what does not fit into memory."""
        self._numbers: dict[str, int] = {}
        self._data: Shelf[bytes] = Shelf(bytes, folder)

    @property
    def paths(self) -> Set[str]:
        """The paths of all files."""
        return self._numbers.keys()

    def add(self, file: OutputFile) -> None:
        """Take a file."""
        if file.path not in self._numbers:
            self._numbers[file.path] = len(self._data)
            self._data.append(file.data, len(file.data))

    def get(self, path: str) -> bytes | None:
        """The bytes of a file; none if there is none."""
        number = self._numbers.get(path)
        return None if number is None else self._data[number]


class FedBy(Struct, frozen=True):
    """The twins of a preview; of a site that changes all the time there are no facts."""

    paths: Set[str]
    read: Callable[[str], bytes]

    def facts(self) -> Mapping[str, object]:
        """Nothing."""
        return {}
