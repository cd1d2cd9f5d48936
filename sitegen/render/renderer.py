"""The renderer: tokens of the whole language to HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape

from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from sitegen.render.components.rendering import ComponentRendering, marks_of
from sitegen.render.context import PageContext
from sitegen.render.links import LinkRendering, raw
from sitegen.render.rules.cjk import is_cjk, is_hangul
from sitegen.render.rules.formulas import formula
from sitegen.render.syntax.html import highlight_raw_code
from sitegen.scan.patterns import rare

_FIRST_TAG = rare(r"<([a-z][a-z0-9]*)")
_TABLE = re.compile(r"<table(?=[\s>])|</table>")
_NUMBERED = re.compile(r"&#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});")

_NEAR = 100  # tokens beside a break: of a text without words there may be thousands


class Renderer(LinkRendering, ComponentRendering):
    """Renders tokens to HTML; components get their bodies rendered first."""

    def code_inline(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """Render code in a sentence; authors write `&#124;` there for what they cannot type."""
        code = _NUMBERED.sub(lambda match: unescape(match[0]), tokens[idx].content)
        return f"<code{self.renderAttrs(tokens[idx])}>{escape(code, quote=False)}</code>"

    def hardbreak(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Break a line of the page where one of the source ends."""
        env["page"].line += 1
        return super().hardbreak(tokens, idx, options, env)

    def softbreak(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Break a line of the source; in writing without spaces no space comes of it."""
        env["page"].line += 1
        following = tokens[idx + 1].content if idx + 1 < len(tokens) else " "
        if following.isascii() and following:  # as nearly all are
            return "\n"
        before = range(idx - 1, max(idx - _NEAR, 0) - 1, -1)
        after = range(idx + 1, min(idx + _NEAR, len(tokens)))
        if _is_solid(tokens, before, -1) and _is_solid(tokens, after, 0):
            return ""
        return "\n"

    def too_deep(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """Show what nests too deep as it was written."""
        text = escape(tokens[idx].content, quote=False)
        return f'<pre tabindex="0"{marks_of(tokens[idx])}>{text}</pre>\n'

    def math_block(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Give a formula a line of its own, which scrolls by itself and takes the keyboard."""
        html = formula(tokens[idx], env["page"])
        return f'<div class="sg-math" tabindex="0"{marks_of(tokens[idx])}>{html}</div>\n'

    def math_inline(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Render a formula in a sentence."""
        return formula(tokens[idx], env["page"])

    def table_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """Begin a table; `boxed` gives every table its box."""
        return f"<table{marks_of(tokens[idx])}>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, _env: EnvType
    ) -> str:
        """Begin a cell of the head; an empty one heads nothing."""
        html = self.renderToken(tokens, idx, options, _env)
        return html if tokens[idx + 1].content else html.replace("<th", "<td", 1)

    def th_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """End a cell of the head as it began."""
        return "</th>\n" if tokens[idx - 1].content else "</td>\n"

    def list_item_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Begin an item; the box of a task stands in its paragraph, if it begins with one."""
        html = self.renderToken(tokens, idx, options, env)
        is_said = tokens[idx + 1].type == "paragraph_open"
        return html if is_said else html + _box(tokens[idx], env["page"])

    def paragraph_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Begin a paragraph; the first of a task has a box that says its state."""
        html = self.renderToken(tokens, idx, options, env)
        return html + _box(tokens[idx - 1], env["page"]) if idx else html

    def html_block(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Show raw HTML: known tags stay, all else is visible text."""
        token, page = tokens[idx], env["page"]
        marks = marks_of(token)
        page.line = token.map[0] if token.map else page.line
        html = raw(highlight_raw_code(token.content, page), page)
        if not marks:
            return html
        if _FIRST_TAG.match(html.lstrip()):
            return _FIRST_TAG.sub(lambda m: m[0] + marks, html, count=1)
        return f"<div{marks}>{html}</div>\n"

    def html_inline(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Show a raw tag in a sentence as in `html_block`."""
        return raw(tokens[idx].content, env["page"])


def _is_solid(tokens: Sequence[Token], beside: Iterable[int], at: int) -> bool:
    """Whether the text next to a place ends or begins with a letter that no spaces are around."""
    content = next((tokens[index].content for index in beside if tokens[index].content), " ")
    return is_cjk(content[at]) and not is_hangul(content[at])


def _box(item: Token, page: PageContext) -> str:
    """The box of a task, empty for what is none."""
    if "checked" not in item.meta:
        return ""
    said, checked = ("Done", ' checked=""') if item.meta["checked"] else ("To do", "")
    said = escape(page.say(said))
    return f'<input type="checkbox" disabled="" aria-label="{said}"{checked}> '


def boxed(html: str, page: PageContext) -> str:
    """Put each table of a body into a box that scrolls by itself and takes the keyboard.

    The sanitiser comes after it: what was no table's tag, or was not closed, is put right there.
    """
    if "<table" not in html:
        return html
    box = (
        f'<div class="sg-table" tabindex="0" role="group" aria-label="{escape(page.say("Table"))}">'
    )
    opened = 0

    def in_box(tag: re.Match[str]) -> str:
        nonlocal opened
        if tag[0][1] != "/":
            opened += 1
            return box + tag[0]
        if not opened:  # its box's end would close another element
            return tag[0]
        opened -= 1
        return f"{tag[0]}</div>"

    return _TABLE.sub(in_box, html)
