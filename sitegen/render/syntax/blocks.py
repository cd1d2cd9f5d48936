"""Block rules that make components of tags; bodies are tokenized as Markdown in place."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.render.components.registry import COMPONENTS
from sitegen.render.syntax.lines import Cut, Piece, last_line_of_unclosed, line_of, start_line_at
from sitegen.render.syntax.marks import Mark, mark_at
from sitegen.scan.patterns import rare

_ONE_LINE_FENCE = re.compile(r"\s*```(\w+)[ \t]+([^`\n]*[^`\s])[ \t]*```[ \t]*")
_LABEL = rare(
    r"[ \t]*(\S+)[ \t]+"
    r"(?:\[([^\]]+)\].*|title=\"([^\"]+)\".*|([^\s={}\[\"][^={}\[\"]*?)(?:[ \t]+\{.*)?)[ \t]*"
)
CODE_GROUP = "CodeGroup"
DEEPEST = 60
"""Components in each other; Python's own stack ends somewhere."""


def component_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Open a container at a component's tag, tokenize its body as Markdown, and close it."""
    position = state.bMarks[start] + state.tShift[start]
    if state.src[position : position + 1] not in {"<", "{"}:
        return False
    mark = mark_at(state.src, position)
    if mark is None or (mark.name in COMPONENTS and COMPONENTS[mark.name].inline):
        return False
    return silent or components_at(state, mark, start, end)


def components_at(state: StateBlock, mark: Mark, line: int, end: int) -> bool:
    """Take the component whose tag begins on a line, and those that follow it on its last line.

    What else stands there is content of its own.
    """
    first = line
    saved = state.bMarks[line], state.tShift[line], state.sCount[line]
    while True:
        reached = _one(state, mark, line, end)
        if reached is None:
            state.bMarks[line], state.tShift[line], state.sCount[line] = saved
            return line > first
        if reached[0] != line:
            line = reached[0]
            saved = state.bMarks[line], state.tShift[line], state.sCount[line]
        rest = state.src[reached[1] : state.eMarks[line]]
        state.line = line + 1
        if not rest.strip():
            break
        start_line_at(state, line, reached[1])
        following = mark_at(state.src, state.bMarks[line] + state.tShift[line])
        if following is None:
            state.md.block.tokenize(state, line, line + 1)
            state.line = line + 1
            break
        mark = following
    state.bMarks[line], state.tShift[line], state.sCount[line] = saved
    return True


def _one(state: StateBlock, mark: Mark, line: int, end: int) -> tuple[int, int] | None:
    """Push the tokens of one component; answer the line and position after it."""
    tag_line = line_of(state, mark.end, line, end)
    if tag_line is None:
        return None
    if mark.closing or mark.name == "else":
        if mark.name not in COMPONENTS or not COMPONENTS[mark.name].leaf:
            _report(state, line, "component-stray-end", f"{written(mark)} closes nothing")
        return tag_line, mark.end
    if mark.single:
        _push_leaf(state, mark, mark.attributes, (line, tag_line))
        return tag_line, mark.end
    last = line_of(state, mark.stop, tag_line, end) if mark.stop >= 0 else None
    if not mark.closed or last is None:
        remedy = f"write {closing_of(mark.name)} after its body"
        _report(state, line, "component-unclosed", f"{written(mark)} is never closed", remedy)
    if last is None:
        last = last_line_of_unclosed(state, tag_line, end)
        piece = Piece(tag_line, mark.end, last, state.eMarks[last])
        after = state.eMarks[last]
    else:
        piece = Piece(tag_line, mark.end, last, mark.stop)
        after = mark.after
    if state.level > DEEPEST:
        too_deep(state, line, last, state.src[mark.start : after])
        return last, after
    if mark.name == "if":
        _branches(state, mark, line, piece)
    elif COMPONENTS[mark.name].verbatim:
        source = {"source": state.src[mark.end : piece.stop]}
        _push_leaf(state, mark, mark.attributes | source, (line, last))
    else:
        _container(state, mark.name, mark.attributes, piece, line)
    return last, after


