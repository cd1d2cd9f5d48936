"""Near: a page that is not there -> the one that an author may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from sitegen.errors import nearly

_CANDIDATES = 200  # pages of one folder, or of one name, among which the one is looked for


class NearPages:
    """The pages among which those are looked for that may be meant; gone through for the first."""

    def __init__(self, ids: Iterable[str]) -> None:
        """Know the pages by their ids."""
        self._ids = ids

    def to(self, name: str) -> str:
        """A question for the page that may be meant: of its folder, or of its name in another."""
        folder, _, last = name.rpartition("/")
        in_folder, of_name = self._places
        alike = (*in_folder.get(folder, ())[:_CANDIDATES], *of_name.get(last, ())[:_CANDIDATES])
        return nearly(name, alike)

    @cached_property
    def _places(self) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
        """The pages by their folders, and by their names."""
        folders, names = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for id in self._ids:
            folder, _, last = id.rpartition("/")
            folders[folder].append(id)
            names[last].append(id)
        return folders, names
