"""Markdown in doc-builder's dialect: the markdown-it parser with our rules, and its renderer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from sitegen.addresses import safe_url
from sitegen.components import COMPONENTS, Node
from sitegen.components.autodoc import autodoc_block, docstring_block, end_before_marker
from sitegen.components.blocks import component_block, component_inline
from sitegen.doctests import copy_text
from sitegen.heading_rules import custom_ids, headings
from sitegen.highlight import highlight
from sitegen.link_rendering import LinkRendering, odd_links, raw
from sitegen.page_context import PageContext
from sitegen.reference_rule import reference_inline
from sitegen.sanitize import TAGS

MAX_NESTING = 200  # levels; beyond it markdown-it drops text without a word
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_PLAIN_URL = re.compile(r"[\w/.~#?=&:+,;@!$*-]*", re.ASCII).fullmatch  # stays as it is when encoded
_ALERT = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*\n?", re.IGNORECASE)
_FIRST_TAG = re.compile(r"<([a-z][a-z0-9]*)")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Build the parser; one serves all pages of a process."""
    md = MarkdownIt("commonmark", {"linkify": True}, renderer_cls=Renderer)
    md.options["maxNesting"] = MAX_NESTING
    md.enable(["table", "strikethrough", "linkify"]).disable("code")
    md.use(footnote_plugin).use(tasklists_plugin)
    _link_bare_addresses(md)
    normalize = md.normalizeLink
    md.normalizeLink = lambda url: url if _PLAIN_URL(url) else normalize(url)  # type: ignore[method-assign]
    # What starts with a parenthesis is taken for a link here, so that `odd_links` can unlink it.
    md.validateLink = lambda url: url.startswith("(") or safe_url(url)  # type: ignore[method-assign]
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("html_block", "component", component_block, interrupting)
    md.block.ruler.before("component", "autodoc", autodoc_block, interrupting)
    md.block.ruler.before("component", "docstring", docstring_block, interrupting)
    md.block.ruler.before("component", "comment", _comment_block, interrupting)
    md.block.ruler.at("html_block", _known_html_block(md), interrupting)
    md.inline.ruler.before("html_inline", "component_inline", component_inline)
    md.inline.ruler.before("html_inline", "comment_inline", _comment_inline)
    md.core.ruler.after("github-tasklists", "checkboxes", _checkboxes)
    md.core.ruler.before("inline", "alerts", _alerts)
    md.core.ruler.before("inline", "custom_ids", custom_ids)
    md.core.ruler.before("text_join", "headings", headings)  # it looks at escapes
    md.inline.ruler.before("link", "reference", reference_inline)
    md.core.ruler.push("odd_links", odd_links)
    md.core.ruler.push("chunks", _mark_chunks)
    return md


def _link_bare_addresses(md: MarkdownIt) -> None:
    """Make links of `http://` and `https://` addresses only: `README.md` is no host in Moldova."""
    linkify = md.linkify
    if linkify is None:
        raise RuntimeError("linkify-it-py is not installed")
    linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for schema in ("ftp:", "//", "mailto:"):
        linkify.add(schema, None)
    linkify.pretest = lambda text: "://" in text  # its own looks through every text by regex


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop an HTML comment; one that never ends is text, and none reaches into the next section."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("<!--", "-->"), position):
        return False
    page: PageContext = state.env["page"]
    close = state.src.find("-->", position, state.eMarks[end - 1])
    if close < 0 or (close == position and close != page.comment_end):
        return False
    line = next(n for n in range(start, end) if close <= state.eMarks[n])
    if state.src[close + 3 : state.eMarks[line]].strip():
        return False  # text follows on the line: an inline comment of a paragraph
    if not silent:
        cut = next((s.line for s in page.document.sections if start < s.line <= line), line + 1)
        if cut <= line:
            page.comment_end = close
            page.report("comment-across-chunks", "a comment hides whole chunks", line=start)
        state.line = cut
    return True


def _comment_inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    close = state.src.find("-->", state.pos + 2, state.posMax)
    if close < 0:
        return False
    state.pos = close + 3
    return True


def _known_html_block(md: MarkdownIt) -> Any:
    """Keep raw HTML blocks to tags that exist: `<your_model>` on a line is a paragraph."""
    rules = md.block.ruler.__rules__
    stock = next(rule.fn for rule in rules if rule.name == "html_block")

    def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        name = _TAG_NAME.match(state.src, position)
        if name is None or name[1].lower() not in TAGS:
            return False
        if not stock(state, start, end, silent):
            return False
        if not silent and name[1].lower() != "pre":
            end_before_marker(state, start)
        return True

    return html_block


def _checkboxes(state: StateCore) -> None:
    """Tell the boxes that the task list plugin writes from tags that authors write."""
    for index, token in enumerate(state.tokens):
        if index < 2 or token.type != "inline":
            continue
        if "task-list-item" in str(state.tokens[index - 2].attrGet("class")):
            box = (token.children or [token])[0]
            if box.type == "html_inline":
                box.type = "checkbox"


def _alerts(state: StateCore) -> None:
    """Turn quotes that open with ``[!NOTE]`` into callouts."""
    open_alerts: list[bool] = []
    for index, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            kind = _alert_kind(state.tokens, index)
            open_alerts.append(bool(kind))
            if kind:
                token.type, token.info, token.attrs = "component_open", "alert", {"kind": kind}
        elif token.type == "blockquote_close" and open_alerts.pop():
            token.type, token.info = "component_close", "alert"


