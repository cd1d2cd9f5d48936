"""Titles as reStructuredText has them: over lines of many signs, or between two of them."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from sitegen.render.syntax.lines import ends_paragraph, stripped_line
from sitegen.render.syntax.page_form import is_restructured
from sitegen.scan import SPARE, UNDERLINES
from sitegen.scan.patterns import rare

_FENCES = "`~"
_LINE_OF_MARKDOWN = "*"  # between paragraphs, and below a title only where the page is none
_FEWEST = {"~": 3, "^": 3, '"': 3}  # signs; less than four others may mean something else
_NUMBERED = rare(r"\d{1,9}[.)][ \t]")  # no list: there is but one between the lines
_DEFINES = rare(r"\[[^\[\]]+\]:")
_LINE = re.compile(r"([=\-^\"*+#.'])\1{3,}[ \t]*")  # others would be code with a line in it


def underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a title whose line below is as long as itself, and has nothing below.

    Of tildes it would be a fence, and all to the next such title code; where such a line ends that
    code, it is one.
    """
    line = start + 1
    if silent or line >= end:
        return False
    begin = state.bMarks[line] + state.tShift[line]
    if state.src[begin : begin + 1] not in UNDERLINES or state.sCount[line] < state.blkIndent:
        return False
    sign = state.src[begin : state.eMarks[line]].rstrip()
    if sign[0] == _LINE_OF_MARKDOWN and not is_restructured(state):
        return False
    if sign.strip(sign[0]) or (line + 1 < end and not state.isEmpty(line + 1)):
        return False
    title = stripped_line(state, start)
    if not _is_below(title, sign) or (sign[0] in _FENCES and _is_fence(state, line, end, sign)):
        return False
    _push(state, title, (start, line + 1), UNDERLINES[sign[0]], sign[0])
    return True


def overlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a title between two lines that are equal, and have nothing below."""
    last = start + 2
    position = state.bMarks[start] + state.tShift[start]
    if silent or last >= end or state.src[position] != state.src[position + 1 : position + 2]:
        return False
    if not _LINE.fullmatch(state.src, position, state.eMarks[start]):
        return False
    over, title = stripped_line(state, start), stripped_line(state, start + 1)
    if stripped_line(state, last) != over or not 0 < len(title) <= len(over) or title[0] == over[0]:
        return False
    if last + 1 < end and not state.isEmpty(last + 1):
        return False
    is_numbered = _NUMBERED.match(title)
    if _DEFINES.match(title) or (not is_numbered and ends_paragraph(state, start + 1, end)):
        return False
    _push(state, title, (start, last + 1), 1, over[:2])
    return True


def title_levels(state: StateCore) -> None:
    """Give the titles of a page their levels: each style that comes later is one below.

    That is the rule of reStructuredText; a page that has headings of Markdown is none.
    """
    if not state.env.get("underlined"):
        return
    opened = [index for index, token in enumerate(state.tokens) if token.type == "heading_open"]
    styles = [state.tokens[at].meta.get("style") or state.tokens[at].markup for at in opened]
    if any(state.tokens[at].markup.startswith("#") for at in opened):
        return
    levels = {style: level for level, style in enumerate(dict.fromkeys(styles), 1)}
    for index, style in zip(opened, styles, strict=True):
        tag = f"h{min(levels[style], 6)}"
        state.tokens[index].tag = state.tokens[index + 2].tag = tag


def _push(state: StateBlock, title: str, lines: tuple[int, int], level: int, style: str) -> None:
    state.env["underlined"] = True
    opening = state.push("heading_open", f"h{level}", 1)
    opening.markup, opening.map, opening.meta["style"] = "=", [*lines], style
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title, [*lines], []
    state.push("heading_close", f"h{level}", -1).markup = opening.markup
    state.line = lines[1]


def _is_below(title: str, sign: str) -> bool:
    is_enough = len(sign) >= _FEWEST.get(sign[0], 4)
    return is_enough and 0 < len(title) <= len(sign) <= len(title) + SPARE


def _is_fence(state: StateBlock, line: int, end: int, sign: str) -> bool:
    """Whether a line begins code: it is as short as may be, or the next one is below no title."""
    mark = sign[0] * 3
    if sign == mark:
        return True
    for below in range(line + 1, end):
        text = stripped_line(state, below)
        if text.startswith(mark):
            is_end = not text.strip(sign[0]) and len(text) >= len(sign)
            return is_end and not _is_below(stripped_line(state, below - 1), text)
    return False
