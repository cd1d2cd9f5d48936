"""Options at the head of a directive: ``:class: x`` of MyST, indented ``open: True`` of MkDocs."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from sitegen.render.syntax.lines import stripped_line
from sitegen.scan.patterns import rare

_OPTION = rare(r":(?P<name>[\w-]+):(?:\s+(?P<value>.*?))?\s*")
_SETTING = rare(r"(?P<name>[\w-]+):(?:\s+(?P<value>.*?))?\s*")
_QUOTED = rare(r"(['\"])([^'\"]*)\1")
_GOES_ON = frozenset((">", "|", ">-", "|-"))
_MORE = rare(r":\s+(.*?)\s*")
_RULE = "---"
_INDENT = 4  # columns by which blocks of MkDocs indent their options


def options(state: StateBlock, first: int, last: int) -> tuple[dict[str, str], int]:
    """The options of a directive by name, and the first line of its body.

    MyST writes them with colons, or as YAML between two ``---``.
    """
    form, line = _OPTION, first
    if is_block := line < last and stripped_line(state, line) == _RULE:
        form, line = _SETTING, line + 1
    found: dict[str, str] = {}
    while line < last and (option := form.fullmatch(stripped_line(state, line))):
        value, line = option["value"] or "true", line + 1
        if value in _GOES_ON:
            value, line = _further(state, line, last)
        found[option["name"]] = _unquoted(value)
        while is_block and line < last and state.isEmpty(line):
            line += 1
    if is_block:
        if not found or line == last or stripped_line(state, line) != _RULE:
            return {}, first
        line += 1
    return found, _below(state, first, line, last)


def settings(state: StateBlock, first: int, last: int) -> tuple[dict[str, str], int]:
    """The options of a block of MkDocs by name, and the first line of its body."""
    line, found = first, dict[str, str]()
    while line < last and state.sCount[line] - state.blkIndent >= _INDENT:
        option = _SETTING.fullmatch(stripped_line(state, line))
        if option is None:
            return {}, first
        found[option["name"]] = _unquoted(option["value"] or "true")
        line += 1
    return found, _below(state, first, line, last)


def _further(state: StateBlock, line: int, last: int) -> tuple[str, int]:
    """What the lines below an option go on with, as in ``:header: >``, and the line behind them."""
    lines = []
    while line < last and (more := _MORE.fullmatch(stripped_line(state, line))):
        lines.append(more[1])
        line += 1
    return " ".join(lines), line


def _unquoted(value: str) -> str:
    whole = _QUOTED.fullmatch(value)
    return whole[2] if whole else value


def _below(state: StateBlock, first: int, line: int, last: int) -> int:
    """The line where what follows some options begins; blank lines count if there are options."""
    while first < line < last and state.isEmpty(line):
        line += 1
    return line
