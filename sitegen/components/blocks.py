"""Block and inline rules that make components of tags; bodies are tokenized in place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from sitegen.components.registry import COMPONENTS
from sitegen.components.tags import Tag, parse_tag
from sitegen.scan import FenceScanner

_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_HEADING = re.compile(r"\s{0,3}#{1,2}\s")


@dataclass(frozen=True, slots=True)
class _Close:
    """Where a body ends: the line and position of the closing tag, and the position after it."""

    line: int
    start: int
    end: int


def component_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Open a container at a component's tag, tokenize its body as Markdown, and close it."""
    position = state.bMarks[start] + state.tShift[start]
    if state.src[position : position + 1] != "<":
        return False
    tag = parse_tag(state.src, position)
    known = COMPONENTS.get(tag.name) if tag else None
    tag_line = _line_of(state, tag.end, start, end) if tag else None
    if tag is None or known is None or not known.is_tag or tag_line is None:
        return False
    if silent:
        return True
    if tag.closing:
        _report(state, start, "component-stray-end", f"</{tag.name}> closes nothing")
        return _rest_of_line(state, tag_line, tag.end, end)
    if known.leaf or tag.self_closing:
        _push_leaf(state, tag, start)
        return _rest_of_line(state, tag_line, tag.end, end)
    close = _find_close(state, tag, tag_line, end)
    if close is None:
        message = f"<{tag.name}> is never closed"
        _report(state, start, "component-unclosed", message, f"write </{tag.name}> after its body")
        last = _last_line_of_unclosed(state, tag_line, end)
        close = _Close(last, state.eMarks[last], state.eMarks[last])
    _container(state, tag, start, tag_line, close)
    return _rest_of_line(state, close.line, close.end, end)


def _container(state: StateBlock, tag: Tag, start: int, tag_line: int, close: _Close) -> None:
    opening = state.push("component_open", "", 1)
    opening.info = tag.name
    opening.attrs = dict(tag.attributes)
    opening.map = [start, close.line + 1]
    with _Cut(state, tag_line, tag.end, close):
        state.md.block.tokenize(state, tag_line, close.line + 1)
    closing = state.push("component_close", "", -1)
    closing.info = tag.name


class _Cut:
    """Hides the tags around a body while it is tokenized, and takes its common indent off."""

    def __init__(self, state: StateBlock, tag_line: int, body: int, close: _Close) -> None:
        self._state = state
        self._saved = (
            state.bMarks[tag_line],
            state.tShift[tag_line],
            state.sCount[tag_line],
            state.eMarks[close.line],
            state.lineMax,
            state.blkIndent,
            state.parentType,
        )
        self._lines = (tag_line, close.line)
        self._body = body
        self._close = close

    def __enter__(self) -> None:
        state, (first, last) = self._state, self._lines
        state.eMarks[last] = max(self._close.start, state.bMarks[last])
        _start_line_at(state, first, self._body)
        state.lineMax = last + 1
        inner = [
            state.sCount[line] for line in range(first + 1, last + 1) if not state.isEmpty(line)
        ]
        if not state.isEmpty(first):
            inner.append(state.sCount[first])
        state.blkIndent = min(inner, default=state.blkIndent)
        state.parentType = "root"

    def __exit__(self, *_: object) -> None:
        state, (first, last) = self._state, self._lines
        (
            state.bMarks[first],
            state.tShift[first],
            state.sCount[first],
            state.eMarks[last],
            state.lineMax,
            state.blkIndent,
            state.parentType,
        ) = self._saved
        # A close tag on the line of its open tag shifts nothing below.


def _start_line_at(state: StateBlock, line: int, position: int) -> None:
    """Let a line begin at ``position``: what stands before is not seen any more."""
    text = state.src[position : state.eMarks[line]]
    indent = len(text) - len(text.lstrip(" \t"))
    state.bMarks[line] = position
    state.tShift[line] = indent
    state.sCount[line] = state.blkIndent if text.strip() else 0