def too_deep(state: StateBlock, line: int, last: int, source: str) -> None:
    """Show a component that stands too deep as it is written."""
    message = f"components nest deeper than {DEEPEST} levels; those beyond are shown as written"
    _report(state, line, "nesting-too-deep", message)
    token = state.push("fence", "code", 0)
    token.content, token.map = source + "\n", [line, last + 1]


def _container(
    state: StateBlock, name: str, attributes: dict[str, str], piece: Piece, line: int
) -> None:
    opening = state.push("component_open", "", 1)
    opening.info = name
    opening.attrs = dict(attributes)
    opening.map = [line, piece.last + 1]
    if code := _ONE_LINE_FENCE.fullmatch(state.src, piece.start, piece.stop):
        fence = state.push("fence", "code", 0)
        fence.info, fence.content, fence.markup = code[1], code[2] + "\n", "```"
        fence.map = [piece.first, piece.last + 1]
    else:
        with Cut(state, piece):
            state.md.block.tokenize(state, piece.first, piece.last + 1)
    if name == CODE_GROUP:
        make_tabs_of_code(state, opening)
    state.push("component_close", "", -1).info = opening.info


def make_tabs_of_code(state: StateBlock, group: Token) -> None:
    """Make tabs of a group, one of each fence in it, called by what stands behind its language."""
    group.info = "Tabs"
    at = next(n for n in range(len(state.tokens) - 1, -1, -1) if state.tokens[n] is group)
    inner = state.tokens[at + 1 :]
    del state.tokens[at + 1 :]
    for token in inner:
        if token.type != "fence" or token.level != group.level + 1:
            state.tokens.append(token)
            continue
        label = _LABEL.fullmatch(token.info)
        opening = state.push("component_open", "", 1)
        opening.info, opening.map = "TabItem", token.map
        opening.attrs = {"label": (label and (label[2] or label[3] or label[4])) or token.info}
        if label:
            token.info = label[1]
        state.tokens.append(token)
        state.push("component_close", "", -1).info = "TabItem"


def _branches(state: StateBlock, mark: Mark, line: int, piece: Piece) -> None:
    """Push ``{#if}`` as a component that holds a branch for each of its parts."""
    opening = state.push("component_open", "", 1)
    opening.info = "if"
    opening.map = [line, piece.last + 1]
    edges = [m for m in mark.separators if m.end <= piece.stop]
    at = piece.first
    for begin, until in zip([mark, *edges], [*edges, None], strict=True):
        stop = until.start if until else piece.stop
        first = line_of(state, begin.end, at, piece.last + 1)
        last = line_of(state, stop, at, piece.last + 1)
        if first is not None and last is not None:
            attributes = branch_attributes(begin, mark)
            _container(state, "branch", attributes, Piece(first, begin.end, last, stop), first)
            at = last
    state.push("component_close", "", -1).info = "if"


def branch_attributes(begin: Mark, mark: Mark) -> dict[str, str]:
    """Say for which expression a branch stands; ``otherwise`` names the one that it negates."""
    if expression := begin.attributes["expression"]:
        return {"expression": expression}
    return {"otherwise": mark.attributes["expression"]}


def _push_leaf(
    state: StateBlock, mark: Mark, attributes: dict[str, str], lines: tuple[int, int]
) -> None:
    token = state.push("component", "", 0)
    token.info = mark.name
    token.attrs = dict(attributes)
    token.map = [lines[0], lines[1] + 1]
    if mark.malformed:
        token.meta["malformed"] = state.src[mark.start : mark.end]


def written(mark: Mark) -> str:
    """Write a tag as authors do, without its attributes."""
    if mark.name in {"if", "else"}:
        return "{/if}" if mark.closing else "{:else}" if mark.name == "else" else "{#if}"
    return f"<{'/' * mark.closing}{mark.name}>"


def closing_of(name: str) -> str:
    """Write the closing tag of a component."""
    return "{/if}" if name == "if" else f"</{name}>"


def _report(state: StateBlock, line: int, code: str, message: str, remedy: str = "") -> None:
    state.env["page"].report(code, message, help=remedy, line=line)
