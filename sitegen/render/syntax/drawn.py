"""Tables drawn in lines, as reStructuredText has them: ``+---+---+`` around, ``==== ====`` over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from markdown_it.rules_block import StateBlock

from sitegen.errors import Severity
from sitegen.render.syntax.containers import Inside, push_code, sentence
from sitegen.render.syntax.listed import push_table
from sitegen.scan.patterns import rare

_GRID = rare(r"\+(?:-+\+){1,100}[ \t]*")
_BORDER = rare(r"\+(?:[-=:]+\+)+")
_SIMPLE = rare(r"={2,}(?:[ \t]+={2,}){1,100}[ \t]*")
_ITEM = rare(r"(?:[-*+]|\d+\.)\s")
_PAD = "\0"  # behind wide signs; no text of Markdown has it
_Row = list[str]
_Rows = Callable[[Sequence[str]], tuple[list[_Row], int] | None]


def drawn_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a table that is drawn; one whose cells span others is shown as the drawing it is."""
    position = state.bMarks[start] + state.tShift[start]
    if _GRID.fullmatch(state.src, position, state.eMarks[start]):
        last = _end_of_grid(state, start, end)
        read = _read(_grid_rows, _lines(state, start, last))
    elif _SIMPLE.fullmatch(state.src, position, state.eMarks[start]):
        last = _end_of_simple(state, start, end)
        read = _read(_simple_rows, _lines(state, start, last)) if last else None
    else:
        return False
    if silent or last < start + 3 or (read and not read[0]):
        return False
    if read is None:
        message = "a table whose cells span others is shown as it is drawn"
        help = "write it as HTML, or without such cells"
        state.env["page"].report("dialect", message, severity=Severity.INFO, help=help, line=start)
        push_code(state, "text", {}, Inside(start, last, last))
    else:
        rows, heads = read
        push_table(state, [[sentence(cell, start) for cell in row] for row in rows], heads)
    state.line = last
    return True


def _lines(state: StateBlock, first: int, last: int) -> list[str]:
    return state.getLines(first, last, state.sCount[first], False).split("\n")


def _read(rows: _Rows, lines: Sequence[str]) -> tuple[list[_Row], int] | None:
    """Read a table whose wide signs take two columns, as they are shown, or one."""
    return rows([_padded(line) for line in lines]) or rows(lines)


def _padded(line: str) -> str:
    if line.isascii():
        return line
    return "".join(sign + _PAD * (east_asian_width(sign) in {"W", "F"}) for sign in line)


def _end_of_grid(state: StateBlock, start: int, end: int) -> int:
    """The line below the last one that is a border or between two; all lines begin with a mark.

    The start where something stands right below: it is another drawing.
    """
    last = start
    for line in range(start, end):
        position = state.bMarks[line] + state.tShift[line]
        if state.src[position : position + 1] not in {"+", "|"} or state.isEmpty(line):
            break
        if state.src[position] == "+":
            last = line + 1
    return last if last == end or state.isEmpty(last) else start


def _grid_rows(lines: Sequence[str]) -> tuple[list[_Row], int] | None:
    """The rows, and how many of them are a head; none where a cell spans others."""
    columns = [at for at, sign in enumerate(lines[0]) if sign == "+"]
    rows: list[_Row] = []
    heads, cells = 0, list[list[str]]()
    for line in lines[1:]:
        text = line.rstrip().ljust(columns[-1] + 1)
        is_border = _BORDER.fullmatch(text) is not None
        if any(text[at] != ("+" if is_border else "|") for at in columns):
            return None
        if not is_border:
            cells.append([text[a + 1 : b] for a, b in pairwise(columns)])
            continue
        if cells:
            rows.append([_said(part) for part in zip(*cells, strict=True)])
            cells = []
        heads = heads or len(rows) * ("=" in text)
    return rows, heads


def _end_of_simple(state: StateBlock, start: int, end: int) -> int:
    """The line below the last border: the second or third one that is like the first; else 0."""
    border = _lines(state, start, start + 1)[0].rstrip()
    found = 0
    for line in range(start + 1, end):
        is_border = _lines(state, line, line + 1)[0].strip() == border
        found += is_border
        if is_border and (line + 1 == end or state.isEmpty(line + 1)):
            return line + 1
        if found == 2:
            return 0
        if state.isEmpty(line) and not found:
            return 0  # a head is no paragraph
    return 0


def _simple_rows(lines: Sequence[str]) -> tuple[list[_Row], int] | None:
    """The same of columns below double lines; a row whose first cell is empty goes on."""
    border = lines[0].rstrip()
    starts = [match.start() for match in re.finditer(r"=+", border)]
    spans = [*pairwise(starts), (starts[-1], None)]
    rows: list[list[list[str]]] = []
    heads = 0
    for line in lines[1:-1]:
        text = line.rstrip()
        if text == border:
            heads = len(rows)
            continue
        if not text:
            continue
        gaps = (text[a - 1 : a] for a in starts[1:])
        if any(gap.strip() for gap in gaps) or re.fullmatch(r"[- ]*--[- ]*", text):
            return None
        cells = [text[a:b].strip() for a, b in spans]
        if cells[0] or not rows:
            rows.append([[cell] for cell in cells])
        else:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell.append(more)
    return [[_said(cell) for cell in row] for row in rows], heads


def _said(lines: Sequence[str]) -> str:
    """The lines of a cell as one text, with breaks before items and between paragraphs."""
    return "".join(_with_breaks(lines)).replace(_PAD, "").strip()


def _with_breaks(lines: Sequence[str]) -> Iterator[str]:
    before = ""
    for number, line in enumerate(text.strip() for text in lines):
        if line and number:
            yield " " if before and not _ITEM.match(line) else "<br>" if before or number else ""
        yield line
        before = line
