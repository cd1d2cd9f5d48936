"""``[[open-in-colab]]``: the notebooks of a page, below the text that asks for them."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.render.components.course import navigation
from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext

NOTEBOOKS = "[[open-in-colab]]"
_OLD_PAGE = re.compile(
    r"https://huggingface\.co/docs/(?P<package>[\w-]+)/(?:(?:main|v\d[\w.-]*)/)?"
    r"(?P<language>[a-z]{2,3}(?:-[A-Za-z]+)?)/(?:[^?#]*/)?(?P<stem>[\w.-]+)/?(?:[?#].*)?"
)
_NOTEBOOKS = "https://colab.research.google.com/github/huggingface/notebooks/blob/main"
_VARIANTS = (("", "Mixed"), ("pytorch/", "PyTorch"), ("tensorflow/", "TensorFlow"))


@component("notebooks", leaf=True)  # no twin: it is for a browser, and says nothing
def notebooks(node: Node, page: PageContext) -> str:
    """``[[open-in-colab]]``: the notebooks that doc-builder makes of its own pages."""
    old = _OLD_PAGE.fullmatch(page.document.url.rstrip("/"))
    if old is None:
        return ""
    folder = f"{_NOTEBOOKS}/{old['package']}_doc/{old['language']}"
    links = [(f"Colab: {name}", f"{folder}/{part}{old['stem']}.ipynb") for part, name in _VARIANTS]
    return navigation(links, page, node.marks)


def notebooks_block(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take the marker on a line of its own."""
    position = state.bMarks[start] + state.tShift[start]
    if state.src[position : position + 2] != "[[":
        return False
    if state.src[position : state.eMarks[start]].rstrip() != NOTEBOOKS:
        return False
    if not silent:
        token = state.push("component", "", 0)
        token.info = "notebooks"
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def notebooks_inline(state: StateInline, silent: bool) -> bool:
    """Take the notebooks' marker out of a sentence; a core rule shows them below it."""
    if state.src[state.pos] != "[" or not state.src.startswith(NOTEBOOKS, state.pos):
        return False
    if not silent:
        span = (state.pos, state.pos + len(NOTEBOOKS))
        state.push("notebooks", "", 0).meta["span"] = span
    state.pos += len(NOTEBOOKS)
    return True


def show_notebooks(state: StateCore) -> None:
    """Put the links to the notebooks below the paragraph whose text held their marker."""
    if NOTEBOOKS not in state.src:
        return
    tokens: list[Token] = []
    waiting = False
    for token in state.tokens:
        tokens.append(token)
        if token.type == "inline" and any(c.type == "notebooks" for c in token.children or []):
            waiting = True
            marker = token
        elif waiting and token.nesting < 0:
            made = Token("component", "", 0, info="notebooks", block=True, level=token.level)
            made.map = marker.map
            tokens.append(made)
            waiting = False
    state.tokens = tokens
