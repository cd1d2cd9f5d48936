"""A core rule that ends elements of raw HTML that nobody ends: they would hold all that follows."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct

from sitegen.render.html.allow_list import FORMATTING, IMPLIED_END, TAGS, VOID
from sitegen.render.html.raw import INSTEAD, TAG, without_comments

_ENDED_BY_SECTION = TAGS.union(INSTEAD) - VOID - IMPLIED_END - {"iframe"}
_ENDED_BY_BLOCK = FORMATTING | {"audio", "picture", "span", "video"}
_SECTIONS = frozenset(("h1", "h2"))  # before which components end too
_AS_WRITTEN = ("<pre", "<script", "<style", "<textarea")


class _Opened(Struct, frozen=True):
    """An open element: its name and line, its token, and how deep blocks nest there."""

    name: str
    line: int
    index: int
    level: int


def end_elements(state: StateCore) -> None:
    """Close what raw HTML leaves open: ``<video>`` with its block, ``<div>`` before a section.

    A browser would put the rest of the page into it. What a list item or a component holds ends
    with that already, but for tables: in these a browser heeds the ends of nothing around them.
    """
    tokens = state.tokens
    ends: dict[int, list[str]] = {}
    sections: dict[int, int] = {}  # where those of a level end, found once for all before it
    for each in _left_open(tokens):
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
        state.env["page"].report("component-unclosed", message, help=help, line=each.line)
    for at in sorted(ends, reverse=True):
        end = Token("html_block", "", 0, content="".join(ends[at]) + "\n", block=True)
        tokens.insert(at, end)


def _left_open(tokens: list[Token]) -> list[_Opened]:
    opened: list[_Opened] = []
    held: list[_Opened] = []
    for index, token in enumerate(tokens):
        while opened and opened[-1].level > token.level:
            each = opened.pop()
            if each.name == "table":
                held.append(each)
        if token.type not in {"html_block", "inline"} or "<" not in token.content:
            continue
        level = token.level - (token.type == "inline")
        for name, ends in _tags(token):
            if not ends:
                line = token.map[0] if token.map else 0
                opened.append(_Opened(name, line, index + (token.type == "inline"), level))
            elif any(each.name == name for each in opened):
                while opened.pop().name != name:
                    pass
    return sorted(held + opened, key=lambda each: each.index)


def _tags(token: Token) -> Iterator[tuple[str, bool]]:
    """Yield the names of tags of elements that have an end, and whether a tag is that end."""
    if token.type == "inline":
        html = "".join(each.content for each in token.children or () if each.type == "html_inline")
    else:
        html = token.content
        if html.lstrip().lower().startswith(_AS_WRITTEN):
            return
    for tag in TAG.finditer(without_comments(html)):
        name = tag[2].lower()
        if name in _ENDED_BY_SECTION and not tag[3].endswith("/"):
            yield name, bool(tag[1])


def _next_section(tokens: list[Token], opened: _Opened) -> int:
    """The index of the first section beside an element, or of what ends the blocks around it."""
    for index in range(opened.index + 1, len(tokens)):
        token = tokens[index]
        is_heading = token.type == "heading_open" and token.tag in _SECTIONS
        if token.level < opened.level or (is_heading and token.level == opened.level):
            return index
    return len(tokens)
