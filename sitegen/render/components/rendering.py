"""Rendering of tokens to HTML; components get their bodies rendered first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from sitegen.render.components.registry import COMPONENTS, Node, inspect
from sitegen.render.context import PageContext

_NO_PART_OF_A_SENTENCE = re.compile(
    r"\s*<(?:aside|details|div|dl|figure|h[1-6]|nav|ol|p|pre|section|table|ul)\b"
)


class ComponentRendering(RendererHTML):
    """Renders components, from the inside out, between all other tokens."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Render block tokens; component containers are rendered from the inside out."""
        return "".join(self._blocks(tokens, options, env))

    def _blocks(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> Iterator[str]:
        rules, render_token, end = self.rules, self.renderToken, -1
        for index, token in enumerate(tokens):
            if index <= end:
                continue  # what began before has it inside
            kind = token.type
            if kind == "inline":
                if token.map:
                    env["page"].line = env["page"].first = token.map[0]
                yield self.renderInline(token.children or [], options, env)
            elif kind == "component_open":
                end = _closing(tokens, index)
                yield self._component(tokens[index : end + 1], options, env)
            elif kind == "paragraph_open" and _may_hold_blocks(token, tokens[index + 1]):
                yield self._parted(tokens, index, options, env)
                end = index + 2
            else:
                if token.meta and "marks" in token.meta and token.tag and kind != "fence":
                    token.attrs |= token.meta["marks"]
                yield rules.get(kind, render_token)(tokens, index, options, env)

    def _parted(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A paragraph as those around its callouts and the like, for which HTML has no place in it.

        Where there is no sentence, there is no paragraph.
        """
        opening = self.rules["paragraph_open"](tokens, index, options, env)
        inline = tokens[index + 1]
        if inline.map:
            env["page"].line = env["page"].first = inline.map[0]
        done, sentence, box = "", "", "<input" in opening
        for part in _parts(inline.children or []):
            html = self.renderInline(part, options, env)
            is_component = part[0].type.startswith("component")
            if not (is_component and _NO_PART_OF_A_SENTENCE.match(html)):
                sentence += html
                continue
            if box or sentence.strip():
                done += f"{opening}{sentence.strip()}</p>\n"
                opening, box = "<p>", False
            done += html
            sentence = ""
        return f"{done}{opening}{sentence.strip()}</p>\n" if sentence.strip() or box else done

    def renderInline(  # noqa: N802 - markdown-it's name
        self, tokens: Sequence[Token], options: OptionsDict, env: EnvType
    ) -> str:
        """Render inline tokens; components in a sentence as in `render`."""
        out: list[str] = []
        rules, render_token, end = self.rules, self.renderToken, -1
        for index, token in enumerate(tokens):
            if index <= end:
                continue
            kind = token.type
            if kind == "text":
                text = token.content
                is_plain = not ("&" in text or "<" in text or ">" in text)
                out.append(text if is_plain else escape(text, quote=False))
            elif kind == "component_open":
                end = _closing(tokens, index)
                out.append(self._component(tokens[index : end + 1], options, env))
            else:
                out.append(rules.get(kind, render_token)(tokens, index, options, env))
        return "".join(out)

    def renderToken(  # noqa: N802 - markdown-it's name
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Render a tag as markdown-it does; nearly all are ends, or begin a sentence, and bare."""
        token = tokens[idx]
        if not (token.attrs or token.hidden):
            if token.nesting < 0:
                return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
            if token.nesting and idx + 1 < len(tokens) and tokens[idx + 1].type == "inline":
                return f"\n<{token.tag}>" if idx and tokens[idx - 1].hidden else f"<{token.tag}>"
        return super().renderToken(tokens, idx, options, env)

    def _component(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        page: PageContext = env["page"]
        node = self._node(tokens, options, env)
        page.line = tokens[0].map[0] if tokens[0].map else page.line
        inspect(node, page, alone=True)
        return COMPONENTS[node.name].render(node, page)

    def _node(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> Node:
        opening, inner = tokens[0], tokens[1:-1]
        body: list[str] = []
        slots: list[Node] = []
        index = start = depth = 0
        while index < len(inner):
            token = inner[index]
            if token.type == "component_open":
                end = _closing(inner, index)
                if depth == 0 and opening.info in COMPONENTS[token.info].within:
                    body += self._some(inner[start:index], options, env)
                    slots.append(self._node(inner[index : end + 1], options, env))
                    env["page"].line = token.map[0] if token.map else env["page"].line
                    inspect(slots[-1], env["page"], alone=False)
                    start = end + 1
                index = end
            else:
                depth += token.nesting  # what stands in a list, say, belongs to its item
            index += 1
        body += self._some(inner[start:], options, env)
        attributes = {name: str(value) for name, value in opening.attrs.items()}
        return Node(opening.info, attributes, "".join(body), tuple(slots), marks_of(opening))

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
        node = Node(token.info, attributes, marks=marks_of(token), members=members)
        page: PageContext = env["page"]
        page.line = token.map[0] if token.map else page.line
        if "malformed" in token.meta:
            page.report("component-malformed", f"the tag <{token.info}> cannot be read")
            code = {"code": token.meta["malformed"] + "\n", "info": ""}
            return COMPONENTS["fence"].render(Node("fence", code, marks=node.marks), page)
        inspect(node, page, alone=True)
        return COMPONENTS[token.info].render(node, page)

    def problem(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Report what an inline rule found; it knows its line within the text only."""
        page: PageContext = env["page"]
        finding = dict(tokens[idx].meta)
        page.report(**finding | {"line": page.first + finding["line"]})
        return ""

    def dropped(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """Show nothing: a comment, or a tag that opens or closes nothing."""
        return ""

    abbreviation = dropped  # what it says is at each of its places

    def notebooks(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """Show nothing where the marker stood: its links come below the text."""
        return ""

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        """Render a code block."""
        token = tokens[idx]
        page: PageContext = env["page"]
        page.line = token.map[0] if token.map else page.line
        attributes = {"code": token.content, "info": token.info}
        return COMPONENTS["fence"].render(Node("fence", attributes, marks=marks_of(token)), page)


def marks_of(token: Token) -> str:
    """Write the attributes that say where an element comes from."""
    marks = token.meta.get("marks", {}) if token.meta else {}
    return "".join(f' {name}="{escape(value)}"' for name, value in marks.items())


def _may_hold_blocks(opening: Token, inline: Token) -> bool:
    """Whether a paragraph has a component among its words, which is no sentence perhaps."""
    return (
        "<" in inline.content
        and not opening.hidden
        and any(child.type.startswith("component") for child in inline.children or ())
    )


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens of a sentence: each component that stands in no other mark, what is between."""
    start = index = depth = 0
    while index < len(tokens):
        token = tokens[index]
        if depth == 0 and token.type.startswith("component"):
            if start < index:
                yield tokens[start:index]
            start = index
            index = _closing(tokens, index) if token.nesting else index
            yield tokens[start : index + 1]
            start = index + 1
        else:
            depth += token.nesting
        index += 1
    if start < len(tokens):
        yield tokens[start:]


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
