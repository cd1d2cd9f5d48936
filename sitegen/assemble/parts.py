"""Assemble: neighbouring sources, in parts; what is seen of each is remembered by its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple, Self, TypeVar

from msgspec import Struct, field

from sitegen.assemble.grouping.groups import Groups
from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.model.runs import Bulk
from sitegen.store.later import recall_with_bulks
from sitegen.store.recall import NOTHING_KEPT, Store

SOURCES = 128
"""About how many sources are a part of a large dataset."""

_TOGETHER = 16  # parts whose summaries are remembered as one

Rows = Mapping[str, Sequence[Chunk]]
"""The chunks of some sources."""
Change = Callable[[str, list[Chunk], list[Diagnostic]], list[Chunk]]
"""What makes other chunks of those of a source, and may add what there is to say of them."""


class Summary(Struct):
    """What is seen of some sources, to which that of those behind them can be added.

    Fields are numbers, counts by number or word, sets, lists, and further summaries. ``notices``
    are those of the change that the sources went through last.
    """

    notices: list[Diagnostic] = field(default_factory=list)

    def add(self, other: Self) -> None:
        """Take what is seen of the sources behind these."""
        for name in self.__struct_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            match mine:
                case Summary():
                    mine.add(theirs)
                case dict():
                    for key, count in theirs.items():
                        mine[key] = mine.get(key, 0) + count
                case set():
                    mine |= theirs
                case list():
                    mine += theirs
                case _:
                    setattr(self, name, mine + theirs)


S = TypeVar("S", bound=Summary)
T = TypeVar("T")


class Part(NamedTuple):
    """Neighbouring sources, and what their rows are known by; that is empty if nothing is kept."""

    sources: list[str]
    key: str


class Parts:
    """The chunks of all sources, in order of these, changed one way after the other.

    Nothing is made of them but part by part, and of a part that is as it was in a build before
    nothing is made again. A dataset that fits into memory is one part, and remembers nothing.
    """

    def __init__(
        self, groups: Groups, ids: Mapping[str, str] | None = None, store: Store = NOTHING_KEPT
    ) -> None:
        """Take the groups, which are let go of, and the document id of each source."""
        self.ids: Mapping[str, str] = ids if ids is not None else {each: each for each in groups}
        self._groups, self._store = groups, store
        self._changes: list[tuple[object, Change]] = []
        self._changed = 0  # how many of these all chunks in memory have gone through
        self._seen: dict[object, Any] = {}
        self._held: dict[str, list[Chunk]] | None = None
        if groups.is_large:
            rest = iter(groups)
            self.parts = [self._part(run, rest) for run in groups.runs(SOURCES)]
        else:
            self._held = dict(groups.drain())
            self.parts = [Part(list(self._held), "")]

    def _part(self, run: Sequence[str], sources: Iterator[str]) -> Part:
        own = list(islice(sources, len(run)))
        return Part(own, self._store.key("part", ([self.ids[each] for each in own], own, run)))

    def change(self, given: object, change: Change) -> None:
        """Change the chunks of each source from now on; ``given`` is all that decides how."""
        self._changes.append((given, change))
        self._seen.clear()

    def see(self, look: Callable[..., S], kind: type[S], *given: object) -> S:
        """What a look, which is known by its name, sees of all sources by what it is given."""
        if (look, given) not in self._seen:
            whole = self._seen[look, given] = kind()
            rest = iter(self.parts)
            while some := list(islice(rest, _TOGETHER)):
                key = self._store.key("parts", [part.key for part in some]) if some[0].key else ""
                make = partial(self._see_all, some, look, given, kind)
                whole.add(self.recall(look.__qualname__, Part([], key), given, make, kind))
        seen: S = self._seen[look, given]
        return seen

    def _see_all(
        self, some: Sequence[Part], look: Callable[..., S], given: tuple[object, ...], kind: type[S]
    ) -> S:
        whole = kind()
        for part in some:
            make = partial(self._see, part, look, given)
            whole.add(self.recall(look.__qualname__, part, given, make, kind))
        return whole

    def _see(self, part: Part, look: Callable[..., S], given: tuple[object, ...]) -> S:
        notices: list[Diagnostic] = []
        seen = look(self.rows(part.sources, notices), *given)
        seen.notices = notices
        return seen

    def recall(self, stage: str, part: Part, given: object, make: Callable[[], T], kind: Any) -> T:
        """What is made of a part, as it is now, and of what is given, or was made before."""
        if not part.key:
            return make()
        made: T = self._store.recall(stage, self._given(part, given), make, kind)
        return made

    def recall_with_bulks(
        self,
        stage: str,
        part: Part,
        given: object,
        make: Callable[[], tuple[T, Sequence[Sequence[bytes]]]],
        kind: type[T],
    ) -> tuple[T, Sequence[Bulk]]:
        """The same of what is made of a part together with packed values."""
        key = self._store.key(stage, self._given(part, given)) if part.key else ""
        return recall_with_bulks(self._store, key, make, kind)

    def _given(self, part: Part, given: object) -> object:
        return part.key, [each for each, _ in self._changes], given

    def rows(self, sources: Sequence[str], notices: list[Diagnostic] | None = None) -> Rows:
        """The chunks of some sources; what the last change says of them is added to notices."""
        said = [] if notices is None else notices
        if self._held is None:
            rows = {source: self._groups[source] for source in sources}
            return _changed(rows, self._changes, said)
        if changes := self._changes[self._changed :]:
            self._changed = len(self._changes)
            self._held = _changed(self._held, changes, said)
        is_all = len(sources) == len(self._held)
        return self._held if is_all else {source: self._held[source] for source in sources}

    def first(self) -> Chunk:
        """The first chunk of all."""
        source = self.parts[0].sources[0]
        return self.rows([source])[source][0]

    def all(self) -> Rows:
        """The chunks of all sources."""
        return self.rows(list(chain.from_iterable(part.sources for part in self.parts)))

    def close(self) -> None:
        """Let go of all chunks."""
        self._held = None
        self._groups.close()


def _changed(
    rows: dict[str, list[Chunk]],
    changes: Sequence[tuple[object, Change]],
    notices: list[Diagnostic],
) -> dict[str, list[Chunk]]:
    for number, (_, change) in enumerate(changes, start=1):
        said = notices if number == len(changes) else []
        rows = {source: change(source, group, said) for source, group in rows.items()}
    return rows
