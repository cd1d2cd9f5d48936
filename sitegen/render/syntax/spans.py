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
            state.tokens[index].meta["tail"] = (_label_end(state, start), state.pos)
        return True

    return rule


def _label_end(state: StateInline, start: int) -> int:
    """Where the label ends of a link that has been read; most have one place where it can."""
    end, bracket = state.pos, start + (state.src[start] == "!")
    place = state.src.find("](", start, end)
    if state.src[end - 1] == ")" and state.src.find("](", place + 1, end) < 0:
        return place
    state.pos = start
    label: int = state.md.helpers.parseLinkLabel(state, bracket, bracket == start)
    state.pos = end
    return label


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
