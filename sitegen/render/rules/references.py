"""Inline rules for references to documented objects, as doc-builder and mkdocstrings write them."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.render.anchors import plain_label
from sitegen.render.context import PageContext
from sitegen.render.syntax.inline import push_leaf
from sitegen.render.twin.pieces import escaped
from sitegen.scan.patterns import rare

_REFERENCE = re.compile(r"\[`(?!`)\s*(~?)\s*([^`\n]*?)(\(\))?\s*`\]")
_LABELLED = re.compile(
    r"\[(?!\^|\w\]|\d+\])(?P<label>(?:[^\[\]`\n]++|`[^`\n]*+`)+)\]"
    r"\[(?P<name>(?:[^\W\d]\w*+(?:\.[^\W\d]\w*+)+)?)\]"
)
_INLINE_TAG = rare(
    r"\{@link(?:code|plain)?[ \t]+(?P<name>[^\s{}|]+)(?:[ \t]*[|\s][ \t]*(?P<label>[^{}\n]*))?\}"
)
_ADDRESS = rare(r"https?://")
_DOTTED = rare(r"`?([^\W\d]\w*+(?:\.[^\W\d]\w*+)+)`?")
_IS_INDEX = rare(r"[\w\])!]")
_LABEL = rare(r"\[([^\[\]]*)\]")


def reference_inline(state: StateInline, silent: bool) -> bool:
    """Take ``[`Name`]``, ``[`~a.b.Name.method`]`` (shows the last part) and ``[`Name#param`]``."""
    if not state.src.startswith("[`", state.pos):
        return False
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None or not match[2] or _is_link(state, match):
        return False
    page: PageContext = state.env["page"]
    tilde, name, call = match.groups()
    target = page.reference(name)
    if silent:  # part of a link's text perhaps: only a link of its own forbids the outer one
        if target is not None:
            state.pos = match.end()
        return target is not None
    shown = name.partition("#")[0] if target else name
    shown = shown.rpartition(".")[2] if tilde else shown
    if call or (target and target.is_callable and "#" not in name):
        shown += "()"
    code = push_reference(state, name, shown, match.end(), whole=f"{name}{call or ''}")
    if target is None and tilde and shown != name:
        code.attrSet("title", name)
    return True


def push_reference(
    state: StateInline, name: str, shown: str, end: int, *, whole: str = ""
) -> Token:
    """Push a reference up to a place, and go on there; gives the code that it shows.

    ``whole`` is what the twin says where nothing documents the object.
    """
    page: PageContext = state.env["page"]
    opening = state.push("reference_open", "a", 1)
    opening.meta = {"name": name, "target": page.reference(name), "inside": state.linkLevel > 0}
    opening.meta |= {"span": (state.pos, end), "shown": shown, "whole": whole or shown}
    code = state.push("code_inline", "code", 0)
    code.markup, code.content = "`", shown
    state.push("reference_close", "a", -1).meta = opening.meta
    state.pos = end
    return code


def labelled_reference(state: StateInline, silent: bool) -> bool:
    """Take ``[words][a.b.Name]`` and ``[a.b.Name][]`` of mkdocstrings, if something documents it.

    Behind a word or a bracket, or of one letter or a number, it is no link but an index; a note is
    a note; what is called like a file, and an image, is one whose address nothing defines.
    """
    match = _LABELLED.match(state.src, state.pos, state.posMax)
    if match is None or silent or _IS_INDEX.match(state.src, max(state.pos - 1, 0)):
        return False
    named = _DOTTED.fullmatch(match["label"]) if not match["name"] else None
    name = match["name"] or (named and named[1])
    defined = state.env.get("references") or {}
    if not name or normalizeReference(match["name"] or match["label"]) in defined:
        return False
    page: PageContext = state.env["page"]
    target = page.reference(name)
    if target is None:
        return False
    label, limit = match.span("label"), state.posMax
    opening = _push_opening(state, name, match["label"], match.end())
    state.pos, state.posMax = label
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("reference_close", "a", -1).meta = opening.meta
    state.pos, state.posMax = match.end(), limit
    return True


def inline_tag(state: StateInline, silent: bool) -> bool:
    """Take ``{@link a.b.Name words}`` of JSDoc, TSDoc and Javadoc as a reference."""
    match = _INLINE_TAG.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if silent:
        state.pos = match.end()
        return True
    name, label = match["name"], (match["label"] or "").strip()
    if _ADDRESS.match(name):
        push_leaf(state, "Link", {"href": name, "label": label or name}, match.end())
    else:
        push_reference(state, name.replace("#", ".").lstrip("."), label or name, match.end())
    return True


def push_labelled(state: StateInline, name: str, label: str, end: int) -> None:
    """Push a reference by a label up to a place, and go on there: its words, without markup."""
    words = plain_label(state, label)
    opening = _push_opening(state, name, escaped(words), end)
    state.push("text", "", 0).content = words
    state.push("reference_close", "a", -1).meta = opening.meta
    state.pos = end


def _push_opening(state: StateInline, name: str, label: str, end: int) -> Token:
    page: PageContext = state.env["page"]
    opening = state.push("reference_open", "a", 1)
    opening.meta = {"name": name, "target": page.reference(name), "inside": state.linkLevel > 0}
    opening.meta |= {"span": (state.pos, end), "label": label}
    return opening


def _is_link(state: StateInline, match: re.Match[str]) -> bool:
    """Tell whether this is Markdown's own link: with a target, or of a label that is defined."""
    after = state.src[match.end() : match.end() + 1]
    if after == "(":
        return True
    defined = state.env.get("references")
    if not defined:
        return False
    label = _LABEL.match(state.src, match.end()) if after == "[" else None
    named = label[1] if label and label[1] else match[0][1:-1]
    return normalizeReference(named) in defined
