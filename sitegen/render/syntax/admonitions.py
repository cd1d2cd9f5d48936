"""Block rules for callouts and tabs as MkDocs, Docusaurus and their kin write them."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from sitegen.render.components.callouts import KINDS
from sitegen.render.syntax.fences import below_options, closing_line
from sitegen.render.syntax.lines import last_line_of_unclosed
from sitegen.scan import FenceScanner

_STARTS = frozenset(":/!?=`~")
_FENCED = re.compile(
    r"(?P<mark>:{3,}|/{3,})[ \t]*\{?(?P<name>[A-Za-z]+)\}?"
    r"(?:\[(?P<bracketed>[^\]]*)\])?(?:\{(?:[^{}]*?title=\"(?P<titled>[^\"]*)\")?[^{}]*\})?"
    r"(?:[ \t]*\|?[ \t]*(?P<plain>[^{}]*?))?[ \t]*"
)
_DIRECTIVE = re.compile(
    r"(?P<mark>`{3,}|~{3,})[ \t]*\{(?P<name>[A-Za-z]+)\}[ \t]*(?P<plain>[^`\n]*)"
)
_INDENTED = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]+(?P<name>[A-Za-z]+)(?:[ \t]+inline(?:[ \t]+end)?)?"
    r"(?:[ \t]+\"(?P<plain>[^\"]*)\")?[ \t]*"
)
_TAB = re.compile(r"===[!+]?[ \t]+\"(?P<label>[^\"]+)\"[ \t]*")
_LEAST_INDENT = 2  # columns by which a body stands below its marker


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a callout between ``:::note`` and ``:::``, or below ``!!! note``; tabs too.

    MyST writes it as a fence: `{note}` behind three backticks.
    """
    position, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if state.src[position : position + 1] not in _STARTS:
        return False
    if _TAB.fullmatch(state.src, position, stop):
        return silent or _tabs(state, start, end)
    directive = _DIRECTIVE.fullmatch(state.src, position, stop)
    fenced = directive or _FENCED.fullmatch(state.src, position, stop)
    match = fenced or _INDENTED.fullmatch(state.src, position, stop)
    if match is None or match["name"].lower() not in KINDS:
        return False
    if silent:
        return True
    title = match["plain"] or ""
    if directive:
        last, is_closed = closing_line(state, start, end, directive["mark"])
    elif fenced:
        last, is_closed = _closing(state, start, end, fenced["mark"])
        title = fenced["bracketed"] or fenced["titled"] or title
    else:
        last, is_closed = _indented_to(state, start, end), False
    name = match["name"].lower()
    attributes = {"kind": KINDS[name], "title": title.strip() or name.capitalize()}
    opening = state.push("component_open", "", 1)
    opening.info, opening.attrs, opening.map = "alert", dict(attributes), [start, last]
    _body(state, below_options(state, start + 1, last) if fenced else start + 1, last)
    state.push("component_close", "", -1).info = "alert"
    state.line = last + is_closed
    return True


def _closing(state: StateBlock, start: int, end: int, mark: str) -> tuple[int, bool]:
    """The line after a callout's body, and whether it is the mark that ends it; else reported."""
    depth, fences = 0, FenceScanner()
    for line in range(start + 1, end):
        position = state.bMarks[line] + state.tShift[line]
        text = state.src[position : state.eMarks[line]].strip()
        if fences.feed(state.src[state.bMarks[line] : state.eMarks[line]]):
            continue
        if not text.startswith(mark):
            continue
        if text.strip(mark[0]):
            depth += len(text) - len(text.lstrip(mark[0])) == len(mark)
        elif depth and len(text) == len(mark):
            depth -= 1
        elif len(text) == len(mark):
            return line, True
    message = f"a callout that begins with {mark} is never closed"
    help = f"write {mark} below it"
    state.env["page"].report("component-unclosed", message, help=help, line=start)
    return min(last_line_of_unclosed(state, start, end) + 1, end), False


def _indented_to(state: StateBlock, start: int, end: int) -> int:
    """Find the line after those that stand further in than a marker."""
    last = start + 1
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.sCount[start] + _LEAST_INDENT:
            break
        last = line + 1
    return last


def _tabs(state: StateBlock, start: int, end: int) -> bool:
    """Push tabs that follow each other as a group."""
    group = state.push("component_open", "", 1)
    group.info, group.attrs = "hfoptions", {"id": "tab"}
    line = last = start
    while line < end:
        position = state.bMarks[line] + state.tShift[line]
        tab = _TAB.fullmatch(state.src, position, state.eMarks[line])
        if tab is None or state.sCount[line] != state.sCount[start]:
            break
        last = _indented_to(state, line, end)
        opening = state.push("component_open", "", 1)
        opening.info, opening.attrs, opening.map = "hfoption", {"id": tab["label"]}, [line, last]
        _body(state, line + 1, last)
        state.push("component_close", "", -1).info = "hfoption"
        line = state.skipEmptyLines(last)
    state.push("component_close", "", -1).info = "hfoptions"
    group.map = [start, last]
    state.line = last
    return True


def _body(state: StateBlock, first: int, last: int) -> None:
    """Tokenize lines as Markdown of their own, their common indent taken off."""
    kept = state.lineMax, state.blkIndent, state.listIndent, state.parentType
    indents = [state.sCount[line] for line in range(first, last) if not state.isEmpty(line)]
    state.lineMax, state.listIndent, state.parentType = last, -1, "root"
    state.blkIndent = min(indents, default=state.blkIndent)
    if indents:
        state.md.block.tokenize(state, first, last)
    state.lineMax, state.blkIndent, state.listIndent, state.parentType = kept
