"""Component tags as authors write them: names, quoted, braced, bare and multi-line attributes."""

from __future__ import annotations

import re

from msgspec import Struct

from sitegen.scan.patterns import rare

_NAME = re.compile(r"</?([A-Za-z][\w.-]*)")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"([^\s=<>\"'/{}]+)\s*(=\s*)?")
_UNQUOTED = rare(r"[^\s>]+?(?=\s|/?>)")
_OPEN_FLAG = re.compile(r"\{\s*(true|false)(?=\s*/?>)")  # `warning={true>`: nothing is greater
_BRACES = {"{": "}", "[": "]", "(": ")"}
_TELLING = re.compile(r"[\"'`{}\[\]()\\]")
_LONGEST_VALUE = 100_000  # characters: a quiz with long answers has 5,000


class Tag(Struct, frozen=True):
    """An opening or closing tag. Attribute values are text; a braced value keeps its braces off.

    A bare attribute is ``"true"``. ``end`` is the position after ``>``; ``braced`` are the names of
    values that stood in braces.
    """

    name: str
    attributes: dict[str, str]
    end: int
    closing: bool = False
    self_closing: bool = False
    braced: frozenset[str] = frozenset()


def parse_tag(text: str, position: int, *, longest: int = _LONGEST_VALUE) -> Tag | None:
    """Parse the tag that starts at ``position``; ``None`` when it is not a whole tag.

    ``longest`` bounds a braced value.
    """
    match = _NAME.match(text, position)
    if match is None:
        return None
    closing = text.startswith("</", position)
    attributes: dict[str, str] = {}
    braced: set[str] = set()
    at = match.end()
    while True:
        at = _skip_space(text, at)
        if text.startswith("/>", at):
            return Tag(match[1], attributes, at + 2, closing, True, frozenset(braced))
        if text.startswith(">", at):
            return Tag(match[1], attributes, at + 1, closing, False, frozenset(braced))
        name = _ATTRIBUTE.match(text, at)
        if name is None:
            if text.startswith("}", at) and braced:  # one too many: `warning={true}}`
                at += 1
                continue
            if not text.startswith("{", at):
                return None
            end = _balanced(text, at, longest)  # `{fw}`: a Svelte shorthand
            if end is None:
                return None
            attributes[text[at + 1 : end - 1].strip()] = "true"
            at = end
            continue
        at = name.end()
        if name[2] is None:
            attributes.setdefault(name[1], "true")
            continue
        value = _value(text, at, longest)
        if value is None:
            return None
        attributes.setdefault(name[1], value[0])
        if text[at] == "{":
            braced.add(name[1])
        at = value[1]


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, longest: int) -> tuple[str, int] | None:
    quote = text[at : at + 1]
    if quote in {'"', "'"}:
        end = text.find(quote, at + 1)
        return (text[at + 1 : end], end + 1) if end >= 0 else None
    if quote == "{":
        if flag := _OPEN_FLAG.match(text, at):
            return flag[1], flag.end()
        end_of_braces = _balanced(text, at, longest)
        if end_of_braces is None:
            return None
        return text[at + 1 : end_of_braces - 1].strip(), end_of_braces
    match = _UNQUOTED.match(text, at)
    return (match[0], match.end()) if match else None


def _balanced(text: str, at: int, longest: int) -> int | None:
    """Find the end of a braced expression, strings respected."""
    stack: list[str] = []
    quote = ""
    limit = min(len(text), at + longest)
    while match := _TELLING.search(text, at, limit):
        character = match[0]
        at = match.end()
        if character == "\\":
            at += 1
        elif quote:
            quote = "" if character == quote else quote
        elif character in "\"'`":
            quote = character
        elif character in _BRACES:
            stack.append(_BRACES[character])
        elif stack and character == stack[-1]:
            stack.pop()
            if not stack:
                return at
    return None
