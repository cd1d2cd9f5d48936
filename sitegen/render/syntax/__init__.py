"""Teaching components to a parser: every block, inline and core rule of this package."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType

from sitegen.render.components.alerts import alerts
from sitegen.render.components.notebooks import notebooks_block, notebooks_inline, show_notebooks
from sitegen.render.syntax.admonitions import admonition, signed_callout
from sitegen.render.syntax.blocks import component_block
from sitegen.render.syntax.divs import div, tab_comments, tab_headings
from sitegen.render.syntax.drawn import drawn_table
from sitegen.render.syntax.fences import BlockRule, deep_lists, fence, no_deep_end, quotes
from sitegen.render.syntax.hanging import fields, numbered, option_list, terms
from sitegen.render.syntax.html import known_html
from sitegen.render.syntax.inline import component_inline, looks_like_component
from sitegen.render.syntax.jsx import jsx_inline
from sitegen.render.syntax.marked_words import bracketed_words, marked_words
from sitegen.render.syntax.marks import forget_marks
from sitegen.render.syntax.mdx import mdx_block, mdx_comment, run_block
from sitegen.render.syntax.mkdocs import attribute_line, attribute_list, code_of_language, icon
from sitegen.render.syntax.named_texts import escaped_blank, name_texts, named_text, note
from sitegen.render.syntax.pictures import markdown_figure
from sitegen.render.syntax.restructured import directive, link_target, literal, remark
from sitegen.render.syntax.shortcodes import shortcode
from sitegen.render.syntax.titles import overlined, title_levels, underlined
from sitegen.render.syntax.verse import verse

_INTERRUPTING: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}

_ENDING: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}


def forget_names() -> None:
    """Learn the names of components anew: some have come or gone."""
    looks_like_component.cache_clear()
    forget_marks()


def add_component_rules(md: MarkdownIt) -> None:
    """Add the rules of all components, and wrap those of fences, quotes and raw HTML."""
    block, inline, core = md.block.ruler, md.inline.ruler, md.core.ruler
    block.before("html_block", "component", component_block, _INTERRUPTING)
    block.before("fence", "admonition", admonition, _INTERRUPTING)
    block.after("admonition", "div", div, _INTERRUPTING)
    block.before("heading", "tab_headings", tab_headings)
    block.before("component", "tab_comments", tab_comments)
    block.after("admonition", "signed_callout", signed_callout)
    block.before("lheading", "underlined", underlined)
    block.before("fence", "overlined", overlined)
    block.before("fence", "fields", fields)
    block.before("fence", "numbered", numbered)
    block.before("paragraph", "terms", terms)
    block.before("terms", "verse", verse)
    block.before("fence", "option_list", option_list)
    block.before("table", "literal", literal)
    block.before("component", "directive", directive, _INTERRUPTING)
    block.before("component", "remark", remark)
    block.before("component", "link_target", link_target, _INTERRUPTING)
    block.before("remark", "named_text", named_text, _INTERRUPTING)
    block.before("remark", "note", note, _INTERRUPTING)
    block.before("component", "drawn_table", drawn_table)
    block.before("component", "shortcode", shortcode, _INTERRUPTING)
    block.before("component", "attribute_line", attribute_line, _INTERRUPTING)
    block.before("component", "markdown_figure", markdown_figure, _INTERRUPTING)
    block.before("component", "mdx", mdx_block)
    block.before("component", "run", run_block, _INTERRUPTING)
    block.before("component", "mdx_comment", mdx_comment, _INTERRUPTING)
    block.before("component", "notebooks", notebooks_block, _INTERRUPTING)
    block.at("html_block", known_html(_stock(md, "html_block")), _INTERRUPTING)
    block.at("fence", fence, _INTERRUPTING)
    block.at("list", deep_lists(_stock(md, "list")), _ENDING)
    block.at("heading", no_deep_end(_stock(md, "heading")), _ENDING)
    block.at("hr", no_deep_end(_stock(md, "hr")), _INTERRUPTING)
    block.at("blockquote", quotes(_stock(md, "blockquote")), _INTERRUPTING)
    inline.before("html_inline", "component_inline", component_inline)
    inline.before("html_inline", "jsx_inline", jsx_inline)
    inline.before("component_inline", "attribute_list", attribute_list)
    inline.before("backticks", "code_of_language", code_of_language)
    inline.before("component_inline", "icon", icon)
    inline.after("escape", "marked_words", marked_words)
    inline.before("escape", "escaped_blank", escaped_blank)
    inline.before("link", "notebooks_inline", notebooks_inline)
    inline.before("link", "bracketed_words", bracketed_words)
    core.before("inline", "alerts", alerts)
    core.before("inline", "title_levels", title_levels)
    core.before("inline", "name_texts", name_texts)
    core.after("inline", "notebooks", show_notebooks)


def _stock(md: MarkdownIt, name: str) -> BlockRule:
    rule: BlockRule = next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == name)
    return rule
