"""Redefined: what documents define otherwise than in the last build, as those who name it know it.

What a document names is looked up by the ends of names. One that ends like nothing that has changed
is resolved as it was, so most of a large site need not be looked at for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from sitegen.model.objects import Mentions
from sitegen.pipeline.survey import AllDefined
from sitegen.plan.object_index import Defined
from sitegen.plan.page_names import names_of
from sitegen.plan.suffixes import last_part
from sitegen.restore import number_of
from sitegen.store.later import bulk_of
from sitegen.store.lost import LostError
from sitegen.store.packing import unpack
from sitegen.store.recall import Store
from sitegen.urls import resolve

_OBJECT, _LABEL, _CALLED, _TITLED = "object", "label", "called", "titled"
_MOST = 64  # neighbouring documents that changed; where more did, all is looked at


class Definitions:
    """What the documents of a large site define for others to name, beside the last build's."""

    def __init__(self, defined: AllDefined | None, given: str, store: Store) -> None:
        """Compare by what was kept; ``given`` is what all of it is known by.

        Without ``defined`` nothing that is named can have changed, but for what is known by other
        means.
        """
        self._defined, self._store = defined, store
        self.given = given
        self.runs: Collection[str] = defined.runs.keys() if defined else ()

    def changed_since(self, runs: Collection[str]) -> Set[int] | None:
        """The numbers of names that stand for something else; ``None``: nobody knows which."""
        if self._defined is None:
            return frozenset()
        gone, new = set(runs).difference(self.runs), set(self.runs).difference(runs)
        if not runs or len(gone) > _MOST or len(new) > _MOST:
            return None
        try:
            packed = [data for key in gone for data in bulk_of(self._store, key, 0).load()]
            before = _by_id(unpack(data, Defined) for data in packed)
            now = _by_id(each for key in new for each in self._defined.of_run(key))
        except LostError:
            return None
        changed = (_changed(before.get(id), now.get(id)) for id in before.keys() | now)
        return frozenset(number for numbers in changed for number in numbers)


def mentioned(page: str, mentions: Mentions) -> Iterator[int]:
    """Yield the numbers of all that a page names, of which some may come to mean something else."""
    for name in mentions.names:
        if name.startswith("#"):
            yield number_of(_LABEL, name[1:])
        elif name.startswith("[["):
            yield number_of(_CALLED, name[2:])
        else:
            for part in name.partition("#")[0].split(".")[-2:]:  # itself, and what it is a part of
                yield number_of(_OBJECT, part)
    for address in mentions.wordless:
        if target := resolve(address, "index" if address.startswith("/") else page):
            yield number_of(_TITLED, target.path)


def _by_id(some: Iterable[Defined]) -> dict[str, Defined]:
    return {each.id: each for each in some}


def _changed(before: Defined | None, now: Defined | None) -> Iterator[int]:
    """Yield the numbers of what a document defines otherwise than it did."""
    for (table, key), _ in _said(before).items() ^ _said(now).items():
        yield number_of(table, last_part(key) if table == _OBJECT else key)


def _said(defined: Defined | None) -> Mapping[tuple[str, str], object]:
    """What there is to know of each name that a document defines; of one twice the first counts."""
    said: dict[tuple[str, str], object] = {}
    if defined is None:
        return said
    _, objects, labels, title = defined.scanned
    for name, kind, without in objects:
        said.setdefault((_OBJECT, name), (defined.language, kind, without))
    for name, id, heading in labels:
        said.setdefault((_LABEL, name), (defined.language, id, heading))
    for name, _ in names_of({defined.id: title}):
        said[_CALLED, name] = title
    return said | {(_TITLED, defined.id): title}
