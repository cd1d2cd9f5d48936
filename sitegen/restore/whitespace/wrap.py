"""Restore, white space: judges whether a line break in prose was a paragraph's end."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise
from typing import Literal

from msgspec import Struct

_SENTENCE_END = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]*_`]*$")
_STANDS_ALONE = re.compile(
    r"(?:\*\*.+\*\*:?|__.+__:?|!\[[^\]]*\]\([^)]*\)|\[!\[.*\)|\[\[[^\]]+\]\]|https?://\S+)$"
)
# What documentation of models says of its origin is one paragraph, a sentence a line.
_ORIGIN = re.compile(r"(?:This|The) [\w ]{2,20} (?:was|were) (?:contributed|added) by ")
_ORIGINAL = re.compile(r"(?:The|Its) original (?:code|implementation|checkpoints?|version)")
_GOES_BACK = re.compile(r"(?:And|Or|That|They) ")  # to what the line before speaks of
# What may go back to the sentence before, and begins paragraphs all the same.
_REFERS = re.compile(
    r"(?:This|These|Those|Such|It|Its|Their|You|Then|Also|But|So|However|Therefore|Thus|Hence"
    r"|Moreover|Furthermore|Additionally|Alternatively|Instead|Otherwise)\b"
    r"|(?:In|For|As|At) (?:this|that|these|such|a result|addition|particular|the same)\b"
)
_NAME = re.compile(r"[^\W\d_]{5,}")  # words long enough to name what a sentence is about
_BADGE = "[!["  # a picture that is a link: such stand in rows
_CLOSES = re.compile(r"[:/]{3,}$")  # a block of another dialect
_ROW = " | "  # of what is laid out by hand and is no table: it has no row of dashes
_BRACKET_END = re.compile(r"\)[*_`]*$")
# Emphasis over whole sentences, such as a paper's abstract: nothing goes on behind it.
_EMPHASIS_END = re.compile(r"[.!?][\"”’]?\s?\*$")
_ADDRESS = re.compile(r"https?://\S+$")
_UNFINISHED = re.compile(
    r"\b(?:(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)|(?:e\.g|i\.e|E\.g|I\.e)\.[*_]*)$"
)
_INNER_SENTENCE = re.compile(r"[.!?] ")
_NEXT_SENTENCE = re.compile(r"[.!?] +(?=[^\W\d_a-z]|[`\[*])|[。！？](?=.)")
_NO_END = ("<br>", "<br/>", "<br />", "\\", ",", "，", "、", " -", "–", "—")
_EAST_ASIAN = re.compile("[\u2e80-\ufaff]")  # scripts without blanks
_OPENING = 3  # words by which a sentence is known
_FEW = 4  # line breaks that show a width; fewer show the author's mood
_ROOM = 37  # characters that were free on a line whose end was no accident, at most
_SEVERAL = 15  # lines of prose that show how much room one author leaves
_RARELY = 0.03  # share of them that leave more
_NAMES = 6  # at the head of a line that may be named again
_PROSE = 40  # characters of a line that is surely prose, and no list of words or settings
_FREELY = 25  # characters by which a line inside a sentence is too short for the width
_TRUST = 3  # line breaks of a page that weigh as much as those of all others
_AT_END = (0, 0)  # the span of a line break where a sentence ends: it shows no width
_OVER = 12  # characters by which a wrapped line may exceed the width: a long word, a link's address


Below = Literal["", "last", "inside", "leading"]
"""How prose stands below an item: below the last of a list none of whose items goes on, where a
sentence is not its own; between two items of one list; at the head of the items below it."""


class Wrap(Struct, frozen=True):
    """How an author breaks lines: at ``width`` characters, or only where a thought ends (0).

    ``heads`` are the words that begin paragraphs where that is known, and hardly other sentences.
    ``inside`` is the share of line breaks inside sentences in all texts; ``breaks``: this one has
    such. ``freely`` is the share of those where there was room: who breaks lines where he draws
    breath does it at the ends of sentences, too. ``room`` is the most that lines inside
    sentences leave.
    """

    width: int = 0
    heads: frozenset[str] = frozenset()
    inside: float = 0.0
    breaks: bool = False
    freely: float = 0.0
    room: int = _ROOM

    def ends_paragraph(self, lines: Sequence[str], number: int) -> bool:
        """Tell whether a blank line stood above a line of prose, by the lines around it."""
        line, following = lines[number - 1], lines[number]
        if (known := _known(line, following)) is not None:
            return known
        if opening(following) in self.heads:
            return True
        if ends_sentence(line):
            return self._outweighs(lines, number)
        if _BRACKET_END.search(line) and following[:1].isupper():
            return not self._is_full(line, following)
        return self._is_short(line, following)

    def _outweighs(self, lines: Sequence[str], number: int) -> bool:
        """Weigh what tells a paragraph's end against what tells a sentence on a line of its own.

        Who puts several sentences on a line breaks lines at the ends of paragraphs, and a line that
        begins or goes on inside a sentence is of a paragraph that is wrapped. The weights are those
        of a logistic regression over documentation of six projects, rounded.
        """
        line, following = lines[number - 1], lines[number]
        weight = 2.9 - (4 + self.breaks) * self.inside - 4 * self.freely
        if self._is_full(line, following):
            weight -= 3
        elif len(line) + _first_word(following) + self.room < self.width:
            weight += 3
        weight += 2 * _sentences(line) + _sentences(following)
        weight += number > 1 and not ends_sentence(lines[number - 2])
        if not ends_sentence(following):
            weight += number + 1 < len(lines)
        elif following.endswith(":"):
            weight += 3
        weight -= bool(_REFERS.match(following))
        if not 0 < weight <= _NAMES / 2:
            return weight > 0  # whatever is named
        names = set(_NAME.findall(line))
        again = sum(name in names for name in _NAME.findall(following)[:_NAMES])
        return weight > again / 2

    def ends_item(self, line: str, following: str, *, indent: int, place: Below = "") -> bool:
        """Tell whether a list item ends between two lines; it may do so without a full stop.

        ``indent`` is how far the line stood to the right: 0 for the item's first.
        """
        if line.endswith(":") and _ADDRESS.match(following):
            return False
        if (known := _known(line, following)) is not None:
            return known
        if place == "leading" or (place == "last" and following[:1].isupper()):
            return True
        if place == "inside" and (indent or ends_sentence(line)):
            return False
        if self._is_full(line, following, indent):
            return False
        return (
            ends_sentence(line)
            or following[:1].isupper()
            or (not indent and following[:1] not in "[`")
        )

    def _is_full(self, line: str, following: str, indent: int = 0) -> bool:
        """Tell whether the next word had no room on a line that keeps to the width."""
        length = indent + len(line)
        if not self.width or length > self.width + _OVER:
            return False
        return length + _first_word(following) > self.width

    def _is_short(self, line: str, following: str) -> bool:
        """Tell whether a line ends well before it had to."""
        return 2 * (len(line) + _first_word(following)) < self.width


def _first_word(line: str) -> int:
    """Measure the first word with the blank before it; scripts without blanks break anywhere.

    A line may hold nothing but no-break spaces or form feeds, and no word.
    """
    return 2 if _EAST_ASIAN.match(line) else 1 + len("".join(line.split(maxsplit=1)[:1]))


def announces(line: str) -> bool:
    """Whether a line announces what is below it, as those that end in a colon do."""
    return line.rstrip("*_ ").endswith((":", "："))


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends in a full stop or the like, or in a symbol such as an emoji."""
    return bool(_SENTENCE_END.search(line)) or unicodedata.category(line[-1]) in {"So", "Mn"}


