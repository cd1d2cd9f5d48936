"""Block rules for what reStructuredText writes otherwise: directives, targets, literal blocks."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.ruler import StateBase
from markdown_it.rules_block import StateBlock

from sitegen.render.components.callouts import FOLDED, KINDS, VERSIONS, title_of
from sitegen.render.syntax.containers import Directive, Inside, push_callout, push_code, push_target
from sitegen.render.syntax.described import NAMES, further_signatures
from sitegen.render.syntax.directives import DIRECTIVES, push_directive
from sitegen.render.syntax.lines import LEAST_INDENT, indented_to, line_begun_at, stripped_line
from sitegen.render.syntax.options import options
from sitegen.render.syntax.page_form import is_restructured
from sitegen.scan import DEEPEST
from sitegen.scan.patterns import rare

_DIRECTIVE = re.compile(r"\.\. (?P<name>[A-Za-z][\w-]*+(?::[\w-]++)?)::[ \t]*(?P<said>[^\n]*)")
_TARGET = re.compile(
    r"\.\. _(?!_)(?P<label>`[^`\n]+`|[^:`\n]+):"
    r"(?:[ \t]+(?:(?P<goal>[^\s<>`]*[^\s<>`_])|(?P<ticks>`?)(?P<name>[^\n`]+)(?P=ticks)_))?[ \t]*"
)
_NAMELESS = re.compile(r"(?:\.\. __:|__)[ \t]+(?P<goal>[^\s`<>]+)[ \t]*")
ANONYMOUS = "anonymous"
"""By this name the environment holds where links without a name lead, in their order."""
_PLACES = "places"  # by this name it holds where those lead that name what is on the page
_FURTHEST = 10  # names that stand for each other
_REMARK = rare(r"\.\.(?:[ \t]++(?!_|\||\[|[\w:-]+::)\S|[ \t]*$)")
_MARKDOWN = rare(r"(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]|>|`{3}|~{3}")
_FENCE = rare(r"`{3}|~{3}")


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a callout or code as a directive, ``.. note::``, whose body stands further in."""
    position = state.bMarks[start] + state.tShift[start]
    match = _DIRECTIVE.fullmatch(state.src, position, state.eMarks[start])
    name = match["name"].lower() if match else ""
    if match is None or not (name in KINDS or name in DIRECTIVES):
        return False
    last = body_end(state, start, end)
    if name in KINDS and not (match["said"] or last > start + 1):
        return False
    if silent:
        return True
    said = further_signatures(state, start + 1, last) if name in NAMES else start + 1
    asked, first = options(state, said, last)
    while first < last and state.isEmpty(first):
        first += 1
    inside = Inside(first, last, last)
    if name not in KINDS:
        return push_directive(state, Directive(name, match["said"].strip(), asked, inside))
    _push_callout(state, name, match, inside)
    return True


def link_target(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``.. _id:``, a place for links, and ``.. _words: address``, which such links lead to.

    ``__ address`` is where the next link without a name leads.
    """
    position = state.bMarks[start] + state.tShift[start]
    if nameless := _NAMELESS.fullmatch(state.src, position, state.eMarks[start]):
        if is_restructured(state) and not silent:
            state.env.setdefault(ANONYMOUS, []).append(nameless["goal"])
            state.line = start + 1
        return is_restructured(state)
    match = _TARGET.fullmatch(state.src, position, state.eMarks[start])
    if match is None or silent:
        return match is not None
    state.line = start
    label = match["label"].strip("`")
    if match["goal"]:
        known = state.env.setdefault("references", {})
        known.setdefault(normalizeReference(label), {"title": "", "href": match["goal"]})
    elif match["name"]:
        add_place(state, label, f"{match['name']}_")
    else:
        add_place(state, label, f"#{push_target(state, label)}")
    state.line = start + 1
    return True


def add_place(state: StateBase, name: str, goal: str) -> None:
    """Note where a name leads, unless it does already: to an id, or where ``another_`` leads."""
    state.env.setdefault(_PLACES, {}).setdefault(normalizeReference(name), goal)


def goal_of(state: StateBase, name: str) -> str:
    """Where a link leads that says a name of this page; empty where nothing is called so."""
    known, places = state.env.get("references", {}), state.env.get(_PLACES, {})
    for _ in range(_FURTHEST):
        key = normalizeReference(name)
        goal: str = known[key]["href"] if key in known else places.get(key, "")
        if key in known or goal.startswith("#") or not goal:
            return goal
        name = goal.removesuffix("_")
    return ""


def remark(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a comment and what stands further in, on a page that says it is no Markdown."""
    position = state.bMarks[start] + state.tShift[start]
    if not _REMARK.match(state.src, position, state.eMarks[start]) or not is_restructured(state):
        return False
    if not silent:
        is_empty = stripped_line(state, start) == ".." and state.isEmpty(start + 1)
        state.line = start + 1 if is_empty else body_end(state, start, end)
    return True


def literal(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what stands further in below a sentence that ends with ``::`` as code.

    A fence is none, nor are a list and a quote that Markdown may move in so far.
    """
    indent = state.sCount[start] - state.blkIndent
    if indent < 1 or silent or len(state.tokens) < 2:
        return False
    said, closing = state.tokens[-2:]
    if closing.type != "paragraph_close" or not said.content.endswith("::"):
        return False
    if said.content.startswith(".. "):  # a directive
        return False
    is_none = _FENCE if indent > DEEPEST or is_restructured(state) else _MARKDOWN
    last = body_end(state, start - 1, end, state.blkIndent)
    if last == start or is_none.match(stripped_line(state, start)):
        return False
    words = said.content.removesuffix("::")
    said.content = words.rstrip() if words[-1:].isspace() else f"{words}:"
    if not words:
        del state.tokens[-3:]
    push_code(state, "", {}, Inside(start, last, last))
    state.line = last
    return True


def body_end(state: StateBlock, start: int, end: int, than: int | None = None) -> int:
    """Find the line after a body: one blank is enough on a page that is no Markdown."""
    than = state.sCount[start] if than is None else than
    return indented_to(state, start, end, than - (LEAST_INDENT - 1) * is_restructured(state))


def _push_callout(state: StateBlock, name: str, match: re.Match[str], inside: Inside) -> None:
    """Push a callout; what stands behind its name is its title, or where its text begins."""
    attributes, said, title = {"kind": KINDS[name], "title": title_of(name)}, match["said"], ""
    if name in FOLDED:
        attributes["fold"] = "closed"
    if name in VERSIONS and said:
        version, _, said = said.partition(" ")
        attributes["title"] = state.env["page"].say(f"{VERSIONS[name]} in {{}}", version)
    elif name in {"admonition", *FOLDED}:
        title, said = said, ""
    if said:
        with line_begun_at(state, state.line, match.end() - len(said), inside.last):
            push_callout(state, attributes, title, inside._replace(first=state.line))
    else:
        push_callout(state, attributes, title, inside)
