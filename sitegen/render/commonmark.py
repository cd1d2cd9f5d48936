"""CommonMark and what GitHub adds: parsers built of groups of rules, safe and without losses."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore, normalize
from markdown_it.rules_inline import StateInline

from sitegen.render.dispatch import BlockDispatch, InlineDispatch
from sitegen.scan.patterns import rare

_TILDE_IN_WORD = rare(r"\w~\w")


def build_parser(
    *groups: Iterable[Callable[[MarkdownIt], object]],
    renderer: type[RendererHTML] = RendererHTML,
) -> MarkdownIt:
    """Build a CommonMark parser and teach it groups of rules; without any it stays CommonMark."""
    md = MarkdownIt(renderer_cls=renderer)
    md.block, md.inline = BlockDispatch(), InlineDispatch()
    md.configure("commonmark")
    md.core.ruler.at("normalize", _normalize)
    for teach in (rule for group in groups for rule in group):
        teach(md)
    return md


def _normalize(state: StateCore) -> None:
    """Make ends of lines alike where they are not; markdown-it writes each of them anew."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _gfm(md: MarkdownIt) -> None:
    """Add tables and strikethrough by one tilde or two."""
    md.options.update(strikethrough_single_tilde=True, tasklists=True)
    md.enable(["table", "strikethrough"])
    md.inline.ruler.before("strikethrough", "tilde_in_word", _tilde_in_word)


def _tilde_in_word(state: StateInline, silent: bool) -> bool:
    """Leave one tilde between letters or digits alone: `3~5` is a range."""
    around = state.src[max(state.pos - 1, 0) : min(state.pos + 2, state.posMax)]
    if _TILDE_IN_WORD.fullmatch(around) is None:
        return False
    if not silent:
        state.pending += "~"
    state.pos += 1
    return True


EXTENSIONS = (_gfm,)
"""What GitHub adds to CommonMark."""
