"""Markdown in doc-builder's dialect: the markdown-it parser with our rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.model import Seam, Section
from sitegen.model.table import Table
from sitegen.render.commonmark import EXTENSIONS, build_parser
from sitegen.render.links import REFUSED, odd_links
from sitegen.render.patches import (
    keep_depths,
    light_tokens,
    link_bare_addresses,
    safe_links,
    split_rows_at_once,
)
from sitegen.render.renderer import Renderer
from sitegen.render.rules.abbreviations import abbreviations
from sitegen.render.rules.cjk import friendly_emphasis
from sitegen.render.rules.definitions import definitions
from sitegen.render.rules.dialects import foreign
from sitegen.render.rules.elements import end_elements
from sitegen.render.rules.formatting import end_formatting
from sitegen.render.rules.formulas import formulas
from sitegen.render.rules.headings import custom_ids, headings
from sitegen.render.rules.leftovers import leftovers
from sitegen.render.rules.notes import notes
from sitegen.render.rules.page_names import project_link, say_headings, say_titles, wiki_link
from sitegen.render.rules.places import rst_places
from sitegen.render.rules.references import inline_tag, labelled_reference, reference_inline
from sitegen.render.rules.roles import named_link, role
from sitegen.render.rules.tables import tables
from sitegen.render.syntax import add_component_rules
from sitegen.render.syntax.autodoc import autodoc_block, docstring_block
from sitegen.render.syntax.comments import comment_block, comment_inline
from sitegen.render.syntax.spans import add_spans
from sitegen.safe_urls import safe_url

_INTERRUPTING: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Give the parser of the whole language; one serves all pages of a process."""
    return new_parser()


def new_parser() -> MarkdownIt:
    """The same, built anew."""
    return build_parser(RULES.values(), renderer=Renderer)


def _doc_builder(md: MarkdownIt) -> None:
    """Add components, comments, references and headings; what is indented is no code."""
    md.disable("code")
    # What starts with a parenthesis is taken for a link here, so that `odd_links` can unlink it.
    md.validateLink = _is_written_as_link  # type: ignore[method-assign]
    add_component_rules(md)
    block, inline, core = md.block.ruler, md.inline.ruler, md.core.ruler
    block.before("component", "autodoc", autodoc_block, _INTERRUPTING)
    block.before("component", "docstring", docstring_block, _INTERRUPTING)
    block.before("component", "comment", comment_block, _INTERRUPTING)
    inline.before("html_inline", "comment_inline", comment_inline)
    inline.before("link", "reference", reference_inline)
    inline.before("reference", "labelled_reference", labelled_reference)
    inline.before("component_inline", "role", role)
    inline.before("component_inline", "inline_tag", inline_tag)
    inline.before("backticks", "named_link", named_link)
    inline.before("autolink", "project_link", project_link)
    inline.before("link", "wiki_link", wiki_link)
    core.before("inline", "custom_ids", custom_ids)
    core.before("name_texts", "rst_places", rst_places)  # words of headings are named too
    core.before("text_join", "say_titles", say_titles)
    core.before("text_join", "headings", headings)  # it looks at escapes
    core.before("text_join", "leftovers", leftovers)  # as does this one
    core.after("inline", "end_formatting", end_formatting)
    core.after("end_formatting", "end_elements", end_elements)
    core.before("text_join", "foreign", foreign)
    core.push("say_headings", say_headings)
    core.push("odd_links", odd_links)
    core.push("origins", _mark_origins)


def _is_written_as_link(url: str) -> bool:
    return url.startswith("(") or safe_url(url) or REFUSED.match(url) is not None


_OWN: Sequence[Callable[[MarkdownIt], None]] = (
    *EXTENSIONS,
    *(
        tables,
        notes,
        friendly_emphasis,
        definitions,
        abbreviations,
        light_tokens,
        split_rows_at_once,
        link_bare_addresses,
        safe_links,
    ),
    *(_doc_builder, formulas, add_spans, keep_depths),
)

RULES: Table[Callable[[MarkdownIt], None]] = Table(
    "the rule", {teach.__name__.strip("_"): teach for teach in _OWN}
)
"""What teaches the language to a parser, one after the other: ours, and those of extensions."""


def _mark_origins(state: StateCore) -> None:
    """Mark the first element of each chunk, and what was restored with how sure that is."""
    document = state.env["page"].document
    starts = [each for each in document.sections if each.chunk_id and not each.column]
    places = [(each.line, "data-chunk", each.chunk_id) for each in starts]
    places += [(r.line, "data-restored", f"{r.what}:{r.certainty}") for r in document.restored]
    places.sort(key=lambda place: place[0])
    places.reverse()  # the next one is popped off the end
    for token in state.tokens:
        if not places:
            break
        if token.map is None or token.map[0] < places[-1][0]:
            continue
        if token.nesting < 0 or token.type == "inline" or token.hidden:
            continue
        marks: dict[str, list[str]] = {}
        while places and places[-1][0] <= token.map[0]:
            _, name, value = places.pop()
            marks.setdefault(name, []).append(value)
        chunks, restored = marks.get("data-chunk"), marks.get("data-restored")
        token.meta["marks"] = (
            # A chunk that shows nothing has no element; the one after it has its own.
            ({"data-chunk": chunks[-1]} if chunks else {})
            | ({"data-restored": " ".join(restored)} if restored else {})
        )
    _mark_inside(state.tokens, document.sections)


def _mark_inside(tokens: Sequence[Token], sections: Sequence[Section]) -> None:
    """Mark the elements in whose middle a chunk begins that goes on the text of another."""
    inside = [each for each in sections if each.chunk_id and each.seam is not Seam.SECTION]
    starts = [(each.line, each.column) for each in inside]
    elements: dict[int, Token] = {}  # the innermost comes last
    for token in tokens if inside else ():
        if token.map is None or token.nesting < 0 or token.type == "inline" or token.hidden:
            continue
        first, last = (
            bisect_right(starts, (token.map[0], 0)),
            bisect_left(starts, (token.map[1], 0)),
        )
        elements |= dict.fromkeys(range(first, last), token)
    chunks: dict[int, list[str]] = {}
    for number, token in sorted(elements.items()):
        chunks.setdefault(id(token), []).append(quote(inside[number].chunk_id))
        token.meta.setdefault("marks", {})["data-chunks"] = " ".join(chunks[id(token)])
