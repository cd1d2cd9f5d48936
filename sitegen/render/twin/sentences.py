"""Sentences of a twin: the source of inline tokens, with what only the dialect knows put plainly.

All else stays to the letter: tokens say from where to where they stand, and only these places are
written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from markdown_it.token import Token

from sitegen.render.components.registry import COMPONENTS, Node
from sitegen.render.context import PageContext
from sitegen.render.html.raw import for_others
from sitegen.render.syntax.jsx import without_jsx
from sitegen.render.twin.pieces import BEGINS, address_for, code_span, escaped, guarded, raw_address

Edit = tuple[int, int, str]
"""A place in a text, from where to where, and what stands there instead."""

_BARE_ADDRESS = re.compile(r"[^\s<>()\\]+")
_BODY = "\0"  # stands for the body of a component, to see what is written around it
_INSTRUCTION = re.compile(r"<(?:\?|!(?!--))")
_LATER = re.compile(rf"\n(?=[ \t]{{0,3}}(?:{BEGINS.pattern}))", re.MULTILINE)


def sentence(token: Token, page: PageContext) -> str:
    """The Markdown of one inline token."""
    text = token.content
    edits: list[Edit] = []
    if edited := [child for child in token.children or () if child.type in _EDITED]:
        page.line = token.map[0] if token.map else page.line
        text = _with_whole_tags(text, edited)
        edits = [edit for child in edited for edit in _EDITS[child.type](child, page, text)]
    if words := token.meta.get("words"):
        edits += [(*word.meta["span"], f"\\{word.content}") for word in words]
    if not edits:
        return _in_lines(text) if "\n" in text and _LATER.search(text) else text
    out: list[str] = []
    at = 0
    for start, end, instead in sorted(edits):
        out += text[at:start], instead
        at = end
    return _in_lines("".join([*out, text[at:]]).strip())


def _with_whole_tags(text: str, children: Iterable[Token]) -> str:
    """A text in which no line of a tag would begin a block; it is as long as it was."""
    for child in children:
        if child.type == "html_inline" and _LATER.search(child.content):
            text = text.replace(child.content, child.content.replace("\n", " "))
    return text


def _in_lines(text: str) -> str:
    """The lines of a paragraph, none of which ends it."""
    return "\n".join(guarded(line.lstrip(" \t")) for line in text.split("\n") if line.strip())


def _link(token: Token, page: PageContext, text: str) -> Iterator[Edit]:
    """Lead a link to the twin of its page; one by reference states its address."""
    if "tail" not in token.meta:
        return
    start, end = token.meta["tail"]
    written = str(token.attrs.get("href", token.attrs.get("src", "")))
    address = address_for(page, token.meta.get("goal", written), written)
    words = escaped(token.meta.get("words", ""))
    is_kept = address == written and not words
    if is_kept and text.startswith("](", start) and text[start + 2] != "{":
        return
    title = token.attrs.get("title")
    shown = f' "{escaped(str(title), quote=True)}"' if title else ""
    yield start, end, f"{words}]({_destination(address)}{shown})"


def _destination(address: str) -> str:
    return address if _BARE_ADDRESS.fullmatch(address) else f"<{address}>"


def _reference(token: Token, page: PageContext, _text: str) -> Iterator[Edit]:
    goal = token.meta.get("goal")
    label = token.meta.get("label")
    shown = label or code_span(token.meta["shown" if goal else "whole"])
    address = page.twin_address(goal) if goal else "#"
    is_place = address != (goal or "#")  # of the page itself only what has an id by hand is here
    if is_place or not address.startswith("#"):
        shown = f"[{shown}]({_destination(address)})"
    yield (*token.meta["span"], shown)


def _tag(token: Token, page: PageContext, _text: str) -> Iterator[Edit]:
    if "jsx" in token.meta:
        yield (*token.meta["jsx"], _shown(without_jsx(token.content), page))
    elif "span" in token.meta and (shown := _shown(token.content, page)) != token.content:
        yield (*token.meta["span"], shown)


def _shown(tag: str, page: PageContext) -> str:
    """A tag, or what only looks like one, so that it is shown as on the page."""
    if _INSTRUCTION.match(tag):
        return f"\\{tag}"
    return for_others(tag, partial(raw_address, page), inline=True)


def _code(token: Token, _page: PageContext, _text: str) -> Iterator[Edit]:
    if "span" in token.meta:
        yield (*token.meta["span"], code_span(token.content))


def _dropped(token: Token, _page: PageContext, _text: str) -> Iterator[Edit]:
    yield (*token.meta["span"], token.content)


def _formula(token: Token, _page: PageContext, _text: str) -> Iterator[Edit]:
    if "span" in token.meta:  # written as a role
        yield (*token.meta["span"], f"$`{token.content}`$")


def _opening(token: Token, page: PageContext, _text: str) -> Iterator[Edit]:
    """Say in front of a component's text what it is called, if it is."""
    if "span" in token.meta:
        label = COMPONENTS[token.info].label(_node(token), page)
        form = "({}) " if token.info == "branch" else "**{}:** "
        said = form.format(escaped(label)) if label else _around(token, page)[0]
        yield (*token.meta["span"], said)


def _closing(token: Token, page: PageContext, text: str) -> Iterator[Edit]:
    start, end = token.meta["span"]
    is_followed = token.info == "branch" and text.startswith("{:", end)
    yield start, end, " " if is_followed else _around(token, page)[1]


def _around(token: Token, page: PageContext) -> tuple[str, str]:
    """What a component of sentences writes before its body, and what after it."""
    if not COMPONENTS[token.info].inline:
        return "", ""
    written = COMPONENTS[token.info].markdown(_node(token, _BODY), page)
    before, _, after = written.partition(_BODY)
    return before, after


def _leaf(token: Token, page: PageContext, text: str) -> Iterator[Edit]:
    start, end = token.meta["span"]
    if "malformed" in token.meta:
        yield start, end, code_span(text[start:end])
        return
    written = COMPONENTS[token.info].markdown(_node(token), page)
    yield start, end, " ".join(written.split())


def _node(token: Token, body: str = "") -> Node:
    return Node(token.info, {name: str(value) for name, value in token.attrs.items()}, body)


_EDITS: Mapping[str, Callable[[Token, PageContext, str], Iterator[Edit]]] = MappingProxyType(
    {
        "code_inline": _code,
        "component": _leaf,
        "component_close": _closing,
        "component_open": _opening,
        "dropped": _dropped,
        "html_inline": _tag,
        "image": _link,
        "link_open": _link,
        "math_inline": _formula,
        "notebooks": _dropped,
        "reference_open": _reference,
    }
)
"""What is written anew, by the type of its token."""
_EDITED = frozenset(_EDITS)
