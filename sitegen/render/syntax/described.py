"""Objects that Sphinx describes by hand, as cards of the API."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from sitegen.render.syntax.containers import Directive, component_around, push_body
from sitegen.scan.described import KINDS, Described, described

NAMES = (*KINDS, *(f"py:{name}" for name in KINDS))
"""The directives that describe one."""


def description(state: StateBlock, directive: Directive) -> None:
    """Show the card of an object: how it is called, over what is said of it."""
    found = object_at(state)
    if found is None:
        return
    attributes = {"name": found.called, "id": found.name, "kind": found.kind, "source": ""}
    if found.parameters is not None:
        attributes["signature"] = found.parameters
    with component_around(state, "autodoc", attributes, directive.inside):
        push_body(state, directive.inside)


def object_at(state: StateBlock) -> Described | None:
    """The object that the current line of a page begins to describe, if it does."""
    source, known = state.env.get("described", ("", {}))
    if source is not state.src:
        known = described(state.src)
        state.env["described"] = state.src, known
    found: Described | None = known.get(state.line)
    return found
