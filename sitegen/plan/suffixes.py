"""Suffixes: documented objects -> the one that a name, or the end of one, stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple, Protocol

from sitegen.model import Document
from sitegen.model.objects import METHOD, Documented, qualified

_Home = tuple[str, str]
"""The language of a page, and the folder of the top that it is in."""
_Choice = tuple[bool, Documented | None]
_PLACE = attrgetter("place")
_ByKey = dict[str, list[Documented]]


class Lookup(Protocol):
    """Objects by something that is known of them."""

    def get(self, key: str, /) -> Sequence[Documented] | None:
        """Those under a key, if there are any."""


class Objects(NamedTuple):
    """All objects by the page that documents them, and the best of all by suffix."""

    by_page: Lookup
    by_suffix: Lookup

    @classmethod
    def of(cls, objects: Sequence[Documented]) -> Objects:
        """Look objects up in tables that are all here."""
        return cls(by_page(objects), by_suffix(best(objects)))


class Suffixes:
    """Objects by every suffix of their dotted names, so that none is looked at in vain.

    However many objects share a last name (``forward`` of each model), who asks for it waits for
    those of the same page alone; which of all the others is meant is found out once a language,
    among the best of each name.
    """

    def __init__(self, objects: Objects, package: str) -> None:
        """Look up in tables what may stand for an object of a package."""
        self._package, self._objects = package, objects
        self._chosen: dict[tuple[str, bool, _Home], _Choice] = {}
        self._here: tuple[str, _ByKey] = ("", {})

    def forget(self) -> None:
        """Let go of what was found out up to now."""
        self._chosen.clear()

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
            self._chosen[key] = self._choose(self._objects.by_suffix.get(suffix) or (), *key)
        return self._chosen[key]

    def _on_page(self, page: str) -> _ByKey:
        """The objects of a page, which asks for many in a row."""
        if page != self._here[0]:
            self._here = page, by_suffix(self._objects.by_page.get(page) or ())
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


def best(objects: Iterable[Documented]) -> Iterable[Documented]:
    """Of the objects of a name in one language and folder of the top the one that is preferred."""
    homes: dict[_Home, _Home] = {}  # few have many objects
    first: dict[tuple[str, _Home, bool], Documented] = {}
    for entry in objects:
        home = (entry.language, entry.page.partition("/")[0])
        home = homes.setdefault(home, home)
        key = (entry.name, home, entry.kind == METHOD)
        if (other := first.setdefault(key, entry)) is not entry:
            first[key] = min(other, entry, key=_PLACE)
    return first.values()


def by_page(objects: Iterable[Documented]) -> _ByKey:
    """Objects by the page that documents them."""
    found: _ByKey = defaultdict(list)
    for entry in objects:
        found[entry.page].append(entry)
    return dict(found)


def last_part(name: str) -> str:
    """What a name and all its suffixes end with."""
    return name.rpartition(".")[2]


def by_suffix(objects: Iterable[Documented]) -> _ByKey:
    """Objects by their names, and by what is left when first parts of these are left off."""
    found: _ByKey = defaultdict(list)
    for entry in objects:
        suffix = entry.name
        while suffix:
            found[suffix].append(entry)
            suffix = suffix.partition(".")[2]
    return dict(found)
