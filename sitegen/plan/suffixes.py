"""Suffixes: documented objects -> the one that a name, or the end of one, stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter

from sitegen.model import Document
from sitegen.model.objects import METHOD, Documented, qualified

_Home = tuple[str, str]
"""The language of a page, and the folder of the top that it is in."""
_Choice = tuple[bool, Documented | None]
_PLACE = attrgetter("place")
_BySuffix = dict[str, list[Documented]]


class Suffixes:
    """Objects by every suffix of their dotted names, so that none is looked at in vain.

    However many objects share a last name (``forward`` of each model), who asks for it waits for
    those of the same page alone; which of all the others is meant is found out once a language,
    among the best of each name.
    """

    def __init__(self, objects: Iterable[Documented], package: str) -> None:
        """Enter each object under all that may stand for it."""
        self._package = package
        self._by_page: dict[str, list[Documented]] = {}
        self._chosen: dict[tuple[str, bool, _Home], _Choice] = {}
        self._here: tuple[str, _BySuffix] = ("", {})
        homes: dict[_Home, _Home] = {}  # few have many objects
        first: dict[tuple[str, _Home, bool], Documented] = {}
        for entry in objects:
            self._by_page.setdefault(entry.page, []).append(entry)
            home = (entry.language, entry.page.partition("/")[0])
            home = homes.setdefault(home, home)
            key = (entry.name, home, entry.kind == METHOD)
            if (other := first.setdefault(key, entry)) is not entry:
                first[key] = min(other, entry, key=_PLACE)
        self._all = _by_suffix(first.values())

    def find(self, name: str, document: Document) -> Documented | None:
        """The object by the longest suffix that is any's; ``None`` if several are meant by it."""
        parts = name.split(".")
        for start in range(len(parts)):
            if start and parts[start - 1] != parts[start - 1].lower():
                return None  # only modules may be left off, never a class
            is_cut_bare = start > 0 and len(parts) - start == 1
            is_known, found = self._look_up(".".join(parts[start:]), is_cut_bare, document)
            if is_known:
                return found
        return None

    def _look_up(self, suffix: str, is_cut_bare: bool, document: Document) -> _Choice:
        """Whether there are such objects, and the one that is meant; the page's own come first."""
        here = self._on_page(document.id).get(suffix, ())
        folder = document.id.partition("/")[0] if "/" in document.id else ""
        key = (suffix, is_cut_bare, (document.language, folder))
        is_known, found = self._choose(here, *key)
        if is_known:
            return True, found
        if key not in self._chosen:
            self._chosen[key] = self._choose(self._all.get(suffix, ()), *key)
        return self._chosen[key]

    def _on_page(self, page: str) -> _BySuffix:
        """The objects of a page, which asks for many in a row."""
        if page != self._here[0]:
            self._here = page, _by_suffix(self._by_page.get(page, ()))
        return self._here[1]

    def _choose(
        self, found: Sequence[Documented], suffix: str, is_cut_bare: bool, home: _Home
    ) -> _Choice:
        """Prefer the same language, the package's own top level, then the folder of the library.

        A bare name is no method.
        """
        language, folder = home
        found = [o for o in found if not (is_cut_bare and o.kind == METHOD)]
        if not found:
            return False, None
        exact = qualified(suffix, self._package)
        found = [o for o in found if o.language == language] or found
        found = [o for o in found if o.name == exact] or found
        found = [o for o in found if folder and o.page.startswith(f"{folder}/")] or found
        if len({o.name for o in found}) > 1:
            return True, None
        return True, min(found, key=_PLACE)


def _by_suffix(objects: Iterable[Documented]) -> _BySuffix:
    found: _BySuffix = defaultdict(list)
    for entry in objects:
        suffix = entry.name
        while suffix:
            found[suffix].append(entry)
            suffix = suffix.partition(".")[2]
    return dict(found)
