"""Headings of parsed Markdown: their plain titles and doc-builder anchors (SYNTAX 2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from markdown_it.ruler import StateBase
from markdown_it.token import Token
from msgspec import Struct

from sitegen.render.html.raw import expose
from sitegen.scan.patterns import rare
from sitegen.urls import slug

_SPACED_EMPHASIS = rare(r" _ (\S+) _ ")
_TWO_HYPHENS = rare(r"(?<!-)--(?!-)")  # smart typography makes a dash of them
_DESCRIBED = rare(r"<img\b[^<>]*?\salt=(?:\"([^\"]*)\"|'([^']*)')[^<>]*>", re.IGNORECASE)
_TAG = rare(r"<[^<>]*>")
_MARKUP = rare(r"[\\`*_\[&<:{]")
_BRACKETS = re.compile(r"([\[\]])")
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


class _Group(Struct):
    """An inline node with children; ``reference`` is one made by square brackets."""

    children: list[str | _Group]
    reference: bool = False


def anchor(inline: Sequence[Token]) -> str:
    """Compute doc-builder's anchor from the inline tokens of a heading.

    Every border between two inline nodes counts as a space, code is HTML-escaped, tags are text,
    and `[x]` is a node even if nothing defines it.
    """
    return slug(_title(_tree(inline)))


def custom_anchor(inline: Sequence[Token]) -> str:
    """Compute doc-builder's anchor of a heading from the inline tokens of its ``[[id]]``."""
    return _title(_tree(inline)).replace("'", "’")


def other_anchors(inline: Sequence[Token]) -> Iterator[str]:
    """Yield the anchors that authors expect besides doc-builder's: GitHub's, and near relatives."""
    shown, title = plain_text(inline), _title(_tree(inline))
    yield slug(shown, underscores=True, marks=True)
    if not title.isascii():
        yield slug(title, marks=True)
    if "_" in title:
        yield slug(title, underscores=True)


def plain_label(state: StateBase, label: str) -> str:
    """A label without its markup: it is a button, or the name of what it shows."""
    if not _MARKUP.search(label):
        return label
    return plain_text(state.md.inline.parse(label, state.md, state.env, [])) or label


def plain_text(inline: Sequence[Token]) -> str:
    """Give the text of a heading as a reader sees it: no markup, no tag but what looks so."""
    parts = []
    for token in inline:
        if token.type in {"text", "code_inline", "text_special", "math_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "image":
            parts.append(token.content)
        elif token.type == "html_inline":
            is_break = token.content.lower().startswith("<br")
            parts.append(" " if is_break else words_of_html(token.content))
    return " ".join("".join(parts).split())


def words_of_html(html: str) -> str:
    """The words of some HTML as the page shows it; those of an image are its description."""
    described = _DESCRIBED.sub(lambda match: f" {match[1] or match[2] or ''} ", html)
    return " ".join(unescape(_TAG.sub(" ", expose(described))).split())


def _tree(tokens: Sequence[Token]) -> _Group:
    stack = [_Group([])]
    for token in tokens:
        children = stack[-1].children
        if token.nesting == 1:
            group = _Group([])
            children.append(group)
            stack.append(group)
        elif token.nesting == -1:
            if len(stack) > 1:
                stack.pop()
        elif token.type == "text":
            children += _pieces(token.content)
        elif token.type == "code_inline":
            children.append(_Group([escape(token.content, quote=False).translate(_BRACES)]))
        elif token.type == "html_inline" or token.info == "escape":
            children.append(_Group([token.content]))
        elif token.type in {"text_special", "math_inline"}:
            children.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            children.append(" ")
        elif token.type != "dropped":
            children.append("")
    return stack[0]


def _pieces(text: str) -> Iterator[str]:
    if "--" in text:
        text = _TWO_HYPHENS.sub("—", text)
    if " _ " in text:  # doc-builder's parser takes `_ x _` for emphasis
        text = _SPACED_EMPHASIS.sub(r" \1 ", text)
    return (piece for piece in _BRACKETS.split(text) if piece)


def _title(group: _Group) -> str:
    """Join the nodes' trimmed texts with one space."""
    nodes: list[str] = []
    text = ""
    for child in _with_references(group.children):
        if isinstance(child, str) and child:
            text += child
            continue
        nodes.append(text)
        text = ""
        if isinstance(child, _Group):
            nodes.append(_title(child))
    nodes.append(text)
    return " ".join(node.strip() for node in nodes if node.strip()).strip()


def _with_references(children: Sequence[str | _Group]) -> list[str | _Group]:
    """Make a node of each innermost pair of square brackets."""
    done: list[str | _Group] = []
    opened: list[int] = []
    for child in children:
        if child == "[":
            opened.append(len(done))
            done.append(child)
        elif child == "]" and opened:
            start = opened.pop()
            inner = done[start + 1 :]
            if not inner or any(isinstance(c, _Group) and c.reference for c in inner):
                done.append(child)
            else:
                done[start:] = [_Group(inner, reference=True)]
        else:
            done.append(child)
    return done
