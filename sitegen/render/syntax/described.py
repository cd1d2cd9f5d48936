"""Objects that Sphinx describes by hand or by their docstrings, as cards of the API."""

from __future__ import annotations

from contextlib import AbstractContextManager

from markdown_it.rules_block import StateBlock

from sitegen.errors import Severity
from sitegen.model.objects import qualified
from sitegen.render.context import PageContext
from sitegen.render.syntax.autodoc import known_object, push_marker
from sitegen.render.syntax.containers import (
    Directive,
    Inside,
    component_around,
    element_around,
    push_body,
    push_inline,
    push_paragraph,
)
from sitegen.render.twin.pieces import code_span
from sitegen.scan.described import AUTO, KINDS, Described, described

NAMES = (*KINDS, *(f"py:{name}" for name in KINDS))
"""The directives that describe one."""
AUTO_NAMES = tuple(AUTO)
"""The directives that name one which its docstring describes."""
SETTINGS = (
    *("cmdoption", "confval", "describe", "envvar", "object", "option"),
    *("rst:directive", "rst:role"),
    *(
        f"{domain}:{kind}"
        for domain, kinds in {
            "c": "enum enumerator function macro member struct type union var",
            "cpp": "alias class concept enum enumerator function member struct type var",
            "http": "any delete get head options patch post put",
            "js": "attribute class data function method",
        }.items()
        for kind in kinds.split()
    ),
)
"""Those of settings, and of parts of programs in other languages than Python."""
_BARE = "autodoc_without_docs"
_SAID = ("type", "default")  # of a setting


def description(state: StateBlock, directive: Directive) -> None:
    """Show the card of an object: how it is called, over what is said of it.

    Each way to call it has a card; the last is around the words.
    """
    found, inside = object_at(state, state.line), directive.inside
    last = further_signatures(state, state.line + 1, inside.after)
    for line in range(state.line + 1, last):
        if found:
            with _card(state, found, Inside(line, line, line)):
                pass
        found = object_at(state, line)
    if found:
        with _card(state, found, inside):
            push_body(state, inside)


def documented(state: StateBlock, directive: Directive) -> None:
    """Show the card of an object by its docstring, over what else is said of it."""
    found, (first, last, after) = object_at(state, state.line), directive.inside
    if found is None or found.marker is None:
        return
    page: PageContext = state.env["page"]
    if not known_object(page, qualified(found.name, page.package)) and not state.env.get(_BARE):
        state.env[_BARE] = True
        message = "objects of Sphinx's autodoc (autoclass) are shown by their names alone"
        help = "name their package in api.packages, and its folder in api.search_paths"
        page.report("dialect", message, severity=Severity.INFO, help=help, line=state.line)
    push_marker(state, found.marker, (state.line, after))
    if first < last:
        push_body(state, directive.inside)


def setting(state: StateBlock, directive: Directive) -> None:
    """Show an option, a setting, or what is no object of Python, over what is said of it."""
    said = [f"{name}: {directive.asked[name]}" for name in _SAID if name in directive.asked]
    state.push("dl_open", "dl", 1).map = [state.line, directive.inside.last]
    domain, _, kind = directive.name.partition(":")
    called = f"{kind.upper()} {directive.said}" if domain == "http" else directive.said
    with element_around(state, "dt", "dt", state.line):
        push_inline(state, code_span(called), state.line)
    with element_around(state, "dd", "dd", state.line):
        if said:
            push_paragraph(state, ", ".join(said))
        push_body(state, directive.inside)
    state.push("dl_close", "dl", -1)


def _card(state: StateBlock, found: Described, inside: Inside) -> AbstractContextManager[None]:
    attributes = {"name": found.called, "id": found.name, "kind": found.kind, "source": ""}
    if found.parameters is not None:
        attributes["signature"] = found.parameters
    return component_around(state, "autodoc", attributes, inside)


def further_signatures(state: StateBlock, line: int, last: int) -> int:
    """The line behind those that say further ways to call what is described above them."""
    while line < last and (found := object_at(state, line)) and found.goes_on:
        line += 1
    return line


def object_at(state: StateBlock, line: int) -> Described | None:
    """The object that a line of a page begins to describe, if it does."""
    source, known = state.env.get("described", ("", {}))
    if source is not state.src:
        known = described(state.src)
        state.env["described"] = state.src, known
    found: Described | None = known.get(line)
    return found
