"""Core rule for reStructuredText: links without a name, and the places that links name.

It works before sentences are parsed: the n-th link without a name leads where the n-th target says,
and a place in the middle of a sentence, or a heading, may be named above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.render.anchors import plain_label
from sitegen.render.syntax.page_form import is_restructured
from sitegen.render.syntax.restructured import ANONYMOUS, add_place
from sitegen.scan.patterns import rare
from sitegen.urls import slug

_CODE = r"(?P<code>``(?:[^`]|`(?!`))+``)"  # in which neither is one
_LINK = rare(
    rf"{_CODE}|(?<![`\w])`(?P<words>[^`<>\n]+)`__(?![\w`])"
    r"|(?<![\w`])(?P<word>[^\W_][\w.-]*?)__(?![\w`])"
)
_PLACE = rare(rf"{_CODE}|(?<![\w`])_`(?P<words>[^`<>\n]+)`(?![\w`])")
_GOAL = rare(r"[^`<>\s]*[/.:#_][^`<>\s]*")


def rst_places(state: StateCore) -> None:
    """Write links by order and places in sentences as what Markdown knows; note the headings."""
    if not is_restructured(state):
        return
    if ANONYMOUS in state.env or "_`" in state.src:
        _lead_on(state)
        for token in _sentences(state):
            if "_`" in token.content:
                token.content = _PLACE.sub(lambda match: _place(state, match), token.content)
    _note_headings(state)


def _note_headings(state: StateCore) -> None:
    """Note where the words of headings lead, which are places without being named so."""
    by_line = {section.line: section.anchor for section in state.env["page"].document.sections}
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open" and opening.map:
            title = plain_label(state, inline.content)
            add_place(state, title, f"#{by_line.get(opening.map[0]) or slug(title)}")


def _lead_on(state: StateCore) -> None:
    """Give the links without a name their goals, if there are as many of both."""
    goals: list[str] = state.env.get(ANONYMOUS, [])
    tokens = [token for token in _sentences(state) if "__" in token.content]
    found = (match for token in tokens for match in _LINK.finditer(token.content))
    number = sum(not match["code"] for match in found)
    if number != len(goals) or not all(map(_GOAL.fullmatch, goals)):
        return
    left = iter(goals)
    for token in tokens:
        token.content = _LINK.sub(
            lambda m: m["code"] or f"`{m['words'] or m['word']} <{next(left)}>`__", token.content
        )


def _place(state: StateCore, match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    words = match["words"]
    id = "-".join(re.findall(r"\w+", words.lower()))
    add_place(state, words, f"#{id}")
    return f'<a id="{id}"></a>{words}'


def _sentences(state: StateCore) -> Iterator[Token]:
    return (token for token in state.tokens if token.type == "inline")
