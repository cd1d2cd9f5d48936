"""Agreement: whether all that lots looked up is answered as it was, most of it without a look."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Set
from typing import Any

from msgspec import Struct

from sitegen.pipeline.redefined import Definitions
from sitegen.restore import OF_PAGES, Changes, Evidence, Seen, number_of, spelled
from sitegen.store.recall import Store

_NOTHING = "nothing"  # what is counted where no evidence is asked


class Agreed(Struct, frozen=True):
    """By what evidence, and what definitions, the lots of the last build were as they are.

    ``counted`` is what all that was counted was known by, ``concluded`` what was made of that;
    ``defined`` are the keys of what neighbouring documents defined for others to name. ``lots`` are
    the keys of all, each with what it depends on, as it is known: another build may have made it
    again by its own evidence since.
    """

    counted: str = ""
    concluded: dict[str, dict[str, Any]] = {}
    defined: Set[str] = frozenset()
    lots: Set[str] = frozenset()


class Depends(Struct, frozen=True):
    """What a lot depends on besides the rows of its documents.

    ``looked`` are the numbers of what was looked at of the evidence while these were restored,
    ``saw`` is the digest of the answers; ``asked`` is what all pages asked for when they said of
    themselves what was seen, as it is known. ``named`` are the numbers of what they name, ``given``
    is what all definitions were known by when that was looked up.
    """

    looked: bytes
    saw: str
    asked: str
    named: bytes
    given: str

    def key(self, lot: str) -> str:
        """The key of a lot together with what it depends on."""
        return f"{lot}{self.saw}{self.given}"


class Agreement:
    """What evidence and definitions of the last build and of this one have in common.

    A lot that held then and looked at nothing that is answered otherwise now holds still.
    """

    def __init__(
        self, evidence: Evidence | None, definitions: Definitions, known_by: str, store: Store
    ) -> None:
        """Compare with the last build whose documents were told the same besides."""
        self._evidence, self._definitions, self._store = evidence, definitions, store
        self._at = store.key("agreed", (known_by, evidence.asked if evidence else ""))
        self._last = last = store.find([self._at], Agreed).get(self._at, Agreed())
        changes = evidence.changes if evidence else Changes(_NOTHING, _NOTHING)
        self._now, self._concluded = changes.now, evidence.concluded() if evidence else {}
        is_known = last.counted and last.counted == changes.since
        self._held = last.lots if is_known else frozenset()
        self._others = changes.numbers | {
            number_of(table, key)
            for table, now in self._concluded.items()
            for before in [last.concluded.get(table, {})]
            for key in before.keys() | now
            if before.get(key) != now.get(key)
        }
        self._renamed = definitions.changed_since(last.defined) if self._held else None
        self._lots: set[str] = set()

    def note(self, lot: str, depends: Depends) -> None:
        """Take note of a lot that is used."""
        self._lots.add(depends.key(lot))

    def holds(self, lot: str, depends: Depends, seen: Callable[[], Seen | None]) -> bool:
        """Whether a lot holds that depends on so much; ``seen`` gives what it saw."""
        is_held = depends.key(lot) in self._held
        if depends.given != self._definitions.given:
            if not is_held or self._renamed is None:
                return False
            if not self._renamed.isdisjoint(array("I", depends.named)):
                return False
        if self._evidence is None or (
            is_held and self._others.isdisjoint(array("I", depends.looked))
        ):
            return True
        # The texts are as they were: so is what each says for itself of all that is asked for.
        same = OF_PAGES if depends.asked and depends.asked == self._evidence.asked else ()
        found = seen()
        return found is not None and self._evidence.still_reads(found, spelled, same)

    def keep(self) -> None:
        """Remember by what evidence and definitions all lots are as they are now."""
        now = Agreed(
            self._now, self._concluded_now(), frozenset(self._definitions.runs), self._lots
        )
        if now != self._last:
            self._store.keep({self._at: now})

    def _concluded_now(self) -> dict[str, dict[str, Any]]:
        return {table: dict(answers) for table, answers in self._concluded.items()}
