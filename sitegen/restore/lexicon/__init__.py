"""Restore: the Lexicon, how a corpus writes the words and phrases that its anchors ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Self

from msgspec import Struct, field


class Forms(dict[str, int]):
    """Counts of spellings: a `Counter` as far as it is needed, of which there are thousands."""

    __slots__ = ()

    def __missing__(self, form: str) -> int:
        """Count what was never met as nothing."""
        return 0


NO_FORMS: Mapping[str, int] = MappingProxyType({})
TABLES = ("words", "openers", "code", "pairs", "phrases", "links", "names")
"""The tables of a Lexicon that count spellings by slug."""
_Pair = tuple[str, str]
Counts = dict[str, int]
"""Counts by `entry`: packed, unpacked and added up in a fifth of the time that tables take.

Each is of what stands in some text, so none is 0: words count there wherever they stand.
"""
_IN = "\0"  # stands in no text that was read, nor in a name
_OF_FORM = 200  # characters that take as much memory as a slug, a spelling and a count


def _table() -> dict[Any, dict[str, int]]:
    return defaultdict(Forms)


class OwnWords(Struct):
    """Counts of spellings by slug in the text of one page, which no other page asks for.

    ``words`` are those that its own anchors ask for, ``phrases`` its runs of words whose slug is a
    whole anchor.
    """

    words: dict[str, dict[str, int]] = field(default_factory=_table)
    phrases: dict[str, dict[str, int]] = field(default_factory=_table)

    def size(self) -> int:
        """About how many characters take as much memory."""
        return _OF_FORM * sum(map(len, (*self.words.values(), *self.phrases.values())))


class Lexicon(Struct):
    """Counts of spellings by slug, as far as some anchor or path asks for them.

    ``words`` and ``pairs`` count inside sentences, ``openers`` where a sentence, line or cell
    begins, ``code`` between back-ticks. ``phrases`` are runs of words whose slug is a whole anchor;
    ``names`` are words by the letters and digits of a path. ``links`` are the words of links by the
    page and anchor that they lead to. ``camel`` are tokens in camel case.

    What is counted in some texts and in others adds up to that of all.
    """

    words: dict[str, dict[str, int]] = field(default_factory=_table)
    openers: dict[str, dict[str, int]] = field(default_factory=_table)
    code: dict[str, dict[str, int]] = field(default_factory=_table)
    pairs: dict[_Pair, dict[str, int]] = field(default_factory=_table)
    phrases: dict[str, dict[str, int]] = field(default_factory=_table)
    links: dict[_Pair, dict[str, int]] = field(default_factory=_table)
    names: dict[str, dict[str, int]] = field(default_factory=_table)
    camel: dict[str, int] = field(default_factory=Forms)

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """All that was counted in some texts."""
        whole = cls()
        tables: dict[str, dict[Any, dict[str, int]]] = {n: getattr(whole, n) for n in TABLES}
        for entry, count in counts.items():
            name, *key, form = entry.split(_IN)
            if not key:
                whole.camel[form] = count
            else:
                tables[name][key[0] if len(key) == 1 else tuple(key)][form] = count
        for slug, forms in whole.openers.items():
            for form, count in forms.items():
                whole.words[slug][form] -= count
        return whole

    def seen(self) -> dict[str, int]:
        """How often each word is met in prose."""
        return {
            key: total(forms) + total(self.openers.get(key, NO_FORMS))
            for key, forms in self.words.items()
        }

    def knows(self, key: str) -> bool:
        """Whether any text holds a word."""
        return key in self.words or key in self.code


def entry(table: str, *key: str) -> str:
    """What something is counted under: a table, a slug (or both of a pair) and a spelling."""
    return _IN.join((table, *key))


def keys_of(entries: Iterable[str]) -> set[str | _Pair]:
    """The slugs, or pairs of these, that entries are counted under."""
    keys = (name.split(_IN)[1:-1] for name in entries)
    return {key[0] if len(key) == 1 else (key[0], key[1]) for key in keys if key}


def add(counts: Counts, more: Counts, times: int = 1) -> None:
    """Add what was counted in some more texts; ``times`` is -1 to take it away again."""
    known = counts.get
    for entry, count in more.items():
        counts[entry] = known(entry, 0) + times * count
    if times < 0:
        for entry in more:
            if not counts[entry]:  # what stands in no text has no entry
                del counts[entry]


def total(forms: Mapping[str, int]) -> int:
    """How often all spellings together are met."""
    return sum(forms.values())
