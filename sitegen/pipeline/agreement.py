"""Agreement: whether all that lots looked at is answered as it was, most of it without a look."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Set
from typing import Any

from msgspec import Struct

from sitegen.restore import OF_PAGES, Evidence, Seen, number_of, spelled
from sitegen.store.recall import Store


class Agreed(Struct, frozen=True):
    """By what evidence the lots of the last build were as they are.

    ``counted`` is what all that was counted was known by, ``concluded`` what was made of that;
    ``lots`` are the keys of all, each with what it saw, as it is known: another build may have made
    it again by its own evidence since.
    """

    counted: str = ""
    concluded: dict[str, dict[str, Any]] = {}
    lots: Set[str] = frozenset()


class Agreement:
    """What the evidence of the last build and that of this one have in common.

    A lot that held then and looked at nothing that is answered otherwise now holds still.
    """

    def __init__(self, evidence: Evidence, known_by: str, store: Store) -> None:
        """Compare with the last build whose documents were told the same besides."""
        self._evidence, self._store = evidence, store
        self._at = store.key("agreed", (known_by, evidence.asked))
        self._last = last = store.find([self._at], Agreed).get(self._at, Agreed())
        changes, self._concluded = evidence.changes, evidence.concluded()
        is_known = last.counted and last.counted == changes.since
        self._held = last.lots if is_known else frozenset()
        self._others = changes.numbers | {
            number_of(table, key)
            for table, now in self._concluded.items()
            for before in [last.concluded.get(table, {})]
            for key in before.keys() | now
            if before.get(key) != now.get(key)
        }
        self._lots: set[str] = set()

    def note(self, lot: str) -> None:
        """Take note of a lot that is used."""
        self._lots.add(lot)

    def holds(self, lot: str, looked: bytes, asked: str, seen: Callable[[], Seen | None]) -> bool:
        """Whether a lot holds that looked at so much.

        ``asked`` is what all pages asked for when it was made; ``seen`` gives what it saw.
        """
        if lot in self._held and self._others.isdisjoint(array("I", looked)):
            return True
        # The texts are as they were: so is what each says for itself of all that is asked for.
        same = OF_PAGES if asked and asked == self._evidence.asked else ()
        found = seen()
        return found is not None and self._evidence.still_reads(found, spelled, same)

    def keep(self) -> None:
        """Remember by what evidence all lots are as they are now."""
        now = Agreed(self._evidence.changes.now, self._concluded_now(), self._lots)
        if now != self._last:
            self._store.keep({self._at: now})

    def _concluded_now(self) -> dict[str, dict[str, Any]]:
        return {table: dict(answers) for table, answers in self._concluded.items()}
