"""Restore: the Lexicon, how a corpus writes the words and phrases that its anchors ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.restore.casing import Word


class Forms(dict[str, int]):
    """Counts of spellings: a `Counter` as far as it is needed, of which there are thousands."""

    __slots__ = ()

    def __missing__(self, form: str) -> int:
        """Count what was never met as nothing."""
        return 0

    def total(self) -> int:
        """Sum all counts."""
        return sum(self.values())


NO_FORMS = Forms()


def _table() -> defaultdict[str, Forms]:
    return defaultdict(Forms)


def _pair_table() -> defaultdict[tuple[str, str], Forms]:
    return defaultdict(Forms)


@dataclass(slots=True)
class Lexicon:
    """Counts of spellings by slug, as far as some anchor or path asks for them.

    ``words`` and ``pairs`` count inside sentences, ``openers`` where a sentence, line or cell
    begins, ``code`` between back-ticks. ``seen`` and ``pairs_seen`` are totals. ``phrases`` are
    runs of words whose slug is a whole anchor; ``names`` are words by the letters and digits of
    a path. ``links`` are the words of links by the page and anchor that they lead to. ``spelled``
    and ``votes`` keep what has been looked up.
    """

    words: dict[str, Forms] = field(default_factory=_table)
    openers: dict[str, Forms] = field(default_factory=_table)
    code: dict[str, Forms] = field(default_factory=_table)
    seen: Counter[str] = field(default_factory=Counter)
    on_page: dict[str, Mapping[str, Forms]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], Forms] = field(default_factory=_pair_table)
    pairs_seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    phrases: dict[str, Forms] = field(default_factory=_table)
    page_phrases: dict[tuple[str, str], Forms] = field(default_factory=_pair_table)
    links: dict[tuple[str, str], Forms] = field(default_factory=_pair_table)
    names: dict[str, Forms] = field(default_factory=_table)
    composed: dict[str, str] = field(default_factory=dict)
    sign: str = "&"
    spelled: dict[str, Word] = field(default_factory=dict)
    votes: dict[str, dict[str, float]] = field(default_factory=dict)

    def knows(self, key: str) -> bool:
        """Tell whether any text holds a word."""
        return key in self.words or key in self.code

    def linked(self, page: str, anchor: str = "") -> Forms:
        """Give the words of all links to a page, or to an anchor of it."""
        return self.links.get((page, anchor), NO_FORMS)
