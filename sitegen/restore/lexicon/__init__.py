"""Restore: the Lexicon, how a corpus writes the words and phrases that its anchors ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.restore.headings.casing import Word


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
# `openers` stand first: what is to be dropped from `words` depends on them.
_TABLES = ("openers", "words", "code", "pairs", "phrases", "page_phrases", "links", "names")
_COUNTS = ("seen", "pairs_seen", "camel", "signs")


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
    a path. ``links`` are the words of links by the page and anchor that they lead to. ``camel``
    are tokens in camel case, ``signs`` those that join words; ``composed`` and ``sign`` are
    concluded from them. ``spelled`` and ``votes`` keep what has been looked up.
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
    camel: Forms = field(default_factory=Forms)
    signs: Forms = field(default_factory=Forms)
    composed: dict[str, str] = field(default_factory=dict)
    sign: str = "&"
    spelled: dict[str, Word] = field(default_factory=dict)
    votes: dict[str, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let tables that come from a file make their entries as others do."""
        for name in _TABLES:
            setattr(self, name, defaultdict(Forms, getattr(self, name)))

    def exchange(self, old: Lexicon, new: Lexicon) -> bool:
        """Take the counts of some texts out, and put those of others in.

        Tells whether words or names in camel case are new or gone: then there is to conclude anew.

        Raises:
            ValueError: the old texts were never counted here.
        """
        known = self._known(old), self._known(new)
        for name in _TABLES:
            mine, less, more = (getattr(each, name) for each in (self, old, new))
            for key in less.keys() | more.keys():
                _exchange(mine[key], less.get(key, NO_FORMS), more.get(key, NO_FORMS))
        for name in _COUNTS:
            _exchange(getattr(self, name), getattr(old, name), getattr(new, name))
        self.on_page |= new.on_page
        self._prune(old)
        self.spelled, self.votes = {}, {}
        return known != (self._known(old), self._known(new)) or old.signs != new.signs

    def _known(self, other: Lexicon) -> list[bool]:
        """Tell of each word and name of another Lexicon whether this one knows it."""
        words = [self.knows(key) for key in (*other.words, *other.code)]
        return [*words, *(token in self.camel for token in other.camel)]

    def _prune(self, old: Lexicon) -> None:
        """Drop what no text holds any more: a Lexicon of the texts as they are has no such entry.

        A form of ``words`` that is met only where sentences begin has one, of nothing.
        """
        for name in _TABLES:
            table, gone = getattr(self, name), getattr(old, name)
            for key, forms in gone.items():
                mine, opening = table[key], self.openers.get(key, NO_FORMS)
                for form in forms.keys() & mine.keys():
                    if mine[form] < 0:
                        raise ValueError(f"{form!r} counts less than nothing")
                    if not mine[form] and not (name == "words" and opening[form]):
                        del mine[form]
                if not mine:
                    del table[key]
        for name in _COUNTS:
            counts = getattr(self, name)
            for key in getattr(old, name):
                if not counts[key]:
                    del counts[key]

    def knows(self, key: str) -> bool:
        """Tell whether any text holds a word."""
        return key in self.words or key in self.code

    def linked(self, page: str, anchor: str = "") -> Forms:
        """Give the words of all links to a page, or to an anchor of it."""
        return self.links.get((page, anchor), NO_FORMS)


def differing(old: Lexicon, new: Lexicon) -> tuple[set[str], set[str]]:
    """Compare what two versions of some texts say: the slugs and the pages that it is said of.

    Two slugs that stand side by side are given as one.
    """
    keys: set[str] = set()
    for name in ("words", "openers", "code", "names", "phrases"):
        one, other = getattr(old, name), getattr(new, name)
        keys |= {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
    one, other = old.pairs, new.pairs
    keys |= {"-".join(k) for k in one.keys() | other.keys() if one.get(k) != other.get(k)}
    one, other = old.links, new.links
    pages = {k[0] for k in one.keys() | other.keys() if one.get(k) != other.get(k)}
    return keys, pages


def _exchange(mine: dict[Any, int], less: Mapping[Any, int], more: Mapping[Any, int]) -> None:
    for key, count in more.items():
        mine[key] = mine.get(key, 0) + count
    for key, count in less.items():
        mine[key] -= count