def _alert_kind(tokens: Sequence[Token], index: int) -> str:
    following = tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].type != "paragraph_open":
        return ""
    inline = following[1]
    match = _ALERT.match(inline.content)
    if match is None:
        return ""
    inline.content = inline.content[match.end() :]
    following[0].hidden = tokens[index + 3].hidden = not inline.content
    return match[1].lower()


def _mark_chunks(state: StateCore) -> None:
    """Mark the first element of each chunk."""
    sections = iter(state.env["page"].document.sections)
    section = next(sections, None)
    for token in state.tokens:
        if section is None:
            return
        if token.map is None or token.nesting < 0 or token.type == "inline" or token.hidden:
            continue
        current = None
        while section is not None and section.line <= token.map[0]:
            current, section = section, next(sections, None)
        if current is not None and current.chunk_id:
            token.meta["chunk"] = current.chunk_id


class Renderer(LinkRendering, RendererHTML):
    """Renders tokens to HTML; components get their bodies rendered first."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Render block tokens; component containers are rendered from the inside out."""
        return "".join(self._blocks(tokens, options, env))

    def _blocks(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> Iterator[str]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "component_open":
                end = _closing(tokens, index)
                yield self._component(tokens[index : end + 1], options, env)
                index = end
            elif token.type == "inline":
                if token.map:
                    env["page"].line = token.map[0]
                yield self.renderInline(token.children or [], options, env)
            else:
                chunk = token.meta.get("chunk") if token.meta else None
                if chunk and token.tag and token.type != "fence":
                    token.attrSet("data-chunk", chunk)
                rule = self.rules.get(token.type)
                yield (rule or self.renderToken)(tokens, index, options, env)
            index += 1

    def renderInline(  # noqa: N802 - markdown-it's name
        self, tokens: Sequence[Token], options: OptionsDict, env: EnvType
    ) -> str:
        """Render inline tokens; components in a sentence as in `render`."""
        out: list[str] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "component_open":
                end = _closing(tokens, index)
                out.append(self._component(tokens[index : end + 1], options, env))
                index = end
            elif token.type == "text":
                out.append(escape(token.content, quote=False))
            else:
                rule = self.rules.get(token.type, self.renderToken)
                out.append(rule(tokens, index, options, env))
            index += 1
        return "".join(out)

    def _component(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        node = self._node(tokens, options, env)
        env["page"].line = tokens[0].map[0] if tokens[0].map else env["page"].line
        return COMPONENTS[node.name].render(node, env["page"])

    def _node(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> Node:
        opening, inner = tokens[0], tokens[1:-1]
        body: list[str] = []
        slots: list[Node] = []
        index = start = 0
        while index < len(inner):
            token = inner[index]
            if token.type == "component_open":
                end = _closing(inner, index)
                if opening.info in COMPONENTS[token.info].within:
                    body += self._some(inner[start:index], options, env)
                    slots.append(self._node(inner[index : end + 1], options, env))
                    start = end + 1
                index = end
            index += 1
        body += self._some(inner[start:], options, env)
        attributes = {name: str(value) for name, value in opening.attrs.items()}
        return Node(opening.info, attributes, "".join(body), tuple(slots), _marks(opening))

    def _some(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> Iterator[str]:
        if tokens and not tokens[0].block:
            return iter([self.renderInline(tokens, options, env)])
        return self._blocks(tokens, options, env)

    def component(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Render a component without a body."""
        token = tokens[idx]
        attributes = {name: str(value) for name, value in token.attrs.items()}
        members = token.meta.get("members", ()) if token.meta else ()
        node = Node(token.info, attributes, marks=_marks(token), members=members)
        return COMPONENTS[token.info].render(node, env["page"])

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        """Render a code block; the coloured code bypasses the sanitiser, every text escaped."""
        token = tokens[idx]
        page: PageContext = env["page"]
        code = highlight(token.content, token.info)
        copy = copy_text(token.content, code.language)
        data = f' data-copy="{escape(copy)}"' if copy is not None else ""
        label = f'<figcaption class="sg-code-label">{escape(code.label)}</figcaption>'
        return (
            page.hold(
                f'<figure class="sg-code" data-lang="{code.language}"{data}{_marks(token)}>'
                f"{label if code.label else ''}"
                f'<pre tabindex="0"><code class="language-{code.language}">{code.html}</code></pre>'
                "</figure>"
            )
            + "\n"
        )

    def checkbox(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """Render the box of a task list item; it shows a state and takes no input."""
        done = "checked=" in tokens[idx].content
        state = ' aria-label="Done" checked' if done else ' aria-label="To do"'
        return f'<input type="checkbox"{state} disabled>'

    def table_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """Put a table into a box that scrolls by itself and takes the keyboard."""
        return (
            f'<div class="sg-table" tabindex="0" role="group" aria-label="Table"'
            f"{_marks(tokens[idx])}>\n<table>\n"
        )

    def table_close(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """End a table and its box."""
        return "</table>\n</div>\n"

    def html_block(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Show raw HTML: known tags stay, all else is visible text."""
        marks = _marks(tokens[idx])
        html = raw(tokens[idx].content, env["page"])
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


def _marks(token: Token) -> str:
    chunk = token.meta.get("chunk") if token.meta else None
    return f' data-chunk="{escape(chunk)}"' if chunk else ""


def _closing(tokens: Sequence[Token], index: int) -> int:
    depth = 0
    for position in range(index, len(tokens)):
        if tokens[position].type == "component_open":
            depth += 1
        elif tokens[position].type == "component_close":
            depth -= 1
            if depth == 0:
                return position
    return len(tokens) - 1
