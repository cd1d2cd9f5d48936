"""Stage ``read``: the plain words of an element, and which of them were marked -> Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sitegen.scan.patterns import rare

_SPECIAL = rare(r"[\\*<`]|(?<![^\W_])_|_(?![^\W_])")
_IN_LINK = rare(r"[\[\]]")
# The name of an object as `[`lib.Object`]` shows it; whoever made the elements took the marks off.
_OBJECT = rare(
    r"\[(~?[A-Za-z_]\w*(?:\.\w+)+(?:\(\))?|~[A-Za-z_]\w*|[A-Z]+[a-z]\w*[A-Z]\w*)\](?!\()"
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_MOST = 1_000  # spans of one text
_LETTERS = rare(r"[^\W_]+")
_ADDRESS = rare(r"[^\s<>]+")
_AROUND = rare(r"[()\\]")


class Span(NamedTuple):
    """Words within a text, and the marks that stood around them."""

    words: str
    opens: str
    closes: str


def spans_of(told: Mapping[str, object]) -> tuple[Span, ...]:
    """What metadata tells of the links and the emphasis within a text, each in their order."""
    links = [
        Span(words, "[", f"]({target(url)})")
        for words, url in _pairs(told.get("link_texts"), told.get("link_urls"))
        if target(url)
    ]
    marked = [
        Span(words, _MARKS[tag], _MARKS[tag])
        for words, tag in _pairs(
            told.get("emphasized_text_contents"), told.get("emphasized_text_tags")
        )
        if tag in _MARKS
    ]
    return (*links, *marked)


class SpansByWord:
    """The spans of a text, by the word that each has first, to be looked for in parts of it."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take them in their order."""
        self._spans = spans[:_MOST]
        alike: dict[tuple[str, bool], list[int]] = {}
        for number, span in enumerate(self._spans):
            alike.setdefault((span.words, span.opens == "["), []).append(number)
        self._alike: dict[str, list[tuple[str, list[int]]]] = {}
        for (words, _), numbers in alike.items():
            word = _LETTERS.search(words)
            self._alike.setdefault(word[0] if word else "", []).append((words, numbers))

    def near(self, part: str) -> tuple[Span, ...]:
        """Those that a part may hold, in their order, and of like ones as many as there is room."""
        firsts = self._alike.keys() & {"", *_LETTERS.findall(part)}
        alike = chain.from_iterable(self._alike[word] for word in firsts)
        numbers = (numbers[: part.count(words)] for words, numbers in alike)
        return tuple(self._spans[number] for number in sorted(chain.from_iterable(numbers)))


def target(url: object) -> str:
    """An address as the target of a link in Markdown; nothing where it can be none."""
    if not isinstance(url, str) or not _ADDRESS.fullmatch(url):
        return ""
    return f"<{url}>" if _AROUND.search(url) else url


def _pairs(words: object, others: object) -> Iterator[tuple[str, str]]:
    if isinstance(words, list) and isinstance(others, list) and len(words) == len(others):
        for own, other in zip(words, others, strict=True):
            if isinstance(own, str) and isinstance(other, str) and own.strip():
                yield own.strip(), other


Placed = tuple[int, Span]
"""A span, below where in a text it begins."""


def words_of(text: str, spans: Sequence[Span] = ()) -> str:
    """A text in Markdown that shows its characters, but for the names of objects and its spans."""
    return marked(text, placed(text, spans))


def marked(text: str, spans: Sequence[Placed]) -> str:
    """A text in Markdown whose spans are known to be where they are."""
    done, at = "", 0
    for start, span in spans:
        inner = _escaped(span.words)
        if span.opens == "[":
            inner = _IN_LINK.sub(r"\\\g<0>", inner)
        done += _with_objects(text[at:start]) + span.opens + inner + span.closes
        at = start + len(span.words)
    return done + _with_objects(text[at:])


def placed(text: str, spans: Sequence[Span]) -> list[Placed]:
    """Where spans are: each behind the one of its kind before it, as whole words, none twice."""
    found: list[Placed] = []
    alone: list[Placed] = []
    behind: dict[bool, int] = {}
    for span in spans[:_MOST]:
        is_link = span.opens == "["
        at = _whole(text, span.words, behind.get(is_link, 0))
        if at >= 0:
            behind[is_link] = at + len(span.words)
            found.append((at, span))
    end = 0
    for at, span in sorted(found, key=lambda place: place[0]):  # a link is before its emphasis
        if at >= end:
            end = at + len(span.words)
            alone.append((at, span))
    return alone


def _whole(text: str, words: str, start: int) -> int:
    """Where some words stand as whole ones, from a place on; -1: nowhere."""
    at = text.find(words, start)
    while at >= 0:
        end = at + len(words)
        opens = not (words[0].isalnum() and text[at - 1 : at].isalnum())
        closes = not (words[-1].isalnum() and text[end : end + 1].isalnum())
        if opens and closes:
            return at
        at = text.find(words, at + 1)
    return -1


def _with_objects(text: str) -> str:
    done, at = "", 0
    for name in _OBJECT.finditer(text):
        done += _escaped(text[at : name.start()]) + f"[`{name[1]}`]"
        at = name.end()
    return done + _escaped(text[at:])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
