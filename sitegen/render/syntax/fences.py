"""Block rules where what is indented is no code: fences, lists, doctests that look like quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from markdown_it.rules_block import StateBlock

from sitegen.render.syntax.lines import end_at_cut
from sitegen.render.syntax.options import options
from sitegen.render.syntax.page_form import is_restructured
from sitegen.scan import DEEPEST, FenceScanner
from sitegen.scan.patterns import rare

_OPENING = re.compile(r"(?:(`{3,})([^`\n]*)|(~{3,})([^\n]*))")
_DIRECTIVE = re.compile(  # of MyST
    r"[ \t]*\{(?:code|code-block|code-cell|sourcecode|(math|mermaid))\}[ \t]*(.*)"
)
_INFO = {
    "caption": 'title="{}"',
    "filename": 'title="{}"',
    "linenos": "showLineNumbers",
    "lineno-start": 'linenums="{}"',
    "emphasize-lines": 'hl_lines="{}"',
}
_MARKER = rare(r">[ \t]*\[!(?:note|tip|important|warning|caution)\]", re.IGNORECASE)
_CLOSERS = "fence-closers"  # the lines that end fences from outside of what holds these
_PROMPT = ">>> "
_QUOTE = ">>>"  # on a line of its own, as GitLab writes a quote around lines
_OPEN_TAG = rare(
    r"<(?:a|div|iframe|img|span|video|[A-Z][a-z]\w*+)(?=\s)(?:[^<>\n]++|\n[ \t>]*+)*\Z"
)
_LONGEST_OPEN_TAG = 500
BlockRule = Callable[[StateBlock, int, int, bool], bool]


def fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a code fence (CommonMark 0.31.2, 4.5) at any indentation; report one without an end.

    Where what is indented is no code, a fence may begin anywhere, but it still ends as CommonMark
    says: at a line of its own that is at most three blanks further in.
    """
    position = state.bMarks[start] + state.tShift[start]
    opening = _OPENING.fullmatch(state.src, position, state.eMarks[start])
    if opening is None or state.is_code_block(start):
        return False
    if silent:
        return True
    if start in state.env.get(_CLOSERS, ()):
        state.line = start + 1
        return True
    markup = opening[1] or opening[3]
    last, is_closed = closing_line(state, start, end, markup)
    token = state.push("fence", "code", 0)
    info, first = opening[2] or opening[4] or "", start + 1
    if directive := _DIRECTIVE.fullmatch(info):
        asked, first = options(state, first, last)
        info = directive[1] or " ".join((directive[2], *as_info(asked)))
    token.info, token.markup = info, markup
    token.content = state.getLines(first, last, state.sCount[start], True)
    if info.strip() == "math":  # as on GitHub
        token.type, token.tag, token.markup = "math_block", "math", "$$"
        token.content, token.meta["display"] = f"\n{token.content}", True
    state.line = last + is_closed
    token.map = [start, state.line]
    if not is_closed:
        end_at_cut(state, token)
        message = f"the code fence {markup} is never closed"
        help = f"write {markup} on a line of its own after the code"
        if _closes_outside(state, last, markup):
            state.env.setdefault(_CLOSERS, set()).add(last)
            message = f"the code fence {markup} is closed outside of the list or quote it stands in"
            help = f"write {markup} where the line stands that begins the code"
        state.env["page"].report("fence-unclosed", message, help=help, line=start)
    return True


def _closes_outside(state: StateBlock, line: int, markup: str) -> bool:
    """Whether the line below what holds a fence is its end, and begins no other code.

    A mark on a line of its own begins code where the next one is such, too.
    """
    if line >= len(state.bMarks) - 1 or not _is_mark(_line(state, line), markup):
        return False
    for below in range(line + 1, len(state.bMarks) - 1):
        text = _line(state, below)
        if text.startswith(markup):
            return not _is_mark(text, markup)
    return True


def _is_mark(text: str, markup: str) -> bool:
    return text.startswith(markup) and not text.strip(markup[0])


def as_info(asked: Mapping[str, str]) -> Iterator[str]:
    """Options of a directive for code as an info string says them."""
    for name, written in _INFO.items():
        if name in asked:
            yield written.format(asked[name])


