"""Pushing containers: a callout, and the lines of its body, as tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from sitegen.render.components.alerts import title_tokens
from sitegen.render.syntax.blocks import DEEPEST, too_deep


class Inside(NamedTuple):
    """What a marker is around: lines of a body, and the line after all of it."""

    first: int
    last: int
    after: int


def push_callout(
    state: StateBlock, attributes: Mapping[str, str], title: str, inside: Inside
) -> None:
    """Push a callout around a body; a title of its own is Markdown."""
    opening, start = state.push("component_open", "", 1), state.line
    opening.info, opening.attrs, opening.map = "alert", dict(attributes), [start, inside.last]
    if title:
        state.tokens += title_tokens(title, start, state.level)
    push_body(state, inside)
    state.push("component_close", "", -1).info = "alert"
    state.line = inside.after


def push_body(state: StateBlock, inside: Inside) -> None:
    """Tokenize lines as Markdown of their own, their common indent taken off."""
    first, last, _ = inside
    kept = state.lineMax, state.blkIndent, state.listIndent, state.parentType
    indents = [state.sCount[line] for line in range(first, last) if not state.isEmpty(line)]
    state.lineMax, state.listIndent, state.parentType = last, -1, "root"
    state.blkIndent = min(indents, default=state.blkIndent)
    if indents and state.level > DEEPEST:
        source = state.getLines(first, last, state.blkIndent, keepLastLF=False)
        too_deep(state, first, last - 1, source)
    elif indents:
        state.md.block.tokenize(state, first, last)
    state.lineMax, state.blkIndent, state.listIndent, state.parentType = kept
