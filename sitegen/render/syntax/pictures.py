"""Pictures and videos that directives, shortcodes and figures of Markdown show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markdown_it.rules_block import StateBlock

from sitegen.render.syntax.containers import (
    Directive,
    Inside,
    component_around,
    push_body,
    push_html,
    push_inline,
    push_paragraph,
    source_of,
)
from sitegen.render.syntax.lines import stripped_line
from sitegen.scan.patterns import rare

_FIGURE = re.compile(r"<figure(?:\s[^<>\n]*)?\smarkdown(?=[\s=>])[^<>\n]*>", re.IGNORECASE)
_CAPTION = rare(r"</?figcaption(?:\s[^<>]*)?>", re.IGNORECASE)
_ENDS = "</figcaption"
_SIZE = rare(r"[0-9]{1,4}(?:%|px)?")
_PLAYERS = {
    "vimeo": "https://player.vimeo.com/video/{}",
    "youtube": "https://www.youtube.com/embed/{}",
}


def image(state: StateBlock, directive: Directive) -> None:
    """Show an image in its size, which may lead somewhere."""
    push_paragraph(state, image_of(directive.said, directive.asked))


def image_of(address: str, asked: Mapping[str, str]) -> str:
    """An image as Markdown, from what the options of its directive say."""
    sizes = {name: asked[name] for name in ("width", "height") if name in asked}
    said = " ".join(f'{name}="{size}"' for name, size in sizes.items() if _SIZE.fullmatch(size))
    alt = re.sub(r"([\[\]\\])", r"\\\1", asked.get("alt", ""))
    written = f"![{alt}]({destination(address)})" + (f"{{ {said} }}" if said else "")
    return f"[{written}]({destination(asked['target'])})" if "target" in asked else written


def destination(address: str) -> str:
    """An address as Markdown has it: with blanks and brackets it stands between two signs."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def push_figure(state: StateBlock, directive: Directive, caption: str) -> None:
    """Push an image over a caption that its tag says."""
    if not caption:
        image(state, directive)
        return
    with component_around(state, "directive:figure", {}, directive.inside):
        image(state, directive)
        with component_around(state, "directive:caption", {}, directive.inside):
            push_inline(state, caption, state.line)


def figure(state: StateBlock, directive: Directive) -> None:
    """Show an image, or a body that begins with one, over its caption."""
    inside = directive.inside
    with component_around(state, "directive:figure", {}, inside):
        if directive.name == "figure":
            image(state, directive)
        else:
            lines = range(inside.first, inside.last)
            blank = next((line for line in lines if state.isEmpty(line)), inside.last)
            push_body(state, inside._replace(last=blank))
            inside = inside._replace(first=blank)
        if inside.first < inside.last:
            with component_around(state, "directive:caption", {}, inside):
                push_body(state, inside)


def markdown_figure(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``<figure markdown>`` of Python-Markdown: what stands in it, and its caption."""
    if not _FIGURE.fullmatch(stripped_line(state, start)):
        return False
    last = next((n for n in range(start + 1, end) if _is_edge(stripped_line(state, n))), end)
    if last == end or not stripped_line(state, last).startswith("</"):
        return False
    if not silent:
        inside = Inside(start + 1, last, last + 1)
        with component_around(state, "directive:figure", {}, inside):
            _push_captioned(state, inside)
        state.line = last + 1
    return True


def _is_edge(line: str) -> bool:
    return line[:9].lower() == "</figure>" or line[:7].lower() == "<figure"


def _push_captioned(state: StateBlock, inside: Inside) -> None:
    """Push what stands in a figure, of which some lines are its caption."""
    lines = range(inside.first, inside.last)
    first = next((n for n in lines if _CAPTION.match(stripped_line(state, n))), inside.last)
    ends = (n + 1 for n in range(first, inside.last) if _ENDS in stripped_line(state, n).lower())
    after = next(ends, inside.last)
    push_body(state, inside._replace(last=first))
    if first < after:
        source = source_of(state, Inside(first, after, after))
        with component_around(state, "directive:caption", {}, Inside(first, after, after)):
            push_inline(state, _CAPTION.sub("", source).strip(), first)
    push_body(state, inside._replace(first=after))


def embedded(state: StateBlock, directive: Directive) -> None:
    """Show a video or another page."""
    source = escape(_PLAYERS.get(directive.name, "{}").format(directive.said))
    tag = "video" if directive.name == "video" else "iframe"
    push_html(state, f'<{tag} src="{source}"></{tag}>\n', state.line, state.line + 1)