def _sentences(line: str) -> int:
    """Count the sentences that begin inside a line; more than two tell no more."""
    return sum(1 for _ in islice(_NEXT_SENTENCE.finditer(line), 2))


def _known(line: str, following: str) -> bool | None:
    """Judge a line break by signs that need no measure; ``None`` where there are none."""
    if _is_unfinished(line, following):
        return False
    if _stands_alone(line) or _stands_alone(following) or _EMPHASIS_END.search(line):
        return True
    if _GOES_BACK.match(following) or _CLOSES.match(following):
        return False
    if _ROW in line and _ROW in following:
        return False
    if _ORIGIN.match(line) and _ORIGINAL.match(following):
        return False
    return False if following[:1].islower() or following[:1] in "(),.;:" else None


def _is_unfinished(line: str, following: str) -> bool:
    """Tell whether a line ends where nothing does, or is a picture of a row."""
    if line.startswith(_BADGE) and following.startswith(_BADGE):
        return True
    return (
        line.endswith(_NO_END) or _is_open(line, following) or _UNFINISHED.search(line) is not None
    )


def _stands_alone(line: str) -> bool:
    return line[0] in "*_![h" and _STANDS_ALONE.match(line) is not None


def _is_open(line: str, following: str) -> bool:
    """Tell whether a bracket is left open, or a code span that the next line may close."""
    return (
        line.count("[") > line.count("]")
        or line.count("(") > line.count(")")
        or (line.count("`") % 2 == 1 and following.count("`") % 2 == 1)
    )


