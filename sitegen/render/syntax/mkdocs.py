"""What themes of MkDocs and Jekyll look at: lists of attributes, and icons by their names."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.render.code.languages import knows
from sitegen.render.components.alerts import title_tokens
from sitegen.render.components.callouts import KINDS, title_of
from sitegen.render.syntax.containers import Inside, push_callout, push_target
from sitegen.render.syntax.inline import drop
from sitegen.scan.patterns import rare

_SAID = r"\.[A-Za-z][\w-]*+|[a-z-]++=(?:\"[^\"\n]*+\"|[^\s{}\"]++)|data-[a-z-]++"
_LIST = rare(rf"\{{:?[ \t]*+((?:(?:{_SAID})[ \t]*+)+)\}}")
_LINE = rare(
    r"\{(?P<colon>:?)[ \t]*+(?P<said>(?:(?:#(?!(?:await|each|if|key|snippet)\b)[A-Za-z][\w-]*+"
    rf"|{_SAID})[ \t]*+)+)\}}[ \t]*+"
)
_SURE = rare(
    r"(?<!\S)[.#]|=\"|(?<![\w-])(?:align|class|height|loading|rel|style|target|title|width)="
)
"""What none but a list of attributes says."""
_CLASS = rare(r"\.([A-Za-z]++)(-title)?(?![\w-])")
_ID = rare(r"#([A-Za-z][\w-]*+)")
_LIST_AND_BLANKS = rare(rf"{_LIST.pattern}[ \t]*+")
_SIZE = rare(r"\b(width|height)=\"?([0-9]{1,4}%?)(?:px)?\"?(?=[\s}]|$)")
_ICON = rare(r":(?:fontawesome|lucide|material|octicons|simple)-[a-z0-9-]++:(?!\w)[ \t]*+")
_CODE = rare(r"`#!(?P<language>[A-Za-z][\w+-]*+)[ \t]++(?P<code>[^`\n]*[^`\s])`(?!`)")
_BUTTON = rare(r"\.(?:[\w-]*-)?(?:button|btn)(?![\w-])")


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


def attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take kramdown's ``{: .note }`` on a line of its own: a callout, if what it begins is one.

    Behind a block it says how that looks, which is for a style sheet that is not there. So does
    ``{ .note }`` of Python-Markdown, and ``{#id .note}`` of MyST right above one; in the middle of
    a paragraph, or where it may be a formula such as ``{x=1}``, it is what its author says.
    """
    position = state.bMarks[start] + state.tShift[start]
    match = _LINE.fullmatch(state.src, position, state.eMarks[start])
    if match is None:
        return False
    said, below = match["said"], start + 1
    is_behind = start > 0 and not state.isEmpty(start - 1)
    is_above = below < end and not state.isEmpty(below) and state.sCount[below] >= state.blkIndent
    if not (match["colon"] or (is_behind != is_above and _SURE.search(said))):
        return False
    if silent:
        return True
    for id in _ID.findall(said):
        push_target(state, id)
    called = next((each for each in _CLASS.findall(said.lower()) if each[0] in KINDS), None)
    if called and match["colon"] and is_above and not is_behind:
        kind, is_titled = called
        last = next((line for line in range(start + 1, end) if state.isEmpty(line)), end)
        before = len(state.tokens)
        inside = Inside(start + 1, last, last)
        push_callout(state, {"kind": KINDS[kind], "title": title_of(kind)}, "", inside)
        _unquote(state, before + 1, is_titled=bool(is_titled))
    else:
        state.line = start + 1
    return True


def _unquote(state: StateBlock, first: int, *, is_titled: bool) -> None:
    """Take the quote off that is around all of a callout; its first paragraph may be a title."""
    inner = state.tokens[first:-1]
    if not inner or (inner[0].type, inner[-1].type) != ("blockquote_open", "blockquote_close"):
        return
    inner = inner[1:-1]
    if is_titled and inner and inner[0].type == "paragraph_open":
        line = inner[1].map[0] if inner[1].map else state.line
        inner[:3] = title_tokens(inner[1].content, line, state.level)
    state.tokens[first:-1] = inner


def code_of_language(state: StateInline, silent: bool) -> bool:
    """Take ``#!python x = 1`` between backticks: code, and the language that it is in."""
    match = _CODE.match(state.src, state.pos, state.posMax)
    if match is None or state.src[state.pos - 1 : state.pos] == "`" or not knows(match["language"]):
        return False
    if not silent:
        token = state.push("code_inline", "code", 0)
        token.markup, token.content, token.meta["span"] = "`", match["code"], match.span()
    state.pos = match.end()
    return True


def icon(state: StateInline, silent: bool) -> bool:
    """Leave out ``:material-rocket:``, a picture of a set that is not there."""
    match = _ICON.match(state.src, state.pos, state.posMax)
    if match is None or state.src[state.pos - 1 : state.pos].isalnum():
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
