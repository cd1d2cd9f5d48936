"""Restore: the Lexicon, how a corpus writes the words and phrases that its anchors ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
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

    The Lexicons of some texts and of others add up to that of all.
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
    def of_all(cls, parts: Iterable[Self]) -> Self:
        """The sum of some Lexicons, which stay as they are; of one it is that one."""
        rest = iter(parts)
        one, two = next(rest, None), next(rest, None)
        if one is None or two is None:
            return one or cls()
        whole = cls()
        for part in chain((one, two), rest):
            whole._add(part)
        return whole

    def _add(self, other: Self) -> None:
        for name in TABLES:
            mine = getattr(self, name)
            for key, forms in getattr(other, name).items():
                known = mine.get(key)
                if known is None:
                    mine[key] = dict(forms)
                    continue
                for form, count in forms.items():
                    known[form] = known.get(form, 0) + count
        for token, count in other.camel.items():
            self.camel[token] = self.camel.get(token, 0) + count

    def seen(self) -> dict[str, int]:
        """How often each word is met in prose."""
        return {
            key: total(forms) + total(self.openers.get(key, NO_FORMS))
            for key, forms in self.words.items()
        }

    def knows(self, key: str) -> bool:
        """Whether any text holds a word."""
        return key in self.words or key in self.code


def total(forms: Mapping[str, int]) -> int:
    """How often all spellings together are met."""
    return sum(forms.values())
