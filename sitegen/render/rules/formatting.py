"""A core rule that ends formatting by tags of HTML with the block in which it begins."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.render.context import PageContext

_NAMES = (
    "a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub"
    "|sup|tt|u|var"
)
_TAG = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])[^<>]*?(/?)>", re.IGNORECASE)
_TOKENS = frozenset(("<s>", "</s>"))  # of language models: the begin and the end of a text


def end_formatting(state: StateCore) -> None:
    """Close tags like `<b>` where their paragraph or cell ends; alone, `<s>` is a model's token."""
    for token in state.tokens:
        if token.type == "inline" and "<" in token.content and token.children:
            _close(token, token.children, state.env["page"])


def _close(token: Token, children: list[Token], page: PageContext) -> None:
    opened: list[tuple[str, Token]] = []
    left: list[tuple[str, Token]] = []
    for child in children:
        tag = _TAG.fullmatch(child.content) if child.type == "html_inline" else None
        if tag is None or tag[3]:
            continue
        name = tag[2].lower()
        if not tag[1]:
            opened.append((name, child))
        elif any(name == other for other, _ in opened):
            while opened[-1][0] != name:
                left.append(opened.pop())
            opened.pop()
        elif child.content in _TOKENS:
            _as_text(token, child)
    line = token.map[0] if token.map else 0
    for name, child in (*left, *reversed(opened)):
        if child.content in _TOKENS:
            _as_text(token, child)
            continue
        children.append(Token("html_inline", "", 0, content=f"</{name}>"))
        if not child.content.islower():
            continue  # `<B>` is rather a word
        message = f"<{name}> is never closed: it ends with its block"
        page.report("component-unclosed", message, help=f"write </{name}>", line=line)


def _as_text(token: Token, child: Token) -> None:
    """Let a tag of a sentence be a word of it, which twins escape."""
    child.type = "text"
    token.meta.setdefault("words", []).append(child)
