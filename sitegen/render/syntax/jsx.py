"""JSX values on plain HTML, which Svelte and MDX accept: written as the HTML that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it.rules_inline import StateInline

from sitegen.render.components.js_literal import parse_literal
from sitegen.render.context import PageContext
from sitegen.render.html.allow_list import TAGS
from sitegen.render.html.element import INSTEAD
from sitegen.scan.patterns import rare
from sitegen.scan.tags import Tag, parse_tag

_LONGEST = 2_000  # characters of a braced value
_KNOWN = TAGS.union(INSTEAD)
_BRACED = re.compile(r"=\s*\{")
_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)(?=\s)")
_NAMES = {"className": "class", "htmlFor": "for"}
_TELLING = frozenset(("alt", "href", "id", "src", "title"))  # what a reader would miss
_HUMP = rare("[A-Z]")
_UNITLESS = frozenset(("flex", "flex-grow", "font-weight", "line-height", "opacity", "order"))


def jsx_inline(state: StateInline, silent: bool) -> bool:
    """Take a tag of HTML that has a value in braces; other tags are for the rule of raw HTML."""
    tag = _tag_at(state.src, state.pos, state.posMax)
    if tag is None:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content, token.meta["jsx"] = state.src[state.pos : tag.end], (state.pos, tag.end)
    state.pos = tag.end
    return True


def without_jsx(html: str, page: PageContext | None = None) -> str:
    """Return raw HTML with all values in braces as plain ones; expressions are not evaluated.

    A page is told of them.
    """
    return "".join(_pieces(html, page)) if _BRACED.search(html) else html


def _pieces(html: str, page: PageContext | None) -> Iterator[str]:
    at = 0
    for match in _NAME.finditer(html):
        if match.start() < at or (tag := _tag_at(html, match.start(), len(html))) is None:
            continue
        yield html[at : match.start()]
        yield _plain(tag, page)
        at = tag.end
    yield html[at:]


def _tag_at(text: str, position: int, end: int) -> Tag | None:
    """Read the tag at a position, if it is one of HTML and has a value in braces."""
    name = _NAME.match(text, position, end)
    if name is None or name[1].lower() not in _KNOWN:
        return None
    braced = _BRACED.search(text, name.end(), min(end, name.end() + _LONGEST))
    if braced is None:
        return None
    tag = parse_tag(text, position, longest=_LONGEST)
    return tag if tag is not None and braced.end() < tag.end <= end else None


def _plain(tag: Tag, page: PageContext | None) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in _attributes(tag, page))
    return f"<{tag.name}{written}{' /' if tag.self_closing else ''}>"


def _attributes(tag: Tag, page: PageContext | None) -> Iterator[tuple[str, str]]:
    """Yield names and values as HTML has them; what is an expression has none and is left out."""
    for name, value in tag.attributes.items():
        if name.startswith(("...", "/*")):
            continue
        if name not in tag.braced:
            yield name, value
            continue
        try:
            literal = parse_literal(value)
        except ValueError:
            if page and name in _TELLING:
                message = f"{name}={{{value}}} of <{tag.name}> is not evaluated"
                page.report("expression-unsupported", message, help="write the value itself")
            continue
        if isinstance(literal, dict):
            yield name, ";".join(f"{_css(key)}:{_size(_css(key), v)}" for key, v in literal.items())
        elif literal is True or literal is False:
            yield from [(_NAMES.get(name, name), "")] if literal else []
        elif isinstance(literal, str | int | float):
            yield _NAMES.get(name, name), _number(literal)


def _css(name: str) -> str:
    return _HUMP.sub(lambda hump: f"-{hump[0].lower()}", name)


def _size(name: str, value: object) -> str:
    """Write a value of a style; a bare number is in pixels, as React has it."""
    is_length = isinstance(value, int | float) and value != 0 and name not in _UNITLESS
    return f"{_number(value)}px" if is_length else _number(value)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
