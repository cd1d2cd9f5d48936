"""A core rule for tags of raw HTML without the other one of their pair.

Elements that nobody ends would hold all that follows; ends of none would end what is around them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct

from sitegen.render.context import PageContext
from sitegen.render.html.allow_list import FORMATTING, IMPLIED_END, TAGS, VOID
from sitegen.render.html.element import INSTEAD
from sitegen.render.html.raw import marks

_ENDED_BY_SECTION = TAGS.union(INSTEAD) - VOID - IMPLIED_END - {"iframe"}
_ENDED_BY_BLOCK = FORMATTING | {"audio", "picture", "span", "video"}
_OF_SENTENCES = (
    "abbr acronym bdi bdo button cite del dfn font ins kbd mark progress q ruby rp rt samp strike "
    "sub sup time tt var"
)
_BOXES = TAGS.union(INSTEAD) - VOID - _ENDED_BY_BLOCK - {"iframe", *_OF_SENTENCES.split()}
"""What stands around blocks: a browser that finds the end of one ends all that is inside it."""
_PAIRED = _ENDED_BY_SECTION | IMPLIED_END
_SECTIONS = frozenset(("h1", "h2"))  # before which components end too
_CELLS = frozenset(("td_open", "th_open"))
_CELL = "a cell of Markdown"
_BOUNDS = (_CELL, "table")  # no end in them ends what is around them


class _Opened(Struct, frozen=True):
    """An open element: its name and line, its token, and how deep blocks nest there."""

    name: str
    line: int
    index: int
    level: int


class _Open:
    """The elements that are open, of which any may be asked for at once."""

    def __init__(self) -> None:
        self._elements: list[_Opened] = []
        self._places: dict[str, list[int]] = {}  # by name, which of the elements

    def __iter__(self) -> Iterator[_Opened]:
        return iter(self._elements)

    def begin(self, element: _Opened) -> None:
        self._places.setdefault(element.name, []).append(len(self._elements))
        self._elements.append(element)

    def deeper_than(self, level: int) -> Iterator[_Opened]:
        """End and yield those that are further inside, as what holds them has ended."""
        while self._elements and self._elements[-1].level > level:
            yield self._pop()

    def end(self, name: str) -> bool:
        """End the last of a name with all in it, if nothing keeps its end from being heard."""
        at = self._last(name)
        if at < 0 or at < max(map(self._last, _BOUNDS)):
            return False
        while len(self._elements) > at:
            self._pop()
        return True

    def _last(self, name: str) -> int:
        return (self._places.get(name) or (-1,))[-1]

    def _pop(self) -> _Opened:
        element = self._elements.pop()
        self._places[element.name].pop()
        return element


class _Stray(Struct, frozen=True):
    """An end of nothing: what holds it, where, and its line."""

    holder: Token
    tag: re.Match[str]
    line: int


def end_elements(state: StateCore) -> None:
    """Close what raw HTML leaves open: ``<video>`` with its block, ``<div>`` before a section.

    A browser would put the rest of the page into it. What a list item or a component holds ends
    with that already, but for tables: in these a browser heeds the ends of nothing around them.
    Ends of nothing are left out.
    """
    tokens, page = state.tokens, state.env["page"]
    ends: dict[int, list[str]] = {}
    sections: dict[int, int] = {}  # where those of a level end, found once for all before it
    left, strays = _unbalanced(tokens)
    for each in left:
        by_block = each.name in _ENDED_BY_BLOCK
        if not by_block and sections.get(each.level, 0) <= each.index:
            sections[each.level] = _next_section(tokens, each)
        at = each.index + 1 if by_block else sections[each.level]
        # The one that was opened last is closed first.
        ends.setdefault(at, []).insert(0, f"</{each.name}>")
        is_held = at < len(tokens) and tokens[at].level < each.level
        where = "with its block" if by_block or is_held else "before the next section"
        message = f"<{each.name}> is never closed: it ends {where}"
        help = f"write </{each.name}>, or <{each.name}/> if it is empty"
        page.report("component-unclosed", message, help=help, line=each.line)
    _leave_out(strays, page)
    for at in sorted(ends, reverse=True):
        end = Token("html_block", "", 0, content="".join(ends[at]) + "\n", block=True)
        tokens.insert(at, end)


def _leave_out(strays: list[_Stray], page: PageContext) -> None:
    for _, group in groupby(strays, key=lambda each: id(each.holder)):
        of_one = list(group)
        holder, at, kept = of_one[0].holder, 0, list[str]()
        for each in of_one:
            kept.append(holder.content[at : each.tag.start()])
            at = each.tag.end()
            page.report("component-stray-end", f"{each.tag[0]} closes nothing", line=each.line)
        holder.content = "".join(kept) + holder.content[at:]


def _unbalanced(tokens: list[Token]) -> tuple[list[_Opened], list[_Stray]]:
    """Elements that nobody ends, and ends of none."""
    opened = _Open()
    held: list[_Opened] = []
    strays: list[_Stray] = []
    implied = Counter[str]()  # elements that need no end
    for index, token in enumerate(tokens):
        held += (each for each in opened.deeper_than(token.level) if each.name == "table")
        if token.type in _CELLS:
            opened.begin(_Opened(_CELL, 0, index, token.level + 1))
        if token.type not in {"html_block", "inline"} or "<" not in token.content:
            continue
        level = token.level - (token.type == "inline")
        for holder, tag, line in _tags(token):
            name, ends = tag[2].lower(), tag[1]
            if not ends and name in _ENDED_BY_SECTION:
                opened.begin(_Opened(name, line, index + (token.type == "inline"), level))
            elif not ends:
                implied[name] += 1
            elif implied[name]:
                implied[name] -= 1
            elif opened.end(name):
                continue
            elif name not in IMPLIED_END or all(each.level != level for each in opened):
                strays += [_Stray(holder, tag, line)] if name in _BOXES else []
    return sorted([*held, *opened], key=lambda each: each.index), strays


def _tags(token: Token) -> Iterator[tuple[Token, re.Match[str], int]]:
    """Yield the tags of elements that have an end: what holds each, its match, and its line."""
    line = token.map[0] if token.map else 0
    holders = [token]
    if token.type == "inline":
        holders = [each for each in token.children or () if each.type == "html_inline"]
    for holder in holders:
        html, counted = holder.content, 0
        for start, _, tag in marks(html):
            line += html.count("\n", counted, start) if holder is token else 0
            counted = start
            if tag and tag[2].lower() in _PAIRED and not tag[3].endswith("/"):
                yield holder, tag, line


def _next_section(tokens: list[Token], opened: _Opened) -> int:
    """The index of the first section beside an element, or of what ends the blocks around it."""
    for index in range(opened.index + 1, len(tokens)):
        token = tokens[index]
        is_heading = token.type == "heading_open" and token.tag in _SECTIONS
        if token.level < opened.level or (is_heading and token.level == opened.level):
            return index
    return len(tokens)
