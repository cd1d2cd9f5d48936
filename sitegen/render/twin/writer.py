"""The second renderer: block tokens -> Markdown that needs no dialect, by a table of rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from markdown_it.token import Token
from msgspec import Struct, field

from sitegen.render.components.registry import COMPONENTS, Node
from sitegen.render.context import PageContext
from sitegen.render.html.raw import for_others, without_comments
from sitegen.render.syntax.jsx import without_jsx
from sitegen.render.twin.pieces import fenced, indented, quoted, raw_address
from sitegen.render.twin.sentences import sentence

_OTHER_MARKER = {"-": "*", "*": "-", "+": "-", ".": ")", ")": "."}
_ALIGNED = {"left": ":---", "center": ":---:", "right": "---:"}
_NEAR = frozenset(
    (("text", "code"), ("text", "list"), ("text", "quote"), ("code", "text"), ("code", "list"))
)
"""Blocks that need no blank line between them, so that a list may stay tight."""


class Frame(Struct):
    """Something open: its token, and what has been written inside."""

    opening: Token
    blocks: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)  # of the blocks
    slots: list[Node] = field(default_factory=list)
    aligned: list[str] = field(default_factory=list)  # how the columns of a table are
    apart: bool = False  # a paragraph that stands by itself makes lists around it loose
    marker: str = ""  # of the list that was just written

    def add(self, block: str, kind: str = "") -> None:
        """Add a block unless it says nothing."""
        if block.strip():
            self.blocks.append(block)
            self.kinds.append(kind)
            self.marker = ""

    def text(self, *, tight: bool = False) -> str:
        """All blocks; blank lines are between them, in a tight list only where one is needed."""
        if not tight:
            return "\n\n".join(self.blocks)
        out: list[str] = []
        for number, block in enumerate(self.blocks):
            if number:
                near = tuple(self.kinds[number - 1 : number + 1]) in _NEAR
                out.append("\n" if near else "\n\n")
            out.append(block)
        return "".join(out)


def twin(tokens: Sequence[Token], page: PageContext) -> str:
    """Write the tokens of a page as Markdown."""
    frames = [Frame(Token("page_open", "", 1))]
    before = frames[0].opening
    for token in tokens:
        kind = token.type
        if kind == "inline":
            _sentence(frames[-1], before, sentence(token, page))
        elif kind in _UNFRAMED:
            pass
        elif token.nesting > 0:
            frames.append(Frame(token))
        elif token.nesting < 0:
            if rule := _CLOSING.get(kind):
                inner = frames.pop()
                rule(frames[-1], inner, page)
        elif leaf := _LEAVES.get(kind):
            leaf(frames[-1], token, page)
        before = token
    return f"{frames[-1].text()}\n"


def _sentence(top: Frame, before: Token, text: str) -> None:
    match before.type:
        case "heading_open":
            top.add(f"{'#' * int(before.tag[1])} {text.replace(chr(10), ' ')}")
        case "th_open" | "td_open":
            top.aligned.append(str(before.attrs.get("style", "")).rpartition(":")[2])
            top.blocks.append(text.replace("\n", " ").replace("|", "\\|"))
        case kind:
            top.apart |= kind == "paragraph_open" and not before.hidden
            done = None if top.blocks else top.opening.meta.get("checked")
            top.add(text if done is None else f"[{'x' if done else ' '}] {text}", "text")


def _quote(outer: Frame, inner: Frame, _page: PageContext) -> None:
    outer.add(quoted(inner.text()), "quote")


def _item(outer: Frame, inner: Frame, _page: PageContext) -> None:
    outer.apart |= inner.apart
    text = inner.text(tight=not inner.apart)
    done = None if inner.kinds[:1] == ["text"] else inner.opening.meta.get("checked")
    outer.blocks.append(text if done is None else f"[{'x' if done else ' '}] {text}")


def _list(outer: Frame, inner: Frame, _page: PageContext) -> None:
    """A list; next to another one it has another marker, or they would be one."""
    opening = inner.opening
    kind = f"{opening.type}{opening.markup}"
    if outer.marker == kind:
        opening.markup = _OTHER_MARKER[opening.markup]
        kind = f"{opening.type}{opening.markup}"
    number = int(opening.attrs.get("start", 1))
    items = []
    for at, item in enumerate(inner.blocks):
        sign = f"{number + at}" if opening.type == "ordered_list_open" else ""
        marker = f"{sign}{opening.markup} "
        items.append(indented(item, marker, " " * len(marker)))
    # No other list ends a paragraph, nor does one that begins with an empty item.
    interrupts = (number == 1 or opening.type == "bullet_list_open") and bool(inner.blocks[0])
    outer.add(("\n\n" if inner.apart else "\n").join(items), "list" if interrupts else "")
    outer.marker = kind


def _row(outer: Frame, inner: Frame, _page: PageContext) -> None:
    outer.blocks.append(f"| {' | '.join(inner.blocks)} |")
    outer.aligned = outer.aligned or inner.aligned


def _table(outer: Frame, inner: Frame, _page: PageContext) -> None:
    under = " | ".join(_ALIGNED.get(how, "---") for how in inner.aligned)
    head, *rows = inner.blocks
    outer.add("\n".join([head, f"| {under} |", *rows]))


def _terms(outer: Frame, inner: Frame, _page: PageContext) -> None:
    """Terms, each over its definitions."""
    out: list[str] = []
    for number, block in enumerate(inner.blocks):
        defines = inner.kinds[number] == "definition"
        near = not inner.apart if defines else inner.kinds[number - 1] != "definition"
        out += "" if not number else "\n" if near else "\n\n", block
    outer.add("".join(out))


def _definition(outer: Frame, inner: Frame, _page: PageContext) -> None:
    outer.apart |= inner.apart
    outer.add(indented(inner.text(), ": ", "  "), "definition")


def _note(outer: Frame, inner: Frame, _page: PageContext) -> None:
    """A footnote; one that is written in its sentence has no label, and stands there."""
    if label := inner.opening.meta.get("label"):
        outer.add(indented(inner.text(), f"[^{label}]: ", "    "))


def _notes(outer: Frame, inner: Frame, _page: PageContext) -> None:
    """All footnotes, or one that nothing refers to: its text is shown where it is written."""
    outer.add(inner.text())


def _component(outer: Frame, inner: Frame, page: PageContext) -> None:
    opening = inner.opening
    attributes = {name: str(value) for name, value in opening.attrs.items()}
    node = Node(opening.info, attributes, inner.text(), tuple(inner.slots))
    known = COMPONENTS[node.name]
    if outer.opening.type == "component_open" and outer.opening.info in known.within:
        outer.slots.append(node)
    else:
        page.line = opening.map[0] if opening.map else page.line
        outer.add(known.markdown(node, page))


def _leaf(outer: Frame, token: Token, page: PageContext) -> None:
    if "malformed" in token.meta:
        outer.add(fenced(token.meta["malformed"]))
        return
    attributes = {name: str(value) for name, value in token.attrs.items()}
    node = Node(token.info, attributes, members=token.meta.get("members", ()))
    page.line = token.map[0] if token.map else page.line
    outer.add(COMPONENTS[node.name].markdown(node, page))


def _fence(outer: Frame, token: Token, page: PageContext) -> None:
    attributes = {"code": token.content, "info": token.info, "sign": token.markup[:1] or "`"}
    outer.add(COMPONENTS["fence"].markdown(Node("fence", attributes), page), "code")


def _html(outer: Frame, token: Token, page: PageContext) -> None:
    raw = without_comments(without_jsx(token.meta.get("written", token.content)))
    outer.add(for_others(raw, partial(raw_address, page)).strip("\n"))


def _formula(outer: Frame, token: Token, _page: PageContext) -> None:
    outer.add(f"$${token.content}$$")


def _rule(outer: Frame, _token: Token, _page: PageContext) -> None:
    """A line that cannot be taken for the item of a list, for a heading or for front matter."""
    outer.add("---" if outer.opening.type == "page_open" and outer.blocks else "___")


def _as_written(outer: Frame, token: Token, _page: PageContext) -> None:
    outer.add(token.content)


_CLOSING: Mapping[str, Callable[[Frame, Frame, PageContext], None]] = MappingProxyType(
    {
        "blockquote_close": _quote,
        "bullet_list_close": _list,
        "component_close": _component,
        "dd_close": _definition,
        "dl_close": _terms,
        "footnote_block_close": _notes,
        "footnote_close": _note,
        "list_item_close": _item,
        "note_close": _notes,
        "ordered_list_close": _list,
        "table_close": _table,
        "tr_close": _row,
    }
)
"""What becomes of what was open, by the token that closes it."""
_UNFRAMED = frozenset(
    f"{name}_{end}"
    for name in ("dt", "heading", "paragraph", "tbody", "td", "th", "thead")
    for end in ("open", "close")
)
"""What is written by its sentence, and the rows by their table."""
_LEAVES: Mapping[str, Callable[[Frame, Token, PageContext], None]] = MappingProxyType(
    {
        "abbreviation": _as_written,
        "component": _leaf,
        "fence": _fence,
        "hr": _rule,
        "html_block": _html,
        "math_block": _formula,
        "too_deep": _as_written,
    }
)
"""What becomes of tokens without a body."""