def _rest_of_line(state: StateBlock, line: int, position: int, end: int) -> bool:
    """Go on after a component; what follows its tag on the same line is content of its own."""
    if state.src[position : state.eMarks[line]].strip():
        saved = state.bMarks[line], state.tShift[line], state.sCount[line]
        _start_line_at(state, line, position)
        state.md.block.tokenize(state, line, line + 1)
        state.bMarks[line], state.tShift[line], state.sCount[line] = saved
    state.line = min(line + 1, end)
    return True


def _line_of(state: StateBlock, position: int, start: int, end: int) -> int | None:
    """Find the line that holds the end of a tag; ``None`` beyond the block's lines."""
    for line in range(start, end):
        if position <= state.eMarks[line]:
            return line
    return None


def _find_close(state: StateBlock, tag: Tag, tag_line: int, end: int) -> _Close | None:
    """Search the closing tag of the same depth, outside of code."""
    pattern = re.compile(rf"<(/?){re.escape(tag.name)}(?=[\s/>])[^>]*?(/?)>")
    fences = FenceScanner()
    depth = 1
    for line in range(tag_line, end):
        begin = tag.end if line == tag_line else state.bMarks[line]
        if line > tag_line and _left_block(state, line):
            return None
        text = state.src[begin : state.eMarks[line]]
        code = fences.inside or "```" in text or "~~~" in text
        if code and fences.feed(text) and not text.rstrip().endswith(">"):
            continue
        if f"{tag.name}" not in text:
            continue
        spans = [m.span() for m in _CODE_SPAN.finditer(text)] if "`" in text else []
        for match in pattern.finditer(text):
            if any(low <= match.start() < high for low, high in spans) or match[2]:
                continue
            depth += -1 if match[1] else 1
            if depth == 0:
                return _Close(line, begin + match.start(), begin + match.end())
    return None


def _left_block(state: StateBlock, line: int) -> bool:
    return not state.isEmpty(line) and state.sCount[line] < state.blkIndent


def _last_line_of_unclosed(state: StateBlock, tag_line: int, end: int) -> int:
    """An unclosed body goes on to the next heading of level 1 or 2, or to the block's end."""
    fences = FenceScanner()
    for line in range(tag_line + 1, end):
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        if _left_block(state, line) or (not fences.feed(text) and _HEADING.match(text)):
            return line - 1
    return end - 1


def _push_leaf(state: StateBlock, tag: Tag, line: int) -> None:
    token = state.push("component", "", 0)
    token.info = tag.name
    token.attrs = dict(tag.attributes)
    token.map = [line, line + 1]


def component_inline(state: StateInline, silent: bool) -> bool:
    """Take component tags inside a sentence or a table cell."""
    if state.src[state.pos] != "<":
        return False
    tag = parse_tag(state.src, state.pos)
    known = COMPONENTS.get(tag.name) if tag else None
    if tag is None or known is None or not known.is_tag or tag.end > state.posMax:
        return False
    if silent:
        state.pos = tag.end
        return True
    if tag.closing:
        state.pos = tag.end
        return True
    close = re.compile(rf"</{re.escape(tag.name)}\s*>").search(state.src, tag.end, state.posMax)
    if known.leaf or tag.self_closing or close is None:
        token = state.push("component", "", 0)
        token.info, token.attrs = tag.name, dict(tag.attributes)
        state.pos = tag.end
        return True
    token = state.push("component_open", "", 1)
    token.info, token.attrs = tag.name, dict(tag.attributes)
    limit, state.posMax, state.pos = state.posMax, close.start(), tag.end
    state.md.inline.tokenize(state)
    state.posMax, state.pos = limit, close.end()
    state.push("component_close", "", -1).info = tag.name
    return True


def _report(state: StateBlock, line: int, code: str, message: str, remedy: str = "") -> None:
    state.env["page"].report(code, message, help=remedy, line=line)
