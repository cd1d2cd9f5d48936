"""Words between two marks, as extensions of Python-Markdown, Pandoc and Obsidian have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markdown_it.rules_inline import StateInline

from sitegen.render.rules.cjk import joins_words
from sitegen.render.syntax.inline import drop, push_container
from sitegen.scan.patterns import rare

_MARKS = {
    "=": (("mark", re.compile(r"==(?![\s=,.;:?)\]}>”’»])([^=\n]*[^\s=(\[{<])==(?!=)")),),
    "^": (
        ("ins", rare(r"\^\^(?![\s^,.;:?)\]}>”’»])([^^\n]*[^\s^(\[{<])\^\^(?!\^)")),
        ("sup", re.compile(r"\^([^\W_]{1,8})\^(?![~^])")),
    ),
    # Digits may go on in letters, H~2~O, and no letters do: `~user~dir`.
    "~": (("sub", rare(r"~(\d{1,3}(?=~(?![\d~^]))|[^\W_]{1,8}(?=~(?![\w~^])))~")),),
    # One sign alone, `++i++`, is code.
    "+": (
        (
            "keys",
            re.compile(r"\+\+(?=[\w-]{2}|\w\+\w)([\w-]{1,30}(?:\+[\w-]{1,30}){0,5})\+\+(?!\+)"),
        ),
    ),
}
"""By the sign that marks, what the words are, and how they are written."""


_BRACKETED = rare(
    r"\[(?!\^)((?:[^\[\]`\n]++|`[^`\n]*+`)+)\]\{(?P<said>[ \t]*[.#][A-Za-z][^{}\n]*)\}"
)
_LOOKS = rare(r"\.(mark|underline|ul)(?![\w-])")


def marked_words(state: StateInline, silent: bool) -> bool:
    """Take ``==marked==``, ``^^inserted^^`` and ``++ctrl+c++``; behind a word x^2^ and H~2~O.

    One tilde between digits is a range, and between other letters than Latin ones a drawn-out word.
    Where a script sets no words apart, or joins particles to them, a letter may be beside a mark.
    """
    before = state.src[state.pos - 1 : state.pos] if state.pos else ""
    sign = state.src[state.pos]
    if before in {sign, "{"}:
        return False
    for name, pattern in _MARKS.get(sign, ()):
        fits = _BEFORE.get(name, _beside)(before)
        match = pattern.match(state.src, state.pos, state.posMax) if fits else None
        if match and _is_around_words(name, match, before):
            if not silent:
                _push(state, name, match)
            state.pos = match.end()
            return True
    return False


def _is_around_words(name: str, match: re.Match[str], before: str) -> bool:
    """Whether marks are neither said, as in `"=="`, nor end within a word."""
    if match[1].startswith(before or " ") and _apart(before):
        return False
    after = match.string[match.end() : match.end() + 1]
    return name == "sub" or _beside(after)  # that one looks behind itself


def _push(state: StateInline, name: str, match: re.Match[str]) -> None:
    if name != "keys":
        opened, closed = (match.start(), match.start(1)), (match.end(1), match.end())
        push_container(state, f"words:{name}", {}, opened, closed)
        return
    begin = match.start()
    for key in match[1].split("+"):
        if begin > match.start():
            state.pending += "+"
        end = max(begin, match.start(1)) + len(key)
        _push_key(state, key, (begin, end), (end, match.end() if end == match.end(1) else end))
        begin = end + 1


def _push_key(
    state: StateInline, key: str, opened: tuple[int, int], closed: tuple[int, int]
) -> None:
    """Push a key by its name, which the twin writes with its tag."""
    name = f"{key[:1].upper()}{key[1:]}"
    opening = state.push("component_open", "", 1)
    state.push("text", "", 0).content = name
    closing = state.push("component_close", "", -1)
    opening.info = closing.info = "words:kbd"
    opening.attrs, closing.attrs = {"key": name}, {"key": name}
    opening.meta["span"], closing.meta["span"] = opened, closed


def _apart(beside: str) -> bool:
    return not beside.isalnum() and beside != "_"


def _beside(letter: str) -> bool:
    """Whether a mark may begin behind a letter, or end before it."""
    return _apart(letter) or joins_words(letter)


_BEFORE: Mapping[str, Callable[[str], bool]] = {
    "sub": lambda before: before.isascii() and before.isalpha(),
    "sup": str.isalnum,
}
"""What may stand before the first mark."""


def bracketed_words(state: StateInline, silent: bool) -> bool:
    """Take ``[words]{.class}`` of Pandoc: marked, underlined, or words that only look otherwise."""
    source, may_be = state.env.get("bracketed", ("", False))
    if source is not state.src:
        may_be = "]{" in state.src  # nearly no text has any
        state.env["bracketed"] = state.src, may_be
    if not may_be:
        return False
    match = _BRACKETED.match(state.src, state.pos, state.posMax)
    if match is None or state.src[state.pos - 1 : state.pos] == "!":
        return False
    if silent:
        state.pos = match.end()
        return True
    if looks := _LOOKS.search(match["said"]):
        name = "mark" if looks[1] == "mark" else "ins"
        opened, closed = (match.start(), match.start(1)), (match.end(1), match.end())
        push_container(state, f"words:{name}", {}, opened, closed)
        state.pos = match.end()
        return True
    limit = state.posMax
    drop(state, match.start(1))
    state.posMax = match.end(1)
    state.md.inline.tokenize(state)
    state.posMax = limit
    drop(state, match.end())
    return True
