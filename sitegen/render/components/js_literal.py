"""JavaScript literals in attributes of components: lists and objects, as tolerant as a browser."""

from __future__ import annotations

import re
from typing import NoReturn, TypeAlias

from sitegen.scan.patterns import rare

Value: TypeAlias = "str | float | bool | list[Value] | dict[str, Value] | None"

_BLANK = rare(r"(?:\s+|//[^\n]*)*")
NAME = rare(r"[A-Za-z_$][\w$-]*")
_NUMBER = rare(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
STRINGS = {quote: rare(rf"{quote}((?:[^{quote}\\]|\\.)*){quote}", re.DOTALL) for quote in "\"'`"}
_COMPUTED = rare(r"(?:\\.|[^\\$]|\$(?!\{))*\$\{", re.DOTALL)
_ESCAPE = rare(r"\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "undefined": None}


def parse_literal(text: str) -> Value:
    """Read a literal: unquoted keys, any quotes, trailing commas and comments are fine.

    Raises:
        ValueError: it is no literal; the message says what stands where.
    """
    reader = Reader(text)
    value = reader.value(0)
    reader.skip()
    if reader.at < len(text):
        reader.fail("the end")
    return value


def parse_beginning(text: str) -> Value:
    """Read the literal that a text begins with; what follows may be any program.

    Raises:
        ValueError: it begins with no literal.
    """
    return Reader(text).value(0)


class Reader:
    """Reads literals from a place in a text on."""

    deepest = 20

    def __init__(self, text: str) -> None:
        """Begin at the beginning; ``at`` is where it is read next."""
        self.text = text
        self.at = 0

    def value(self, depth: int) -> Value:
        """Read a value that stands so deep in others.

        Raises:
            ValueError: no literal stands there.
        """
        self.skip()
        if depth > self.deepest:
            self.fail("less nesting")
        character = self.text[self.at : self.at + 1]
        if character == "[":
            return self._list(depth)
        if character == "{":
            return self._object(depth)
        if character and character in STRINGS:
            return self._string(character)
        if number := self.take(_NUMBER):
            return float(number) if set(number) & set(".eE") else int(number)
        word = self.take(NAME)
        if word not in _WORDS:
            self.fail("a value")
        return _WORDS[word]

    def skip(self) -> None:
        """Pass over blanks and comments."""
        self.take(_BLANK)
        while self.text.startswith("/*", self.at):
            end = self.text.find("*/", self.at + 2)  # a pattern takes a hundred times longer
            if end < 0:
                return
            self.at = end + 2
            self.take(_BLANK)

    def fail(self, wanted: str) -> NoReturn:
        """Refuse what stands here.

        Raises:
            ValueError: always.
        """
        found = self.text[self.at : self.at + 20] or "the end"
        raise ValueError(f"{wanted} expected at {found!r}")

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        self.at += 1
        while not self._sign("]"):
            items.append(self.value(depth + 1))
            if not self._sign(",") and not self.text.startswith("]", self.at):
                self.fail("',' or ']'")
        return items

    def _object(self, depth: int) -> dict[str, Value]:
        table: dict[str, Value] = {}
        self.at += 1
        while not self._sign("}"):
            quote = self.text[self.at : self.at + 1]
            key = self._string(quote) if quote in STRINGS else self.take(NAME)
            if not key or not self._sign(":"):
                self.fail("a key and ':'")
            table[key] = self.value(depth + 1)
            if not self._sign(",") and not self.text.startswith("}", self.at):
                self.fail("',' or '}'")
        return table

    def _string(self, quote: str) -> str:
        match = STRINGS[quote].match(self.text, self.at)
        if match is None:
            self.fail(f"a closing {quote}")
        if quote == "`" and _COMPUTED.match(match[1]):
            self.fail("a text without ${...}")
        self.at = match.end()
        return _ESCAPE.sub(_unescape, match[1]) if "\\" in match[1] else match[1]

    def _sign(self, sign: str) -> bool:
        """Take a sign if it comes next."""
        self.skip()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        self.skip()
        return True

    def take(self, pattern: re.Pattern[str]) -> str:
        """Take what a pattern matches here, and go behind it."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]


def _unescape(match: re.Match[str]) -> str:
    if code := match[1] or match[2] or match[3]:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _LETTERS.get(match[4], match[4])
