"""Tables: also those whose header and delimiter row differ; no cell is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.render.patches import cells_of
from sitegen.render.syntax.fences import BlockRule
from sitegen.render.syntax.lines import stripped_line
from sitegen.scan.patterns import rare

_UNDER_HEADER = frozenset("-:|")
_DELIMITER = rare(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_COMMENT = rare(r"<!--.*?-->")
_OPAQUE = rare(  # code and formulas
    r"(?<!`)(`++)[^`]++\1(?!`)|\$\$?[^\s$][^$]*+(?<!\s)\$(?!\d)"
    r"|\\\\\((?:(?!\\\\[()]).)*\\\\\)"
)
_BAR = rare(r"(?<!\\)\|")
_ITEM = rare(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]|>")  # an item or a quote, a table inside
_MOST_COLUMNS = 30  # of an uneven table; a wide one with empty rows would grow by its square
_MOST_UNEVEN = 50  # tables of a page; each costs as much as the page is long


def tables(md: MarkdownIt) -> None:
    """Report cells that a table's header has no column for, and take uneven heads."""
    stock = next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == "table")

    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # Behind the last line is one more.
        below = state.bMarks[start + 1] + state.tShift[start + 1]
        if state.src[below : below + 1] not in _UNDER_HEADER or state.src.startswith("- ", below):
            return False  # a dash and a blank begin an item of a list
        if state.sCount[start + 1] > state.sCount[start] and _ITEM.match(
            stripped_line(state, start)
        ):
            return False  # the table stands in the item
        before = len(state.tokens)
        found = stock(state, start, end, silent) or _uneven(stock, state, (start, end), silent)
        if found and not silent:
            _mend_rows(state, state.tokens[before:])
        return found

    md.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})


def _uneven(stock: BlockRule, state: StateBlock, lines: tuple[int, int], silent: bool) -> bool:
    """Take a table whose header or delimiter row is the shorter one, as doc-builder's parser does.

    The shorter row is read from behind the text, where it stands once more with all its cells.
    """
    start, end = lines
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return False
    header, delimiter = stripped_line(state, start), stripped_line(state, start + 1)
    if "|" not in header or "|" not in delimiter or not _DELIMITER.fullmatch(delimiter):
        return False
    if _ITEM.match(header):
        return False
    wanted = len(_cells(delimiter))
    missing = wanted - len(_cells(header))
    state.env["uneven"] = state.env.get("uneven", 0) + 1
    if missing == 0 or wanted > _MOST_COLUMNS or state.env["uneven"] > _MOST_UNEVEN:
        return False
    if missing < 0 and len(_cells(mended := _OPAQUE.sub(_with_bars, header))) == wanted:
        header = mended
        missing = 0
    line, row, cell = (start + 1, delimiter, "---|") if missing < 0 else (start, header, " |")
    kept = state.src, state.bMarks[line], state.tShift[line], state.eMarks[line]
    whole = row + ("" if row.endswith("|") else "|") + cell * abs(missing)
    state.bMarks[line], state.tShift[line] = len(state.src) + 1, 0
    state.src += f"\n{whole}\n"
    state.eMarks[line] = len(state.src) - 1
    found = stock(state, start, end, silent)
    state.src, state.bMarks[line], state.tShift[line], state.eMarks[line] = kept
    return found


def _with_bars(opaque: re.Match[str]) -> str:
    return _BAR.sub(r"\|", opaque[0])


def _cells(row: str) -> list[str]:
    return cells_of(row.removeprefix("|").removesuffix("|"))


def _mend_rows(state: StateBlock, tokens: Sequence[Token]) -> None:
    """Put together what bars in code or formulas cut where that fits, else report extra cells."""
    columns = sum(token.type == "th_open" for token in tokens)
    for index, token in enumerate(tokens):
        if token.type != "tr_open" or token.map is None:
            continue
        row = stripped_line(state, token.map[0])
        most = row.count("|") + 1 - row.startswith("|") - row.endswith("|")
        if most <= columns:
            continue
        whole = _cells(_OPAQUE.sub(_with_bars, row))
        if len(whole) == columns < len(_cells(row)):
            inner = (each for each in tokens[index:] if each.type == "inline")
            for each, cell in zip(inner, whole, strict=False):
                each.content = cell.strip()
            continue
        extra = [_COMMENT.sub("", cell).strip() for cell in _cells(row)[columns:]]
        if lost := " | ".join(filter(None, extra)):
            message = f"a row has more cells than its header, {lost!r} is not shown"
            help = "give the header more cells, or put a blank line between two tables"
            state.env["page"].report("table-extra-cells", message, help=help, line=token.map[0])
