"""Spans: where in a text the inline tokens of links stand, for what writes Markdown of them."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.render.dispatch import Rule


def add_spans(md: MarkdownIt) -> None:
    """Let links, images and tags tell their spans: the last rule to teach, it wraps those there."""
    rules = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    md.inline.ruler.at("html_inline", _spanning(rules["html_inline"]))
    for name in ("link", "image"):
        md.inline.ruler.at(name, _telling(rules[name]))


def _telling(stock: Rule) -> Rule:
    """Note in ``tail`` where the address of a link begins and ends, brackets and title included."""

    def rule(state: StateInline, silent: bool) -> bool:
        start, index = state.pos, len(state.tokens) + bool(state.pending)
        if not stock(state, silent):
            return False
        if not silent:
            end, bracket = state.pos, start + (state.src[start] == "!")
            state.pos = start
            label = state.md.helpers.parseLinkLabel(state, bracket, bracket == start)
            state.pos = end
            state.tokens[index].meta["tail"] = (label, end)
        return True

    return rule


def _spanning(stock: Rule) -> Rule:
    """Note in ``span`` where a tag stands."""

    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not stock(state, silent):
            return False
        if not silent:
            state.tokens[-1].meta["span"] = (start, state.pos)
        return True

    return rule
