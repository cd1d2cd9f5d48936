"""Pushing containers: a callout, and the lines of its body, as tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.render.components.alerts import title_tokens
from sitegen.render.syntax.blocks import DEEPEST, too_deep
from sitegen.render.syntax.fences import as_info


class Inside(NamedTuple):
    """What a marker is around: lines of a body, and the line after all of it."""

    first: int
    last: int
    after: int


class Directive(NamedTuple):
    """Its name, what stands behind that, its options, and the lines that it is around."""

    name: str
    said: str
    asked: Mapping[str, str]
    inside: Inside


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


def push_bare_body(state: StateBlock, inside: Inside) -> None:
    """Push a body that nothing is shown around; it nests all the same."""
    state.level += 1
    push_body(state, inside)
    state.level -= 1


def push_target(state: StateBlock, id: str) -> str:
    """Push a place that links may lead to by an id, and give that id, which has no blanks."""
    written = "-".join(id.split())
    push_html(state, f'<a id="{escape(written)}"></a>\n', state.line, state.line + 1)
    return written


def push_html(state: StateBlock, html: str, first: int, last: int) -> None:
    """Push a block of HTML that stands on some lines."""
    token = state.push("html_block", "", 0)
    token.content, token.map = html, [first, last]


def push_inline(state: StateBlock, text: str, line: int) -> None:
    """Push a text of Markdown that stands on a line."""
    state.tokens.append(sentence(text, line))


def sentence(text: str, line: int) -> Token:
    """A text of Markdown that stands on a line, to be pushed."""
    return Token("inline", "", 0, content=text, children=[], map=[line, line + 1], block=True)


@contextmanager
def component_around(
    state: StateBlock, name: str, attributes: Mapping[str, str], inside: Inside
) -> Iterator[None]:
    """Push the tags of a component around what is pushed within."""
    token = state.push("component_open", "", 1)
    token.info, token.attrs, token.map = name, dict(attributes), [state.line, inside.last]
    yield
    state.push("component_close", "", -1).info = name


@contextmanager
def element_around(state: StateBlock, kind: str, tag: str, line: int) -> Iterator[None]:
    """Push the tags of an element around what is pushed within."""
    state.push(f"{kind}_open", tag, 1).map = [line, line + 1]
    yield
    state.push(f"{kind}_close", tag, -1)


def push_paragraph(state: StateBlock, text: str, line: int | None = None) -> None:
    """Push a paragraph of a text of Markdown."""
    line = state.line if line is None else line
    with element_around(state, "paragraph", "p", line):
        push_inline(state, text, line)


def push_code(state: StateBlock, language: str, asked: Mapping[str, str], inside: Inside) -> None:
    """Push lines as code."""
    token = state.push("fence", "code", 0)
    token.info, token.markup = " ".join([language, *as_info(asked)]).strip(), "```"
    token.content, token.map = source_of(state, inside), [state.line, inside.after]


def source_of(state: StateBlock, inside: Inside) -> str:
    """Lines as they are written, their common indent taken off."""
    lines = range(inside.first, inside.last)
    indent = min((state.sCount[line] for line in lines if not state.isEmpty(line)), default=0)
    return state.getLines(inside.first, inside.last, indent, True)
