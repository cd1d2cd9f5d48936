"""Raw HTML blocks: components inside them are components, and their coloured code is ours."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape

from markdown_it.rules_block import StateBlock

from sitegen.render.components.code import code_figure
from sitegen.render.context import PageContext
from sitegen.render.html.allow_list import is_of_another
from sitegen.render.html.element import KNOWN
from sitegen.render.syntax.autodoc import end_before_marker
from sitegen.render.syntax.blocks import components_at
from sitegen.render.syntax.comments import end_behind_comment
from sitegen.render.syntax.fences import BlockRule
from sitegen.render.syntax.lines import end_at_cut, start_line_at
from sitegen.render.syntax.marks import Mark, next_mark
from sitegen.scan.patterns import rare
from sitegen.scan.tags import parse_tag

_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_HOLDS_MARKDOWN = re.compile(  # of Python-Markdown
    r"<[A-Za-z][\w-]*+(?:[ \t]++[^\s\"'<>=]++(?:=(?:\"[^\"<>\n]*+\"|'[^'<>\n]*+'|[^\s\"'<>]++))?)*?"
    r"[ \t]++markdown(?:=[\"']?(?:1|block|span)[\"']?)?(?=[\s>])[^<>\n]*>[ \t]*$",
    re.MULTILINE,
)
_SUMMARY = re.compile(r"<summary\b[^<>\n]*>[^\n]*</summary>[ \t]*$", re.MULTILINE | re.IGNORECASE)
_AS_WRITTEN = re.compile(r"<(?:pre|script|style|textarea)\b", re.IGNORECASE)
# The code, or else a tag as a whole: what its attributes hold is no code.
_CODE_OR_TAG = rare(
    r"<pre(?:\s[^<>]*)?>\s*<code\s[^<>]*?class=[\"'](?:[^\"'<>]*\s)?language-([\w+#.-]+)[^<>]*>"
    r"(.*?)</code>\s*</pre>"
    r"|<[A-Za-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*>",
    re.DOTALL,
)
_TAG = rare(r"</?[A-Za-z][^<>]*>")


def known_html(stock: BlockRule) -> BlockRule:
    """Keep raw HTML blocks to tags that exist, and end them before a component, which is taken.

    ``<your_model>`` on a line is a paragraph. One that says it holds Markdown ends with its tag.
    """

    def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        name = _TAG_NAME.match(state.src, position)
        if name is None or name[1].lower() not in KNOWN:
            return False
        if is_of_another(name[1]) and (tag := parse_tag(state.src, position)) and tag.self_closing:
            return False
        is_code = _AS_WRITTEN.match(state.src, position)
        as_written = silent or is_code
        mark = None if as_written else next_mark(state.src, position)
        line = bisect_right(state.bMarks, mark.start) - 1 if mark else end
        if not is_code and (
            _HOLDS_MARKDOWN.match(state.src, position) or _is_held(state, position)
        ):
            mark, line = None, start
        if not stock(state, start, min(end, line + 1), silent):
            return False
        if not silent and (is_code or not end_behind_comment(state, start, end)):
            end_at_cut(state, state.tokens[-1])
            if not as_written:
                end_before_marker(state, start)
            if mark is not None and line < state.line:
                _take(state, mark, (start, line), end)
        return True

    return html_block


def _is_held(state: StateBlock, position: int) -> bool:
    """Whether a summary stands right below a tag that says it holds Markdown."""
    if not _SUMMARY.match(state.src, position) or not state.tokens:
        return False
    above = state.tokens[-1]
    return above.type == "html_block" and _HOLDS_MARKDOWN.match(above.content.lstrip()) is not None


def _take(state: StateBlock, mark: Mark, lines: tuple[int, int], end: int) -> None:
    """Cut the block that was just taken at a mark on its last line; the component comes next."""
    start, line = lines
    token = state.tokens.pop()
    index = len(state.tokens)
    saved = state.bMarks[line], state.tShift[line], state.sCount[line]
    before = state.src[state.bMarks[line] : mark.start]
    start_line_at(state, line, mark.start)
    state.line = line
    taken = components_at(state, mark, line, end)
    state.bMarks[line], state.tShift[line], state.sCount[line] = saved
    if taken:
        token.content = state.getLines(start, line, state.blkIndent, True) + before
        token.map = [start, line + 1]
    else:
        state.line = line + 1
    if token.content.strip():
        state.tokens.insert(index, token)


def highlight_raw_code(html: str, page: PageContext) -> str:
    """Colour ``<pre><code class="language-x">`` like a fence; its entities are decoded once."""
    if "<pre" not in html:
        return html

    def shown(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        return code_figure(page, unescape(_TAG.sub("", found[2])), found[1].lower())

    return _CODE_OR_TAG.sub(shown, html)
