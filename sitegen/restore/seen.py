"""Seen: what pages have looked up of what all texts say, and the answers that they had."""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, repeat
from typing import Any, NamedTuple, Self

from msgspec import Struct

from sitegen.restore.headings.casing import Word

Key = str | tuple[str, str]
Question = tuple[str, Key]
"""The name of a table and a key in it."""
OF_PAGES = frozenset({"on_page", "page_phrases"})
"""Tables of what each page says for itself of what all pages ask for; no other page looks there."""


class Slice(NamedTuple):
    """Keys of one table with their answers, values that msgpack knows: compared all at once."""

    table: str
    keys: tuple[Key, ...]
    answers: tuple[Any, ...]


class WordAt(Struct, frozen=True, array_like=True):
    """A word in a heading of a page, between others (``None``: there is none; "": a sign).

    ``names`` are those of the objects that its section documents.
    """

    page: str
    key: str
    before: str | None = None
    after: str | None = None
    names: tuple[str, ...] = ()


class Seen(Struct, frozen=True, array_like=True):
    """What a page has seen of the evidence: what was ``looked`` at, and how ``words`` are spelled.

    On each answer in ``of_words`` only the words depend that have its number.
    """

    looked: tuple[Slice, ...] = ()
    of_words: tuple[Slice, ...] = ()
    words: tuple[tuple[WordAt, Word | None, Sequence[int]], ...] = ()

    @classmethod
    def of(
        cls,
        looked: Mapping[str, Mapping[Key, Any]],
        of_words: Sequence[tuple[Question, Any]],
        words: Iterable[tuple[WordAt, Word | None, Iterable[int]]],
    ) -> Self:
        """What was seen, in order: answers by table and key; words have the numbers of theirs."""
        numbers = sorted(range(len(of_words)), key=lambda number: of_words[number][0][0])
        place = {number: at for at, number in enumerate(numbers)}
        return cls(
            tuple(
                Slice(name, tuple(looked[name]), (*looked[name].values(),))
                for name in sorted(looked)
            ),
            tuple(_by_table(of_words[number] for number in numbers)),
            tuple((at, word, [place[number] for number in used]) for at, word, used in words),
        )


def together(pages: Iterable[Seen]) -> Seen:
    """What some pages have seen, as that of one: what many asked is looked at once.

    An answer that a page did not depend on may be an old one, and stands beside the new one.
    """
    numbers: dict[Question, int] = {}
    answers: list[tuple[Question, Any]] = []
    looked: defaultdict[str, dict[Key, Any]] = defaultdict(dict)
    words: list[tuple[WordAt, Word | None, Sequence[int]]] = []
    for seen in pages:
        own: list[int] = []
        for question, answer in _one_by_one(seen.of_words):
            number = numbers.get(question)
            if number is None or answers[number][1] != answer:
                number = numbers[question] = len(answers)
                answers.append((question, answer))
            own.append(number)
        for table, keys, now in seen.looked:
            looked[table].update(zip(keys, now, strict=True))
        words += ((at, word, [own[number] for number in used]) for at, word, used in seen.words)
    return Seen.of(looked, answers, words)


def _table(looked: tuple[Question, Any]) -> str:
    return looked[0][0]


def _by_table(looked: Iterable[tuple[Question, Any]]) -> Iterator[Slice]:
    """Yield the answers of each table, which come together."""
    for table, some in groupby(looked, _table):
        keys, answers = zip(*((key, answer) for (_, key), answer in some), strict=True)
        yield Slice(table, keys, answers)


def _one_by_one(slices: Iterable[Slice]) -> Iterator[tuple[Question, Any]]:
    for table, keys, answers in slices:
        yield from zip(zip(repeat(table), keys), answers, strict=True)


def number_of(table: str, key: Key) -> int:
    """What a question is known by; several may have the same number."""
    whole = key if isinstance(key, str) else "\0".join(key)
    return zlib.crc32(f"{table}\0{whole}".encode("utf-8", "replace"))


def numbers_of(seen: Seen) -> bytes:
    """The numbers of all that was looked at but for what pages say for themselves, as `I`."""
    slices = [each for each in (*seen.looked, *seen.of_words) if each.table not in OF_PAGES]
    numbers = {number_of(each.table, key) for each in slices for key in each.keys}
    return array("I", sorted(numbers)).tobytes()
