"""Markdown in doc-builder's dialect: the markdown-it parser with our rules."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from sitegen.model import Seam
from sitegen.render.commonmark import (
    EXTENSIONS,
    build_parser,
    keep_depths,
    keep_words,
    link_bare_addresses,
    safe_links,
)
from sitegen.render.context import PageContext
from sitegen.render.links import odd_links
from sitegen.render.renderer import Renderer
from sitegen.render.rules.definitions import definitions
from sitegen.render.rules.formulas import formulas
from sitegen.render.rules.headings import custom_ids, headings
from sitegen.render.rules.references import reference_inline
from sitegen.render.syntax import add_component_rules
from sitegen.render.syntax.autodoc import autodoc_block, docstring_block
from sitegen.safe_urls import safe_url

_INTERRUPTING: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Give the parser of the whole language; one serves all pages of a process."""
    return build_parser(EXTENSIONS, DIALECT, renderer=Renderer)


def _doc_builder(md: MarkdownIt) -> None:
    """Add components, comments, references and headings; what is indented is no code."""
    md.disable("code")
    # What starts with a parenthesis is taken for a link here, so that `odd_links` can unlink it.
    md.validateLink = lambda url: url.startswith("(") or safe_url(url)  # type: ignore[method-assign]
    add_component_rules(md)
    block, inline, core = md.block.ruler, md.inline.ruler, md.core.ruler
    block.before("component", "autodoc", autodoc_block, _INTERRUPTING)
    block.before("component", "docstring", docstring_block, _INTERRUPTING)
    block.before("component", "comment", _comment_block, _INTERRUPTING)
    inline.before("html_inline", "comment_inline", _comment_inline)
    inline.before("link", "reference", reference_inline)
    core.before("inline", "custom_ids", custom_ids)
    core.before("text_join", "headings", headings)  # it looks at escapes
    core.push("odd_links", odd_links)
    core.push("origins", _mark_origins)


# What doc-builder's dialect adds, each a function that teaches it to a parser.
DIALECT = (
    *(keep_words, definitions, link_bare_addresses, safe_links),
    *(_doc_builder, formulas, keep_depths),
)


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop an HTML comment; one that never ends is text, and none reaches into the next section."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("<!--", "-->"), position):
        return False
    page: PageContext = state.env["page"]
    close = _comment_close(state.env, state.src, position)
    if not 0 <= close < state.eMarks[end - 1] or (close == position != page.comment_end):
        return False
    line = next(n for n in range(start, end) if close <= state.eMarks[n])
    if state.src[close + 3 : state.eMarks[line]].strip():
        return False  # text follows on the line: an inline comment of a paragraph
    if not silent:
        sections = (s.line for s in page.document.sections if s.seam is Seam.SECTION)
        cut = next((begins for begins in sections if start < begins <= line), line + 1)
        page.flag(state.src[position + 4 : close])
        if cut <= line:
            page.comment_end = close
            page.report(
                "comment-across-chunks",
                "a comment goes on into the next chunk, which is shown all the same",
                line=start,
            )
        state.line = cut
    return True


def _comment_inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    close = _comment_close(state.env, state.src, state.pos + 2)
    if not 0 <= close < state.posMax:
        return False
    state.env["page"].flag(state.src[state.pos + 4 : close])
    state.pos = close + 3
    return True


def _comment_close(env: EnvType, text: str, start: int) -> int:
    """Find the end of a comment; a text that has none is asked once, or it takes for ever."""
    if env.get("endless") is text:
        return -1
    close = text.find("-->", start)
    if close < 0:
        env["endless"] = text
    return close


def _mark_origins(state: StateCore) -> None:
    """Mark the first element of each chunk, and what was restored with how sure that is."""
    document = state.env["page"].document
    places = [(s.line, "data-chunk", s.chunk_id) for s in document.sections if s.chunk_id]
    places += [(r.line, "data-restored", f"{r.what}:{r.certainty}") for r in document.restored]
    places.sort(key=lambda place: place[0])
    places.reverse()  # the next one is popped off the end
    for token in state.tokens:
        if not places:
            return
        if token.map is None or token.nesting < 0 or token.type == "inline" or token.hidden:
            continue
        marks: dict[str, list[str]] = {}
        while places and places[-1][0] <= token.map[0]:
            _, name, value = places.pop()
            marks.setdefault(name, []).append(value)
        if marks:
            chunks, restored = marks.get("data-chunk"), marks.get("data-restored")
            token.meta["marks"] = (
                # A chunk that shows nothing has no element; the one after it has its own.
                ({"data-chunk": chunks[-1]} if chunks else {})
                | ({"data-restored": " ".join(restored)} if restored else {})
            )
