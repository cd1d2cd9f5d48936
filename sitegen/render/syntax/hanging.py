"""Lists of reStructuredText: terms over what they mean, fields, options, numbered items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.render.context import PageContext
from sitegen.render.syntax.containers import Inside, element_around, push_body, push_inline
from sitegen.render.syntax.lines import (
    ends_paragraph,
    line_begun_at,
    stripped_line,
)
from sitegen.render.syntax.page_form import is_restructured
from sitegen.render.syntax.restructured import body_end
from sitegen.scan.patterns import rare

_FIELD = rare(r":(?P<name>[^\s:`](?:[^:`\n]|`[^`\n]*`)*):(?:[ \t]+|$)")
_ITEM = rare(r"#\.[ \t]+(?=\S)")
_OPTION = (
    r"(?:-[A-Za-z\d](?:[ =]?(?:[A-Z][\w-]*|<[^<>\n]+>))?"
    r"|--[A-Za-z\d][\w-]*(?:[ =](?:[A-Za-z][\w-]*|<[^<>\n]+>))?|/[A-Z]\w*)"
)
_OPTIONS = rare(rf"(?P<said>{_OPTION}(?:, {_OPTION})*)(?:[ ]{{2,}}(?=\S)|[ \t]*$)")
_MARKED = rare(rf"{_FIELD.pattern}|{_ITEM.pattern}", re.MULTILINE)
_OF_CALL = rare(
    r"(?P<kind>param(?:eter)?|arg(?:ument)?|key(?:word)?|kwarg|[ic]?var|raises?|except(?:ion)?)"
    r"[ \t]+(?:(?P<type>[^\s`][^`]*?)[ \t]+)?(?P<name>[^\s`]+)"
)
_OUTCOMES = {"return": "Returns", "returns": "Returns", "yield": "Yields", "yields": "Yields"}
_CLASSIFIED = rare(r"[ \t]:[ \t].*")  # behind a term: of what type it is
_NO_TERM = rare(r"\.\.(?:[ \t]|$)|.*::$")  # what is marked as something else, or says code
_OF_PAGES = frozenset(("hide-toc", "nocomments", "nosearch", "orphan", "tocdepth"))
"""Fields at the head of a page that say how it is made."""


def terms(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take terms, each over what stands further in right below it: in Markdown it is one text."""
    if silent or not is_restructured(state) or not _is_term(state, start, end):
        return False
    state.push("dl_open", "dl", 1).map = [start, start + 1]
    line = start
    while line == start or _is_next_term(state, start, line, end):
        last = body_end(state, line, end)
        with element_around(state, "dt", "dt", line):
            push_inline(state, _CLASSIFIED.sub("", stripped_line(state, line)), line)
        with element_around(state, "dd", "dd", line + 1):
            push_body(state, Inside(line + 1, last, last))
        state.line, line = last, state.skipEmptyLines(last)
    state.push("dl_close", "dl", -1)
    return True


def _is_term(state: StateBlock, line: int, end: int) -> bool:
    below = line + 1
    return (
        below < end
        and not state.isEmpty(line)
        and not state.isEmpty(below)
        and state.sCount[below] > state.sCount[line]
        and not _NO_TERM.match(stripped_line(state, line))
    )


def _is_next_term(state: StateBlock, start: int, line: int, end: int) -> bool:
    """Whether a line below terms is one too, and begins nothing else."""
    return (
        line < end
        and state.sCount[line] == state.sCount[start]
        and _is_term(state, line, end)
        and not _MARKED.match(state.src, state.bMarks[line] + state.tShift[line])
        and not ends_paragraph(state, line, end)
    )


def fields(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``:name: words`` as terms too; those that say how a page is made are not shown."""
    if silent or not is_restructured(state):
        return False
    found = list(_marked(state, start, end, _FIELD))
    if not found:
        return False
    is_head = not state.tokens
    shown = [each for each in found if not (is_head and each[1]["name"].lower() in _OF_PAGES)]
    if shown:
        state.push("dl_open", "dl", 1).map = [start, start + 1]
        for line, match, last in shown:
            with element_around(state, "dt", "dt", line):
                push_inline(state, _called(match["name"], state.env["page"]), line)
            with element_around(state, "dd", "dd", line):
                _push_rest(state, match.end(), Inside(line, last, last))
        state.push("dl_close", "dl", -1)
    state.line = found[-1][2]
    return True


def _called(field: str, page: PageContext) -> str:
    """What a field is called; those of a call name a parameter, or say what comes of it."""
    match = _OF_CALL.fullmatch(field)
    if match is None:
        title = _OUTCOMES.get(field.lower())
        return page.say(title) if title else field
    name = f"`{match['name']}`"
    if match["kind"][0] in "er":
        return f"{page.say('Raises')} {name}"
    return f"{name} ({match['type']})" if match["type"] else name


def numbered(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take items behind ``#.``, which number themselves."""
    if silent or not is_restructured(state):
        return False
    found = list(_marked(state, start, end, _ITEM))
    if not found:
        return False
    first = len(state.tokens)
    opening = state.push("ordered_list_open", "ol", 1)
    opening.markup, opening.map = ".", [start, found[-1][2]]
    for line, match, last in found:
        with element_around(state, "list_item", "li", line):
            _push_rest(state, match.end(), Inside(line, last, last))
    state.push("ordered_list_close", "ol", -1).markup = "."
    last = found[-1][2]
    while state.isEmpty(last - 1):
        last -= 1
    if not any(map(state.isEmpty, range(start, last))):
        _make_tight(state.tokens[first:], opening.level + 2)
    state.line = found[-1][2]
    return True


def option_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take options of a command, each beside or over what it does, as terms."""
    if silent or not is_restructured(state):
        return False
    found = [
        (line, match, last)
        for line, match, last in _marked(state, start, end, _OPTIONS)
        if match.end() < state.eMarks[line] or last > line + 1
    ]
    if not found or found[0][0] != start:
        return False
    state.push("dl_open", "dl", 1).map = [start, found[-1][2]]
    for line, match, last in found:
        with element_around(state, "dt", "dt", line):
            push_inline(state, ", ".join(map("`{}`".format, match["said"].split(", "))), line)
        with element_around(state, "dd", "dd", line):
            _push_rest(state, match.end(), Inside(line, last, last))
    state.push("dl_close", "dl", -1)
    state.line = found[-1][2]
    return True


def _make_tight(tokens: Iterable[Token], level: int) -> None:
    """Show the items of a list as lines, as those of Markdown without blank lines are."""
    for token in tokens:
        if token.type in {"paragraph_open", "paragraph_close"}:
            token.hidden |= token.level == level


def _marked(
    state: StateBlock, start: int, end: int, mark: re.Pattern[str]
) -> Iterator[tuple[int, re.Match[str], int]]:
    """Yield neighbouring lines that begin with a mark, and the line behind what belongs to each."""
    line = start
    while line < end and state.sCount[line] == state.sCount[start]:
        position = state.bMarks[line] + state.tShift[line]
        match = mark.match(state.src, position, state.eMarks[line])
        if match is None:
            return
        last = body_end(state, line, end)
        yield line, match, last
        line = state.skipEmptyLines(last)


def _push_rest(state: StateBlock, position: int, inside: Inside) -> None:
    """Push a body that begins behind a mark."""
    with line_begun_at(state, inside.first, position, inside.last):
        push_body(state, inside)