def opening(line: str) -> str:
    """The first words of a sentence, by which others that begin so are known."""
    return " ".join(line.split(maxsplit=_OPENING)[:_OPENING])


def inner_openings(line: str) -> list[str]:
    """The first words of all sentences in a line but its first."""
    return [opening(line[m.end() :]) for m in _INNER_SENTENCE.finditer(line)]


def heads_of(begun: Counter[str], inner: Counter[str]) -> frozenset[str]:
    """The words that begin paragraphs, for sure, twice as often as sentences inside of lines."""
    return frozenset(words for words, n in begun.items() if n >= 2 * (inner[words] + 1))


def line_breaks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Span the line breaks inside sentences: the line's length, and that with the next word.

    Those where a sentence ends are counted as well, each as the empty span ``_AT_END``.
    """
    spans = []
    for line, following in pairwise(lines):
        inside = following[:1].islower()
        if ends_sentence(line):
            spans += [] if inside else [_AT_END]
        elif inside:
            spans.append((len(line), len(line) + _first_word(following)))
    return spans


def share_inside(breaks: Counter[tuple[int, int]]) -> float:
    """The share of the line breaks that are inside sentences of prose."""
    inside = sum(times for (length, _), times in breaks.items() if length >= _PROSE)
    return inside / (inside + breaks[_AT_END]) if inside else 0.0


def learn(breaks: Counter[tuple[int, int]], otherwise: Wrap) -> Wrap:
    """Find the width that explains most breaks: the word before still fitted, the next did not."""
    number = breaks.total() - breaks[_AT_END]
    width, explained = _most_covered(breaks)
    if number < _FEW or 3 * explained < number:
        width = otherwise.width
    prose = {span: times for span, times in breaks.items() if span[0] >= _PROSE}
    free = sum(n for (_, end), n in prose.items() if not width or end + _FREELY < width)
    share = (free + _TRUST * otherwise.freely) / (breaks.total() + _TRUST)
    room = _usual_room(prose, width)
    return Wrap(width, otherwise.heads, otherwise.inside, bool(prose), share, room)


def _usual_room(spans: Mapping[tuple[int, int], int], width: int) -> int:
    """The room that lines inside sentences leave for the next word, but for a few of them."""
    rare = int(_RARELY * sum(spans.values()))
    if not width or sum(spans.values()) < _SEVERAL:
        return _ROOM
    for (_, end), times in sorted(spans.items(), key=lambda item: item[0][1]):
        rare -= times
        if rare < 0:
            return min(max(width - end, 0), _ROOM)
    return _ROOM


def _most_covered(spans: Mapping[tuple[int, int], int]) -> tuple[int, int]:
    """Find the number that lies in most of the half-open spans, and in how many."""
    steps: dict[int, int] = {}
    for (low, high), times in spans.items():
        steps[low] = steps.get(low, 0) + times
        steps[high] = steps.get(high, 0) - times
    best = width = depth = 0
    for position in sorted(steps):
        depth += steps[position]
        if depth > best:
            best, width = depth, position
    return width, best
