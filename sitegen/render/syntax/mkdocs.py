"""What themes of MkDocs look at in a sentence: lists of attributes, and icons by their names."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.render.syntax.inline import drop

_LIST = re.compile(
    r"\{:?[ \t]*+"
    r"((?:(?:\.[A-Za-z][\w-]*+|[a-z-]++=(?:\"[^\"\n]*+\"|[^\s{}\"]++))[ \t]*+)+)\}"
)
_LIST_AND_BLANKS = re.compile(rf"{_LIST.pattern}[ \t]*+")
_SIZE = re.compile(r"\b(width|height)=\"?([0-9]{1,4}%?)(?:px)?\"?(?=[\s}]|$)")
_ICON = re.compile(r":(?:fontawesome|lucide|material|octicons|simple)-[a-z0-9-]++:[ \t]*+")
_BUTTON = re.compile(r"\.(?:[\w-]*-)?(?:button|btn)(?![\w-])")


def attribute_list(state: StateInline, silent: bool) -> bool:
    """Take ``{ width="300" }`` or ``{ .md-button }`` behind what it is of.

    An image has the size that it says, a link that is to look like a button does; what else it says
    is for a style sheet that is not there. One with an id is shown, for something may lead there.
    """
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    owner = state.tokens[-1]
    if owner.type not in {"image", "link_close"} and "icon" not in owner.meta:
        return False
    pattern = _LIST_AND_BLANKS if "icon" in owner.meta else _LIST
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if owner.type == "image":
        owner.attrs |= dict(_SIZE.findall(match[1]))
    elif owner.type == "link_close" and _BUTTON.search(match[1]):
        _opening(state.tokens).meta["button"] = True
    drop(state, match.end())
    return True


def icon(state: StateInline, silent: bool) -> bool:
    """Leave out ``:material-rocket:``, a picture of a set that is not there."""
    match = _ICON.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if silent:
        state.pos = match.end()
    else:
        drop(state, match.end())
        state.tokens[-1].meta["icon"] = True
    return True


def _opening(tokens: list[Token]) -> Token:
    """The token that begins the link that ends with the last one: no link holds another."""
    return next(token for token in reversed(tokens) if token.type == "link_open")
