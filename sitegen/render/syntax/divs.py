"""Divisions of Pandoc and Quarto, ``::: {.column}``, and tabs whose labels are headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from sitegen.render.anchors import plain_label
from sitegen.render.syntax.admonitions import closing_of_container
from sitegen.render.syntax.containers import (
    Inside,
    component_around,
    push_bare_body,
    push_body,
    push_target,
)
from sitegen.render.syntax.lines import stripped_line
from sitegen.scan import FenceScanner
from sitegen.scan.ids import split_id
from sitegen.scan.patterns import rare

_DIV = re.compile(
    r"(?P<mark>:{3,})[ \t]*\{(?P<said>[ \t]*(?:[.#]|[A-Za-z][\w-]*=)[^{}\n]*)\}[ \t]*:*[ \t]*"
)
_ID = rare(r"#([A-Za-z][\w:.-]*)")
_TABS = rare(r"\.(?:panel-)?tabset(?![\w-])")
_CONDITIONAL = rare(r"\.content-(visible|hidden)(?![\w-])")
_OUTPUT = rare(r"(?<![\w-])(?:when|(unless))-format=\"?([a-z]+)")
_HEADING = rare(r"(#{1,6})[ \t]+(.+?(?:[ \t]+\{#[^{}]*\})?)(?:[ \t]+#+)?(?:[ \t]+\{(?!#)[^{}]*\})?")
_TAB_HEADING = re.compile(r"#{1,6}[ \t]+\[(?P<label>[^\[\]\n]+)\]\(#tab/[^()\s]+\)[ \t]*#*[ \t]*")
_RULE = rare(r"-{3,}|\*{3,}|_{3,}")
_BEGINS, _ENDS = (re.compile(rf"<!--[ \t]*tabs:{word}[ \t]*-->[ \t]*") for word in ("start", "end"))


def div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a division whose looks are for a style sheet that is not there.

    In a set of tabs each heading of the first one's level begins a tab.
    """
    position = state.bMarks[start] + state.tShift[start]
    match = _DIV.fullmatch(state.src, position, state.eMarks[start])
    if match is None or silent:
        return match is not None
    last, is_closed = closing_of_container(state, start, end, match["mark"])
    if is_closed and _is_for_others(match["said"]):  # else all the page below would be left out
        state.line = last + 1
        return True
    if id := _ID.search(match["said"]):
        push_target(state, id[1])
    inside = Inside(start + 1, last, last + is_closed)
    tabs = list(_headings(state, inside)) if _TABS.search(match["said"]) else []
    if tabs:
        push_bare_body(state, inside._replace(last=tabs[0][0]))
        _push_tabs(state, tabs, inside)
    else:
        push_bare_body(state, inside)
    state.line = inside.after
    return True


def _is_for_others(said: str) -> bool:
    """Whether a division is for print alone, or for any output but pages of the web."""
    shown = _CONDITIONAL.search(said)
    output = _OUTPUT.search(said, shown.end()) if shown else None
    if shown is None or output is None:
        return False
    return (shown[1] == "visible") == (bool(output[1]) == output[2].startswith("html"))


def tab_headings(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take headings of DocFX that are tabs, ``# [Linux](#tab/linux)``, up to a line of dashes."""
    position = state.bMarks[start] + state.tShift[start]
    if silent or not _TAB_HEADING.fullmatch(state.src, position, state.eMarks[start]):
        return False
    last = _next(state, start, end, _RULE)
    tabs = [
        (line, match["label"])
        for line in range(start, last or start)
        if (match := _TAB_HEADING.fullmatch(stripped_line(state, line)))
    ]
    if last:
        _push_tabs(state, tabs, Inside(start, last, last + 1))
        state.line = last + 1
    return last is not None


def tab_comments(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the tabs of Docsify, headings between two comments."""
    position = state.bMarks[start] + state.tShift[start]
    if silent or not _BEGINS.fullmatch(state.src, position, state.eMarks[start]):
        return False
    last = _next(state, start, end, _ENDS)
    inside = Inside(start + 1, last or start + 1, (last or start) + 1)
    tabs = list(_headings(state, inside))
    if tabs:
        push_bare_body(state, inside._replace(last=tabs[0][0]))
        _push_tabs(state, tabs, inside)
        state.line = inside.after
    return bool(tabs)


def _next(state: StateBlock, start: int, end: int, mark: re.Pattern[str]) -> int | None:
    """The first line below that is a mark outside of code; a text is looked through once."""
    source, known = state.env.get(mark.pattern, ("", []))
    if source is not state.src:
        fences, lines = FenceScanner(), enumerate(state.src.split("\n"))
        outside = ((number, line) for number, line in lines if not fences.feed(line))
        known = list(_marked(outside, mark))
        state.env[mark.pattern] = state.src, known
    at = bisect_right(known, start)
    found: int | None = known[at] if at < len(known) and known[at] < end else None
    return found


def _marked(outside: Iterable[tuple[int, str]], mark: re.Pattern[str]) -> Iterator[int]:
    """Yield the lines that are a mark; dashes right below a sentence make a heading of it."""
    sentence = -1
    for number, line in outside:
        text = line.strip()
        if mark.fullmatch(text) and not (text[0] == "-" and sentence == number - 1):
            yield number
        sentence = number if text[:1].isalpha() else -1


def _push_tabs(state: StateBlock, tabs: list[tuple[int, str]], inside: Inside) -> None:
    with component_around(state, "Tabs", {}, inside):
        for (line, label), (following, _) in pairwise([*tabs, (inside.last, "")]):
            part = Inside(line + 1, following, following)
            title, id = split_id(label)
            with component_around(state, "TabItem", {"label": plain_label(state, title)}, part):
                if id:
                    push_target(state, id)
                push_body(state, part)


def _headings(state: StateBlock, inside: Inside) -> Iterator[tuple[int, str]]:
    """Yield line and text of the headings of the first one's level, outside of code."""
    fences, level = FenceScanner(), ""
    for line in range(inside.first, inside.last):
        if fences.feed(state.src[state.bMarks[line] : state.eMarks[line]]):
            continue
        heading = _HEADING.fullmatch(stripped_line(state, line))
        if heading and heading[1] == (level or heading[1]):
            level = heading[1]
            yield line, heading[2]
