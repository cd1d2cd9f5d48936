"""Rules for HTML comments: none is shown, and what that hides beyond its chunk is said."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from sitegen.errors import Severity
from sitegen.model import Seam, Section
from sitegen.render.context import PageContext
from sitegen.render.syntax.inline import drop, problem
from sitegen.render.syntax.lines import start_line_at

_UNCLOSED = "a comment is never closed: it is shown as text"
_END = "write --> where it ends"
_OUTSIDE = "comment_outside"
_ANOTHER = re.compile(r"-->[ \t]*<!--")


def comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop an HTML comment; one that never ends is text, and none reaches into headed sections."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("<!--", "-->"), position):
        return False
    page: PageContext = state.env["page"]
    close = _comment_close(state.env, state.src, position)
    if not 0 <= close < state.eMarks[end - 1] or (close == position != page.comment_end):
        return False
    said = [state.src[position + 4 : close]]
    while following := _ANOTHER.match(state.src, close, state.eMarks[end - 1]):
        further = _comment_close(state.env, state.src, following.end())
        if not 0 <= further < state.eMarks[end - 1]:
            break
        said.append(state.src[following.end() : further])
        close = further
    line = next(n for n in range(start, end) if close <= state.eMarks[n])
    crossed = _crossed(page, start, line)
    if state.src[close + 3 : state.eMarks[line]].strip():
        if crossed or not any(state.isEmpty(inside) for inside in range(start, line)):
            return False  # text follows on the line: an inline comment of a paragraph
        if not silent:
            page.flag(*said)
            start_line_at(state, line, close + 3)
            state.line = line
        return True
    if not silent:
        page.flag(*said)
        if any(each.lstrip().startswith("@include") for each in said):
            message = "what VitePress includes (<!--@include: ...-->) is left out"
            page.report("dialect", message, severity=Severity.INFO, line=start)
        cut = next((s.line for s in crossed if s.anchor and s.seam is Seam.SECTION), line + 1)
        state.line = cut
        if cut <= line:
            page.comment_end = close
            message = "a comment goes on into the next chunk, which is shown all the same"
            page.report("comment-across-chunks", message, line=start)
        else:
            _report_hidden(page, crossed, (start, line))
    return True


def _report_hidden(page: PageContext, crossed: Sequence[Section], lines: tuple[int, int]) -> None:
    """Say that a comment hides whole chunks, or that its end was lost."""
    first, last = lines
    if any(r.what == "comment" and first <= r.line <= last for r in page.document.restored):
        message = "a comment above the page is never closed: it ends before the first text"
        help = "write --> below it, and cut no chunks in comments"
        page.report("comment-across-chunks", message, help=help, line=first)
    elif crossed:
        message = f"a comment of {len(crossed) + 1} chunks is not shown"
        severity = Severity.INFO
        page.report("comment-across-chunks", message, severity=severity, line=first)


def end_behind_comment(state: StateBlock, start: int, end: int) -> bool:
    """Let a block of raw HTML that was just taken go on, where a comment in it does.

    It ends below the comment, as it does elsewhere, at a blank line.
    """
    token = state.tokens[-1]
    begins, stop = start, state.line
    parts = [token.content]  # each is looked through once, however many comments go on
    while _is_open(parts[-1]):
        line = _last_line(state, (start, stop, end))
        if line is None:
            opened = parts[-1].count("\n", 0, _opened(parts[-1]))
            _report_unclosed(state.env, begins + opened)
            break
        begins, stop = stop, next((n for n in range(line + 1, end) if state.isEmpty(n)), end)
        parts.append(state.getLines(begins, stop, state.blkIndent, True))
    token.content, token.map = "".join(parts), [start, stop]
    state.line = stop
    return len(parts) > 1


def _last_line(state: StateBlock, lines: tuple[int, int, int]) -> int | None:
    """The line in which a comment of a block ends; none reaches out of what holds the block.

    The ``lines`` are the first of the block, the first behind it, and the first behind all.
    """
    start, stop, end = lines
    close = _comment_close(state.env, state.src, state.eMarks[stop - 1])
    if not 0 <= close < state.eMarks[end - 1]:
        return None
    line = bisect_left(state.eMarks, close, stop, end)
    is_out = _crossed(state.env["page"], start, line) or _first_outside(state, stop) <= line
    return None if is_out else line


def _first_outside(state: StateBlock, stop: int) -> int:
    """The first line from ``stop`` on that is out of what holds a block; looked for but once."""
    known: dict[tuple[int, int, int], tuple[int, int]] = state.env.setdefault(_OUTSIDE, {})
    around = state.blkIndent, state.lineMax, state.level
    since, found = known.get(around, (0, 0))
    if not since <= stop < found:
        lines = range(stop, state.lineMax)
        within = state.blkIndent
        outside = (n for n in lines if state.sCount[n] < within and not state.isEmpty(n))
        since, found = known[around] = stop, next(outside, state.lineMax)
    return found


def _crossed(page: PageContext, first: int, last: int) -> Sequence[Section]:
    """The sections that begin below the first of some lines, up to the last."""
    sections = page.document.sections
    begin, end = (bisect_right(sections, line, key=attrgetter("line")) for line in (first, last))
    return sections[begin:end]


def _opened(html: str) -> int:
    return html.rfind("<!--")


def _is_open(html: str) -> bool:
    """Whether a comment that begins in some HTML ends further on."""
    opened = _opened(html)
    return opened >= 0 and html.find("-->", opened) < 0


def _report_unclosed(env: EnvType, line: int) -> None:
    """Say once a page that a comment is shown."""
    if not env.get("comment_unclosed"):
        env["comment_unclosed"] = True
        env["page"].report("comment-unclosed", _UNCLOSED, help=_END, line=line)


def comment_inline(state: StateInline, silent: bool) -> bool:
    """Drop a comment in a sentence; one that never ends is text, and a finding."""
    if not state.src.startswith("<!--", state.pos):
        return False
    close = _comment_close(state.env, state.src, state.pos + 2)
    if not 0 <= close < state.posMax:
        if not silent and not state.env.get("comment_unclosed"):
            state.env["comment_unclosed"] = True
            problem(state, "comment-unclosed", _UNCLOSED, _END)
        return False
    state.env["page"].flag(state.src[state.pos + 4 : close])
    if silent:
        state.pos = close + 3
    else:
        drop(state, close + 3)
    return True


def _comment_close(env: EnvType, text: str, start: int) -> int:
    """Find the end of a comment; a text that has none is asked once, or it takes for ever."""
    if env.get("endless") is text:
        return -1
    close = text.find("-->", start)
    if close < 0:
        env["endless"] = text
    return close