def closing_line(state: StateBlock, start: int, end: int, markup: str) -> tuple[int, bool]:
    """The line after a fence's code, and whether it is the closing one."""
    indent = state.sCount[start]
    deepest = indent if indent - state.blkIndent > DEEPEST else state.blkIndent
    for line in range(start + 1, end):
        position, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if position < stop and state.sCount[line] < state.blkIndent:
            return line, False
        if (
            state.src.startswith(markup, position, stop)
            and state.sCount[line] - deepest <= DEEPEST
            and not state.src[position:stop].lstrip(markup[0]).strip()
        ):
            return line, True
    return end, False


def quotes(stock: BlockRule) -> BlockRule:
    """Tell quotes from other things that a ``>`` may begin, and end them at another callout.

    Behind a tag begun on a line above it is the tag's end; ``>>> `` is a doctest; between two
    lines ``>>>`` is a quote.
    """

    def blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        if state.src[position : position + 1] != ">":
            return False
        if state.src.startswith(_PROMPT, position, state.eMarks[start]):
            return silent or _bare_doctest(state, start, end)
        if silent and start:
            last = state.eMarks[start - 1] + 1
            if _OPEN_TAG.search(state.src, max(0, last - _LONGEST_OPEN_TAG), last):
                return False
        if not silent and _line(state, start) == _QUOTE:
            return _quoted(state, start, end)
        return stock(state, start, end if silent else _next_alert(state, start, end), silent)

    return blockquote


def _quoted(state: StateBlock, start: int, end: int) -> bool:
    """Take the lines between two ``>>>`` as a quote; a mark that has no other is text."""
    last = _other_mark(state, start, end)
    if last < 0:
        message = "a quote that begins with >>> is never closed"
        help = "write >>> below it"
        state.env["page"].report("component-unclosed", message, help=help, line=start)
        return False
    opening = state.push("blockquote_open", "blockquote", 1)
    opening.markup, opening.map = ">", [start, last + 1]
    kept = state.lineMax, state.parentType
    state.lineMax, state.parentType = last, "blockquote"
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax, state.parentType = kept
    state.push("blockquote_close", "blockquote", -1).markup = ">"
    state.line = last + 1
    return True


def _other_mark(state: StateBlock, start: int, end: int) -> int:
    """The line of the mark that closes a quote in what holds it, or -1."""
    fences = FenceScanner()
    known = state.env.setdefault("quote-open", set())
    for line in range(start + 1, end if end not in known else start):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return -1
        if not fences.feed(_line(state, line)) and _line(state, line) == _QUOTE:
            return line
    known.add(end)  # from further down there is none either
    return -1


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _next_alert(state: StateBlock, start: int, end: int) -> int:
    """Find the line of a quote that begins another callout: its marker can do nothing else."""
    fences = FenceScanner()
    for line in range(start, end):
        position = state.bMarks[line] + state.tShift[line]
        if state.src[position : position + 1] != ">":
            return end
        is_code = fences.feed(state.src[position + 1 : state.eMarks[line]])
        if line > start and not is_code and _MARKER.match(state.src, position):
            return line
    return end


def _bare_doctest(state: StateBlock, start: int, end: int) -> bool:
    """Take a doctest outside a fence as code: CommonMark reads it as three quotes."""
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if state.src.startswith(("```", "~~~"), state.bMarks[line] + state.tShift[line]):
            break
        line += 1
    token = state.push("fence", "code", 0)
    token.info, token.markup = "python", "```"
    token.content = state.getLines(start, line, state.sCount[start], True)
    token.map = [start, line]
    state.line = line
    end_at_cut(state, token)
    if not is_restructured(state):  # there it is written so
        state.env["page"].report(
            "doctest-unfenced",
            "a doctest outside a code fence is shown as code",
            help="write ```python above it and ``` below it",
            line=start,
        )
    return True


def deep_lists(stock: BlockRule) -> BlockRule:
    """Count the items of a list from where the list begins, not from what holds it.

    Only where indented code is known can the two not be four blanks apart; else all items but the
    first would be lines of the first.
    """

    def list_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        outer = state.blkIndent
        if not silent:
            state.blkIndent = max(outer, state.sCount[start] - DEEPEST)
        taken = stock(state, start, end, silent)
        state.blkIndent = outer
        return taken

    return list_block


def no_deep_end(stock: BlockRule) -> BlockRule:
    """Let no ``#`` or ``---`` four blanks further in end a paragraph: it is part of some code."""

    def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent and state.sCount[start] - state.blkIndent > DEEPEST:
            return False
        return stock(state, start, end, silent)

    return block
