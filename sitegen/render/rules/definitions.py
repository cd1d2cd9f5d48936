"""Definition lists: a line with a term, and below it definitions that open with a colon.

The form is that of PHP Markdown Extra: each line above a definition is a term. What other rules
take, a heading or an item of a list, is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.render.syntax.lines import ends_paragraph

_DEEPEST = 3  # columns that a line may be moved in
_MOST_TERMS = 6  # of one definition
_COLON = re.compile(r"\n[ \t>]*+:[ \t]")  # behind the end of a line, which is found at once


def definitions(md: MarkdownIt) -> None:
    """Teach ``Term`` over ``: definition``."""
    ruler = md.block.ruler
    ruler.before("paragraph", "definition_list", _definition_list)
    # Apart, so that it can be looked up by its colon: all lines of paragraphs ask for their end.
    ending: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    ruler.before("paragraph", "definition", _next_definition, ending)


def _next_definition(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """End a paragraph of one definition where the next one begins."""
    return silent and state.ddIndent >= 0 and _defines(state, start)


def _definition_list(state: StateBlock, start: int, end: int, _silent: bool) -> bool:
    """Take terms with their definitions; next to others they continue their list."""
    line = _below(state, start, end)
    if line < 0 or not _is_term(state, start, line):
        return False
    if state.tokens and state.tokens[-1].type == "dl_close":
        state.tokens.pop()
        state.level += 1
    else:
        state.push("dl_open", "dl", 1).map = [start, line]
    before = start
    while before < line and not state.isEmpty(before):
        before = _term(state, before)
    while line >= 0:
        _definition(state, line, end, is_loose=line > before)
        before = state.line
        line = before if before < end and _defines(state, before) else -1
    state.push("dl_close", "dl", -1)
    return True


def _term(state: StateBlock, line: int) -> int:
    """Push a line as a term; gives the next."""
    state.push("dt_open", "dt", 1).map = [line, line + 1]
    term = state.push("inline", "", 0)
    term.content = state.getLines(line, line + 1, state.blkIndent, keepLastLF=False).strip()
    term.map, term.children = [line, line + 1], []
    state.push("dt_close", "dt", -1)
    return line + 1


def _below(state: StateBlock, start: int, end: int) -> int:
    """Give the line that defines what stands at a line, or -1.

    It is the next, perhaps below more terms or a blank.
    """
    if not _has_definitions(state.src):
        return -1
    line = start + 1
    if line < end and not state.isEmpty(line):
        line = _below_terms(state, line, end)
    if line < end and state.isEmpty(line):
        line += 1
    return line if line < end and _defines(state, line) else -1


@lru_cache(maxsize=2)  # a page's text, and that of a docstring in it
def _has_definitions(text: str) -> bool:
    """Whether any line of a text defines something: few texts have one."""
    return _COLON.search(f"\n{text}") is not None


def _below_terms(state: StateBlock, line: int, end: int) -> int:
    """The line after those of a paragraph that may be terms."""
    for below in range(line, min(line + _MOST_TERMS, end)):
        if state.isEmpty(below) or _defines(state, below) or state.sCount[below] < state.blkIndent:
            return below
        if ends_paragraph(state, below, end):
            return below
    return end


def _defines(state: StateBlock, line: int) -> bool:
    """Tell whether a line is a colon, a space and something."""
    position = state.bMarks[line] + state.tShift[line]
    return (
        state.src[position : position + 2] in {": ", ":\t"}
        and state.skipSpaces(position + 1) < state.eMarks[line]
        and state.sCount[line] - state.blkIndent <= _DEEPEST
    )


def _is_term(state: StateBlock, start: int, line: int) -> bool:
    """Tell whether a line can be what the other one defines.

    No seam of chunks makes a term, and what a callout is marked by is none.
    """
    if state.src.startswith("[!", state.bMarks[start] + state.tShift[start]):
        return False
    if _defines(state, start) or state.sCount[start] - state.blkIndent > _DEEPEST:
        return False
    if state.sCount[line] < state.blkIndent:
        return False
    sections = state.env["page"].document.sections
    return not any(start < section.line <= line for section in sections)


def _definition(state: StateBlock, line: int, end: int, *, is_loose: bool) -> None:
    """Take one definition: all that is two columns further in than its colon."""
    opening = state.push("dd_open", "dd", 1)
    opening.map = [line, line]
    first, colon = len(state.tokens), state.bMarks[line] + state.tShift[line]
    content = state.skipSpaces(colon + 1)
    column = state.sCount[line]
    kept = state.tight, state.ddIndent, state.blkIndent, state.parentType
    kept_line = state.tShift[line], state.sCount[line]
    state.blkIndent = state.ddIndent = column + 2
    state.tShift[line] = content - state.bMarks[line]
    state.sCount[line] = max(column + content - colon, state.blkIndent)
    state.tight, state.parentType = True, "deflist"
    state.md.block.tokenize(state, line, end)
    if state.tight and not is_loose:
        _without_paragraphs(state.tokens, first, state.level)
    state.tight, state.ddIndent, state.blkIndent, state.parentType = kept
    state.tShift[line], state.sCount[line] = kept_line
    opening.map[1] = state.line
    state.push("dd_close", "dd", -1)


def _without_paragraphs(tokens: list[Token], first: int, level: int) -> None:
    for token in tokens[first:]:
        if token.level == level and token.type in {"paragraph_open", "paragraph_close"}:
            token.hidden = True
