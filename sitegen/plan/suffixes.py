"""Suffixes: documented objects -> the one that a name, or the end of one, stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sitegen.model import Document
from sitegen.model.objects import METHOD, Documented, qualified

_Choice = tuple[bool, Documented | None]


class Suffixes:
    """Objects by every suffix of their dotted names, so that none is looked at in vain.

    However many objects share a last name (``forward`` of each model), who asks for it waits for
    those of the same page alone; which of all the others is meant is found out once a language.
    """

    def __init__(self, objects: Iterable[Documented], package: str) -> None:
        """Enter each object under all that may stand for it."""
        self._package = package
        self._all: dict[str, list[Documented]] = defaultdict(list)
        self._on_page: dict[tuple[str, str], list[Documented]] = defaultdict(list)
        self._chosen: dict[tuple[str, bool, str], _Choice] = {}
        for entry in objects:
            for suffix in _suffixes(entry.name):
                self._all[suffix].append(entry)
                self._on_page[entry.page, suffix].append(entry)

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
        here = self._on_page.get((document.id, suffix), ())
        is_known, found = self._choose(here, suffix, is_cut_bare, document.language)
        if is_known:
            return True, found
        key = (suffix, is_cut_bare, document.language)
        if key not in self._chosen:
            self._chosen[key] = self._choose(self._all.get(suffix, ()), *key)
        return self._chosen[key]

    def _choose(
        self, found: Sequence[Documented], suffix: str, is_cut_bare: bool, language: str
    ) -> _Choice:
        """Prefer the same language, then the package's own top level; a bare name is no method."""
        found = [o for o in found if not (is_cut_bare and o.kind == METHOD)]
        if not found:
            return False, None
        exact = qualified(suffix, self._package)
        found = [o for o in found if o.language == language] or found
        found = [o for o in found if o.name == exact] or found
        if len({o.name for o in found}) > 1:
            return True, None
        return True, min(found, key=lambda o: (len(o.page), o.page))


def _suffixes(name: str) -> Iterator[str]:
    """Yield a name and what is left when its first parts are left off."""
    yield name
    while name := name.partition(".")[2]:
        yield name
