"""Signs beside letters of scripts that do not set words apart: emphasis, formulas, bare addresses.

CommonMark decides by spaces and punctuation what opens and closes emphasis, so `**가(b)**는` stays
as it is written (commonmark-spec issue 650). The rules here are those of markdown-it-cjk-friendly.
They hold beside Arabic and Hebrew letters too: `و**«نص»**` is a particle and the word behind it;
and beside those of India, Ethiopia and South-East Asia: `**(हिन्दी)**में`, `**አማርኛ።**ነው`.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width, name

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned

from sitegen.scan.patterns import rare

SPACELESS = (
    "\u0900-\u109f\u1100-\u139f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00020000-\U0003ffff"
)
"""Letters of scripts without spaces between words, or with particles behind them, for a regex.

It takes milliseconds to compile: `re` does so for the first text that is not ASCII.
"""

_FIRST_SEMITIC = "\u05d0"
# Particles are parts of words there, in front or behind.
_WITH_PARTICLES = rare(
    "[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u0900-\u109f\u1200-\u139f\u1780-\u17ff]"
)
_FIRST = "\u1100"  # nothing below is written in a script of East Asia
_VARIANTS = range(0xFE00, 0xFE0F)
_IDEOGRAPHIC_VARIANTS = range(0xE0100, 0xE01F0)
_QUOTES = frozenset("‘’“”")
_QUOTES_ARE_WIDE = "\ufe01"
# Full-width punctuation is never part of an address; GFM 6.9 names what is none at its end.
_BEYOND_ADDRESS = (
    "[\u3001\u3002\u3008-\u3011\u3014-\u301b\uff01-\uff0c\uff0e\uff1a-\uff20\uff3b-\uff40"
    f"\uff5b-\uff65“”…]|(?<![*_~])[*_~]++(?=[{SPACELESS}])"
)
_HOST = f"https?://[A-Za-z0-9.-]+\\.[A-Za-z]{{2,}}(?=[{SPACELESS}])"
"""A host with a particle behind it: no label of a name mixes scripts so."""
_NOT_LAST = (
    "?!.,:*_~»’\u0589\u05c3\u060c\u061b\u061f\u06d4\u0964\u0965\u0f0d\u104a\u104b\u1361\u1362"
    "\u17d4\u17d5"
)


def friendly_emphasis(md: MarkdownIt) -> None:
    """Teach a parser to find emphasis beside letters of scripts that do not set words apart."""
    md.inline.state = CjkState  # type: ignore[attr-defined]


class CjkState(StateInline):
    """A text of inline content that knows the letters of East Asia."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Say whether a run of signs can open and can close emphasis, and how long it is."""
        src, end = self.src, start
        while end < self.posMax and src[end] == src[start]:
            end += 1
        last = src[start - 1] if start > 0 else " "
        following = src[end] if end < self.posMax else " "
        if last < _FIRST_SEMITIC and following < _FIRST_SEMITIC:
            return super().scanDelims(start, canSplitWord)
        attached = bool(_WITH_PARTICLES.match(last) or _WITH_PARTICLES.match(following))
        if last < _FIRST and following < _FIRST and not attached:
            return super().scanDelims(start, canSplitWord)
        before = ""
        if ord(last) in _VARIANTS and start > 1 and not src[start - 2].isspace():
            before = src[start - 2]
        shown = before or last
        opens, closes = not isWhiteSpace(ord(following)), not isWhiteSpace(ord(shown))
        if opens and closes:
            is_either = is_cjk(following) or _ends_in_cjk(before, last) or attached
            is_either = canSplitWord and is_either
            opens = closes = is_either
            opens = opens or _is_punctuation(shown)
            closes = closes or _is_punctuation(following)
            if canSplitWord:
                opens = opens or not _is_punctuation(following)
                closes = closes or not _is_punctuation(shown)
        return Scanned(opens, closes, end - start)


def joins_words(letter: str) -> bool:
    """Whether words stand beside such a letter without a space, or with their particles."""
    if letter < _FIRST_SEMITIC:
        return False
    return bool(_WITH_PARTICLES.match(letter)) or is_cjk(letter)


def is_cjk(character: str) -> bool:
    """Whether a character belongs to East Asian writing, its punctuation included, emoji not."""
    if character < _FIRST:
        return False
    width = east_asian_width(character)
    if width == "W":
        return "\u2e80" <= character < "\U0001f000" or character >= "\U00020000"
    return width in "FH" or (width == "N" and is_hangul(character))


def is_hangul(character: str) -> bool:
    """Whether a character is of Korean writing, whose words have spaces between them."""
    return "HANGUL" in name(character, "")


def _ends_in_cjk(before: str, last: str) -> bool:
    """Whether what stands before a run is East Asian, a sign for its variant perhaps behind it."""
    if before:
        return is_cjk(before) or (last == _QUOTES_ARE_WIDE and before in _QUOTES)
    return is_cjk(last) or ord(last) in _IDEOGRAPHIC_VARIANTS


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def end_of_address(address: str) -> int:
    """Return how much of what looks like an address, up to a space, is one."""
    if not address.isascii():
        if host := re.match(_HOST, address):
            return host.end()
        if beyond := re.search(_BEYOND_ADDRESS, address):
            address = address[: beyond.start()]
    return len(address.rstrip(_NOT_LAST))
