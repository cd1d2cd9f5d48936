"""Lines of a block state: where a body begins and ends, and hiding all else from the parser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from msgspec import Struct

from sitegen.render.syntax.marks import marks
from sitegen.scan import FenceScanner
from sitegen.scan.patterns import rare

_HEADING = rare(r"\s{0,3}#{1,2}\s")
LEAST_INDENT = 2  # columns by which a body stands below its marker


class Piece(Struct, frozen=True):
    """A body: the line and position where it begins and those where it ends."""

    first: int
    start: int
    last: int
    stop: int


class Cut:
    """Hides the tags around a body while it is tokenized, and takes its common indent off."""

    def __init__(self, state: StateBlock, piece: Piece) -> None:
        """Note what will be hidden."""
        self._state = state
        self._piece = piece
        self._saved = (
            state.bMarks[piece.first],
            state.tShift[piece.first],
            state.sCount[piece.first],
            state.eMarks[piece.last],
            state.lineMax,
            state.blkIndent,
            state.listIndent,
            state.parentType,
        )

    def __enter__(self) -> None:
        state, first, last = self._state, self._piece.first, self._piece.last
        state.eMarks[last] = max(self._piece.stop, state.bMarks[last])
        start_line_at(state, first, self._piece.start)
        state.lineMax = last + 1
        inner = [
            state.sCount[line] for line in range(first + 1, last + 1) if not state.isEmpty(line)
        ]
        if not state.isEmpty(first):
            inner.append(state.sCount[first])
        state.blkIndent = min(inner, default=state.blkIndent)
        state.listIndent = -1
        state.parentType = "root"

    def __exit__(self, *_: object) -> None:
        state, first, last = self._state, self._piece.first, self._piece.last
        (
            state.bMarks[first],
            state.tShift[first],
            state.sCount[first],
            state.eMarks[last],
            state.lineMax,
            state.blkIndent,
            state.listIndent,
            state.parentType,
        ) = self._saved


def start_line_at(state: StateBlock, line: int, position: int) -> None:
    """Let a line begin at ``position``: what stands before is not seen any more."""
    text = state.src[position : state.eMarks[line]]
    state.bMarks[line] = position
    state.tShift[line] = len(text) - len(text.lstrip(" \t"))
    state.sCount[line] = max(state.blkIndent, 0) if text.strip() else 0


@contextmanager
def line_begun_at(state: StateBlock, line: int, position: int, last: int) -> Iterator[None]:
    """Let a line begin at ``position`` meanwhile, as far in as those that follow it."""
    saved = state.bMarks[line], state.tShift[line], state.sCount[line]
    start_line_at(state, line, position)
    further = [state.sCount[below] for below in range(line + 1, last) if not state.isEmpty(below)]
    state.sCount[line] = min(further, default=state.sCount[line])
    yield
    state.bMarks[line], state.tShift[line], state.sCount[line] = saved


def stripped_line(state: StateBlock, line: int) -> str:
    """A line without the blanks around it and what its block stands in."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def ends_paragraph(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line below a sentence begins something else."""
    return any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("paragraph"))


def line_of(state: StateBlock, position: int, start: int, end: int) -> int | None:
    """Find the line that holds the end of a tag; ``None`` beyond the block's lines."""
    for line in range(start, end):
        if position <= state.eMarks[line]:
            return line
    return None


def end_at_cut(state: StateBlock, token: Token) -> None:
    """Take off the character behind a cut line that the parser took for the end of the line."""
    end = state.eMarks[state.line - 1]
    if token.content and state.src[end : end + 1] not in {"", "\n"}:
        text = token.content[:-1]
        token.content = text if not text or text.endswith("\n") else text + "\n"


def last_line_of_unclosed(state: StateBlock, tag_line: int, end: int) -> int:
    """Answer the last line of a body that nothing ends.

    It goes on to the next heading of level 1 or 2 outside other components, or to the block's end.
    """
    fences = FenceScanner()
    found = marks(state.src)
    inside = -1  # a component that begins on a line: up to there headings are its own
    for line in range(tag_line + 1, end):
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        if fences.feed(text) or state.isEmpty(line) or state.bMarks[line] < inside:
            continue
        if state.sCount[line] < state.blkIndent or _HEADING.match(text):
            return line - 1
        mark = found.get(state.bMarks[line] + state.tShift[line])
        inside = mark.after if mark and mark.closed else inside
    return end - 1


def indented_to(state: StateBlock, start: int, end: int, than: int | None = None) -> int:
    """Find the line after those that stand further in than a marker, or than a column."""
    last, than = start + 1, state.sCount[start] if than is None else than
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < than + LEAST_INDENT:
            break
        last = line + 1
    return last
