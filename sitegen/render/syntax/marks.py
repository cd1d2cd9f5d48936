"""Component tags of a text, matched in one pass: what is open where, and what ends it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct, field

from sitegen.render.components.registry import COMPONENTS, tag_names
from sitegen.scan import DEEPEST, column
from sitegen.scan.patterns import rare
from sitegen.scan.tags import parse_tag

_FENCE = re.compile("```|~~~")
_FENCE_LINE = re.compile(
    r"[ \t]*(?:(?:>|(?:[-*+]|\d+[.)])(?=[ \t]))[ \t]*+)*(?:(`{3,})([^`\n]*)|(~{3,})([^\n]*))$",
    re.MULTILINE,
)
_CODE_SPAN = rare(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_CLOSING_AFTER_FENCE = rare(r"\s*</")
_MALFORMED_END = rare(r"/>[ \t]*$", re.MULTILINE)
_LONGEST_TAG = 20_000
_LONGEST_LINE = 20_000  # in a longer one no code spans are looked for
_MOST_OPEN = 500
_MOST_BROKEN = 50  # tags of a text that cannot be read; after these all the rest is text
_MAYBE_PLAIN = frozenset(
    ("curl", "include", "js", "jax", "literalinclude", "node", "pt", "python", "rust", "tf", "flax")
)
_ONLY_IN_GROUP = frozenset(("curl", "js", "node", "python", "rust"))
"""Words that also stand in angle brackets for a thing to fill in."""


class Mark(Struct):
    """A component's tag, or a Svelte mark (``if``, ``else``), by its positions in the text.

    An opening one knows where its body ends (``stop``; -1 when nothing ends it) and where the
    closing tag does (``after``, the same as ``stop`` when there is none).
    """

    name: str
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)
    closing: bool = False
    single: bool = False
    malformed: bool = False
    stop: int = -1
    after: int = -1
    grouped: bool = False
    separators: list[Mark] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        """Whether a closing tag of its own ends the body."""
        return self.after > self.stop


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, tag_names()))
    return re.compile(
        rf"<!--|</?({names})(?=[\s/>])|\{{#if\s([^{{}}]*)\}}|\{{:else(?:\s+if\s([^{{}}]*))?\}}|\{{/if\}}"
    )


def forget_marks() -> None:
    """Look for the tags of components anew: some have come or gone."""
    for known in (_pattern, marks, _positions):
        known.cache_clear()


def mark_at(text: str, position: int) -> Mark | None:
    """Give the component tag that begins at a position."""
    return marks(text).get(position) if _pattern().match(text, position) else None


def has_marks(text: str) -> bool:
    """Tell whether a text may hold component tags at all."""
    return ("<" in text or "{" in text) and _pattern().search(text) is not None


@lru_cache(maxsize=8)
def marks(text: str) -> dict[int, Mark]:
    """Find the component tags outside code and comments, by position, and match them.

    A closing tag ends all that is still open inside; a slot ends its unclosed sister. A lower-case
    word in angle brackets that no tag closes, or that needs its group, is text and left out.
    """
    if not has_marks(text):
        return {}
    found: dict[int, Mark] = {}
    opened: list[Mark] = []
    for mark in _scan(text):
        found[mark.start] = mark
        if mark.name == "else":
            _separate(opened, mark)
        elif mark.closing:
            _close(opened, mark)
        elif not mark.single:
            _open(opened, mark)
    return {start: mark for start, mark in found.items() if not _is_plain(mark)}


def next_mark(text: str, position: int) -> Mark | None:
    """Give the first component tag from a position on."""
    positions = _positions(text)
    at = bisect_left(positions, position)
    return marks(text)[positions[at]] if at < len(positions) else None


@lru_cache(maxsize=8)
def _positions(text: str) -> list[int]:
    return list(marks(text))


def _is_plain(mark: Mark) -> bool:
    if mark.name not in _MAYBE_PLAIN or mark.grouped:
        return False
    return mark.closing or not mark.closed or mark.name in _ONLY_IN_GROUP


def _open(opened: list[Mark], mark: Mark) -> None:
    if len(opened) >= _MOST_OPEN:
        return
    within = COMPONENTS[mark.name].within
    if within:
        at = _last(opened, within)
        if at is not None:
            mark.grouped = True
            sisters = opened[at + 1 : at + 2]
            if sisters and COMPONENTS[sisters[0].name].within == within:
                _end(opened, at + 1, mark.start)
    opened.append(mark)


def _close(opened: list[Mark], mark: Mark) -> None:
    at = _last(opened, {mark.name})
    if at is None:
        return
    _end(opened, at + 1, mark.start)
    match = opened.pop()
    match.stop, match.after = mark.start, mark.end
    mark.grouped = match.grouped


def _separate(opened: list[Mark], mark: Mark) -> None:
    at = _last(opened, {"if"})
    if at is not None:
        _end(opened, at + 1, mark.start)
        opened[at].separators.append(mark)


def _end(opened: list[Mark], first: int, stop: int) -> None:
    """End what is still open from ``first`` on: nothing has closed it."""
    for mark in opened[first:]:
        mark.stop = mark.after = stop
    del opened[first:]


def _last(opened: list[Mark], names: frozenset[str] | set[str]) -> int | None:
    return next((at for at in reversed(range(len(opened))) if opened[at].name in names), None)


def _scan(text: str) -> Iterator[Mark]:
    code = _Code(text)
    at = broken = 0
    while broken < _MOST_BROKEN and (match := _pattern().search(text, at)):
        start, at = match.span()
        if (end := code.end(start)) is not None:
            at = max(end, at)
        elif match[0] == "<!--":
            close = text.find("-->", at)
            at = close + 3 if close >= 0 else at
        elif text[start] == "{":
            yield _svelte(match)
        elif mark := _tag(text, match[1], start):
            yield mark
            at = mark.end
            broken += mark.malformed
        else:
            broken += 1


def _svelte(match: re.Match[str]) -> Mark:
    start, end = match.span()
    if match[0] == "{/if}":
        return Mark("if", start, end, closing=True)
    name = "if" if match[0].startswith("{#") else "else"
    return Mark(name, start, end, {"expression": (match[2] or match[3] or "").strip()})


def _tag(text: str, name: str, start: int) -> Mark | None:
    known = COMPONENTS[name]
    tag = parse_tag(text, start)
    if tag is not None:
        single = known.leaf or tag.self_closing
        return Mark(name, start, tag.end, tag.attributes, tag.closing, single and not tag.closing)
    end = _MALFORMED_END.search(text, start, start + _LONGEST_TAG) if known.leaf else None
    return Mark(name, start, end.end(), single=True, malformed=True) if end else None


class _Code:
    """Where the code of a text is: fences, and code spans line by line."""

    def __init__(self, text: str) -> None:
        self._text = text
        regions = list(_fences(text))
        self._starts = [start for start, _ in regions]
        self._ends = [end for _, end in regions]
        self._line = -1
        self._spans: list[tuple[int, int]] = []

    def end(self, position: int) -> int | None:
        """Give the end of the code that a position is in."""
        at = bisect_right(self._starts, position) - 1
        if at >= 0 and position < self._ends[at]:
            return self._ends[at]
        begin = self._text.rfind("\n", 0, position) + 1
        if begin != self._line:
            self._line, self._spans = begin, self._code_spans(begin)
        return next((end for start, end in self._spans if start <= position < end), None)

    def _code_spans(self, begin: int) -> list[tuple[int, int]]:
        end = self._text.find("\n", begin)
        line = self._text[begin : end if end >= 0 else len(self._text)]
        if "`" not in line or len(line) > _LONGEST_LINE:
            return []
        return [(begin + m.start(), begin + m.end()) for m in _CODE_SPAN.finditer(line)]


def _fence_lines(text: str) -> Iterator[re.Match[str]]:
    """The lines that may begin or end a fence; to look at each line takes several times as long."""
    at = 0
    while at >= 0 and (sign := _FENCE.search(text, at)):
        if match := _FENCE_LINE.match(text, text.rfind("\n", 0, sign.start()) + 1):
            yield match
        at = text.find("\n", sign.end())


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the closed code fences; one that never ends hides no tag."""
    start, marker, opened = 0, "", 0
    for match in _fence_lines(text):
        found, rest = (match[1], match[2]) if match[1] else (match[3], match[4])
        at = column(match[0], len(match[0]) - len(found) - len(rest))
        if not marker:
            start, marker, opened = match.start(), found, at
            continue
        ends = not rest.strip() or _CLOSING_AFTER_FENCE.match(rest) is not None
        ends = ends and at - opened <= DEEPEST
        if ends and found[0] == marker[0] and len(found) >= len(marker):
            yield start, match.end() - len(rest)
            marker = ""
