"""Tabs of directives and containers: in a set that is written, or one below the other."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.render.anchors import plain_label
from sitegen.render.syntax.containers import Inside, component_around, push_body

_SET, _ROW = "level_in_tabs", "row_of_tabs"
"""How deep the tabs of the set around lie, and the tags around those just pushed."""


def push_tabs(state: StateBlock, inside: Inside) -> None:
    """Push a set of tabs."""
    with component_around(state, "Tabs", {}, inside):
        around = state.env.get(_SET)
        state.env[_SET] = state.level
        push_body(state, inside)
        state.env[_SET] = around
    state.line = inside.after


def push_tab(state: StateBlock, label: str, inside: Inside) -> None:
    """Push a tab; those that follow each other without a set around them are one."""
    if state.env.get(_SET) == state.level:
        _push(state, label, inside)
        return
    start, opening = state.line, _row_above(state) or state.push("component_open", "", 1)
    _push(state, label, inside)
    opening.info, opening.map = "Tabs", [opening.map[0] if opening.map else start, inside.last]
    closing = state.push("component_close", "", -1)
    closing.info = "Tabs"
    state.env[_ROW] = opening, closing


def _row_above(state: StateBlock) -> Token | None:
    """Open the tabs right above again, if there are any, and give the tag that they begin with."""
    row: tuple[Token, Token] | None = state.env.get(_ROW)
    if row is None or not state.tokens or state.tokens[-1] is not row[1]:
        return None
    state.tokens.pop()
    state.level += 1
    return row[0]


def _push(state: StateBlock, label: str, inside: Inside) -> None:
    with component_around(state, "TabItem", {"label": plain_label(state, label)}, inside):
        push_body(state, inside)
    state.line = inside.after
