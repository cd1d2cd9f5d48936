"""Inline rules that make components of tags inside a sentence, a heading or a table cell."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.errors import Severity, nearly
from sitegen.render.components.registry import COMPONENTS, tag_names
from sitegen.render.html.allow_list import is_of_another
from sitegen.render.html.element import KNOWN
from sitegen.render.syntax.blocks import branch_attributes, closing_of, written
from sitegen.render.syntax.marks import Mark, mark_at
from sitegen.scan.patterns import rare
from sitegen.scan.tags import parse_tag

_LONGEST_UNKNOWN = 300
_ALIKE = 0.65  # of two names, where one may be meant by the other: `Tpi` by `Tip`
_DEEPEST = 40  # containers in each other within one text
_NAME = re.compile(r"</?([A-Za-z][\w.-]{0,40})(?=[\s/>])")
_SVELTE_SPACE = rare(r"\{(?:(['\"])\s*\1|/\*[^{}]*?\*/)\}|\{\{/\*[^{}]*?\*/\}\}")


def component_inline(state: StateInline, silent: bool) -> bool:
    """Take component tags inside a sentence or a table cell."""
    if state.src[state.pos] not in "<{":
        return False
    mark = mark_at(state.src, state.pos)
    if mark is None or mark.end > state.posMax:
        return _svelte_space(state, silent) or _unknown(state, silent)
    if silent:
        state.pos = mark.end
    elif mark.closing or mark.name == "else":
        if mark.name not in COMPONENTS or not COMPONENTS[mark.name].leaf:
            problem(state, "component-stray-end", f"{written(mark)} closes nothing")
        drop(state, mark.end)
    elif mark.single:
        _leaf(state, mark, mark.attributes, mark.end)
    elif not 0 <= mark.stop <= state.posMax or state.level > _DEEPEST:
        remedy = f"write {closing_of(mark.name)} after its body"
        problem(state, "component-unclosed", f"{written(mark)} is never closed", remedy)
        if mark.attributes:
            drop(state, mark.end)
        else:  # a word, rather: "press <Tab>"
            _push_tag(state, mark.end)
    elif mark.name == "if":
        _branches(state, mark)
    elif COMPONENTS[mark.name].verbatim:
        source = {"source": state.src[mark.end : mark.stop]}
        _leaf(state, mark, mark.attributes | source, mark.after)
    else:
        tags = (mark.start, mark.end), (mark.stop, mark.after)
        push_container(state, mark.name, mark.attributes, *tags)
        state.pos = mark.after
    return True


def drop(state: StateInline, end: int, instead: str = "") -> None:
    """Go on at a place; what is written up to there is not shown, or as something else."""
    state.pending += instead
    token = state.push("dropped", "", 0)
    token.content, token.meta["span"] = instead, (state.pos, end)
    state.pos = end


def _leaf(state: StateInline, mark: Mark, attributes: dict[str, str], after: int) -> None:
    token = push_leaf(state, mark.name, attributes, after)
    if mark.malformed:
        token.meta["malformed"] = state.src[mark.start : mark.end]


def push_leaf(state: StateInline, name: str, attributes: dict[str, str], end: int) -> Token:
    """Push a component without a body that stands up to a place, and go on there."""
    token = state.push("component", "", 0)
    token.info, token.attrs = name, dict(attributes)
    token.meta["span"] = (state.pos, end)
    state.pos = end
    return token


def push_container(
    state: StateInline,
    name: str,
    attributes: dict[str, str],
    opened: tuple[int, int],
    closed: tuple[int, int],
) -> None:
    """Push a component with what stands between two tags, given by where they begin and end."""
    token = state.push("component_open", "", 1)
    token.info, token.attrs, token.meta["span"] = name, dict(attributes), opened
    limit = state.posMax
    state.pos, state.posMax = opened[1], closed[0]
    state.md.inline.tokenize(state)
    state.posMax = limit
    token = state.push("component_close", "", -1)
    token.info, token.attrs, token.meta["span"] = name, dict(attributes), closed


def _branches(state: StateInline, mark: Mark) -> None:
    opening = state.push("component_open", "", 1)
    opening.info, opening.attrs = "if", {"inline": "true"}
    edges = [m for m in mark.separators if m.end <= mark.stop]
    for begin, until in zip([mark, *edges], [*edges, None], strict=True):
        stop = until.start if until else mark.stop
        tag = (begin.start, begin.end)
        push_container(state, "branch", branch_attributes(begin, mark), tag, (stop, stop))
    token = state.push("component_close", "", -1)
    token.info, token.meta["span"] = "if", (mark.stop, mark.after)
    state.pos = mark.after


def _svelte_space(state: StateInline, silent: bool) -> bool:
    """Read ``{" "}``, which keeps a space between two lines, as that space; so is ``{/* x */}``."""
    if state.src[state.pos] != "{":
        return False
    match = _SVELTE_SPACE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if silent:
        state.pos = match.end()
    else:
        drop(state, match.end(), " ")
    return True


def _unknown(state: StateInline, silent: bool) -> bool:
    """Show a tag that is written like a component's, but is none, as text and say so."""
    match = _NAME.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    is_sure = looks_like_component(match[1]) or is_of_another(match[1])
    if not (is_sure or (match[1].isupper() and not _is_known(match[1]))):
        return False
    tag = parse_tag(state.src, state.pos, longest=_LONGEST_UNKNOWN)
    if tag is None or tag.end > state.posMax:
        return False
    if not (is_sure or tag.self_closing or tag.attributes):  # a gap to be filled: `<NAME>`
        return False
    if not tag.self_closing and is_of_another(match[1]):
        return False
    if not silent:
        said: Counter[str] = state.env.setdefault("unknown", Counter())
        if tag.closing and said[match[1]]:
            said[match[1]] -= 1
        elif tag.closing or tag.self_closing or set(tag.attributes.values()) - {"true"}:
            said[match[1]] += not (tag.closing or tag.self_closing)
            # A hyphen makes an element of somebody else's: it is no misspelled component.
            names = () if "-" in match[1] else tag_names()
            remedy = nearly(match[1], names, _ALIKE) or "it is shown as text"
            message = f"<{match[1]}> is no component"
            problem(state, "component-unknown", message, remedy, Severity.INFO)
        _push_tag(state, tag.end)
    state.pos = tag.end
    return True


def _is_known(name: str) -> bool:
    """Whether it is a component, or an element of HTML, in capitals too, that is shown somehow."""
    return name in COMPONENTS or name.lower() in KNOWN


def _push_tag(state: StateInline, end: int) -> None:
    """Push a tag as it is written; whether it is one for a reader is seen later."""
    token = state.push("html_inline", "", 0)
    token.content, token.meta["span"] = state.src[state.pos : end], (state.pos, end)
    state.pos = end


@cache
def looks_like_component(name: str) -> bool:
    """Whether a tag that is none may be meant as one: by its name but for case, capital, hyphen."""
    if _is_known(name):
        return False
    mixed = name[0].isupper() and not name.isupper()
    return mixed or "-" in name or name.lower() in {known.lower() for known in tag_names()}


def problem(
    state: StateInline,
    code: str,
    message: str,
    remedy: str = "",
    severity: Severity = Severity.WARNING,
) -> None:
    """Leave a finding for the renderer, which knows the line."""
    token = state.push("problem", "", 0)
    token.meta = {"code": code, "message": message, "help": remedy, "severity": severity}
    token.meta["line"] = state.src.count("\n", 0, state.pos)
