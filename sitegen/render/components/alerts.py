"""GitHub's alerts: quotes that open with ``[!NOTE]`` and its sisters.

markdown-it-py's own option takes a marker that is alone on its line; doc-builder's pages go on
behind it, and what is nearly an alert is a finding here.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.errors import did_you_mean
from sitegen.render.components.callouts import KINDS, title_of
from sitegen.render.context import PageContext
from sitegen.scan.patterns import rare

_ALERT = rare(  # what stands behind a bar in Obsidian is for its themes
    r"\[!([A-Za-z][\w-]*)(?:\|[^\[\]\n]*)?\]([-+]?)[ \t]*\n?"
)
_ALERTS = frozenset(("note", "tip", "important", "warning", "caution"))
_FOLDS = {"+": "open", "-": "closed"}


def alerts(state: StateCore) -> None:
    """Turn quotes that open with ``[!NOTE]`` into callouts; also those of Obsidian, ``[!faq]-``."""
    open_alerts: list[bool] = []
    titles: list[tuple[int, Token]] = []
    for index, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            attributes = _alert(state.tokens, index, state.env["page"])
            open_alerts.append(bool(attributes))
            if attributes:
                token.type, token.info, token.attrs = "component_open", "alert", dict(attributes)
                if token.meta.get("title"):
                    titles.append((index + 1, token))
        elif token.type == "blockquote_close" and open_alerts.pop():
            token.type, token.info = "component_close", "alert"
    for index, token in reversed(titles):
        line = token.map[0] if token.map else 0
        state.tokens[index:index] = title_tokens(token.meta["title"], line, token.level + 1)


def title_tokens(title: str, line: int, level: int) -> list[Token]:
    """The title of a callout, which is Markdown of its own."""
    opening = Token("component_open", "", 1, info="alert:title", block=True, level=level)
    text = Token("inline", "", 0, content=title, children=[], map=[line, line + 1], block=True)
    closing = Token("component_close", "", -1, info="alert:title", block=True, level=level)
    text.level = level + 1
    return [opening, text, closing]


def _alert(tokens: Sequence[Token], index: int, page: PageContext) -> dict[str, str]:
    """What kind of alert a quote is, without its marker from now on; nothing if it is none.

    In Obsidian a title stands behind the marker; behind those of GitHub doc-builder's text begins,
    unless a sign says that the callout is one to fold.
    """
    following = tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].type != "paragraph_open":
        return {}
    inline = following[1]
    match = _ALERT.match(inline.content)
    if match is None:
        return {}
    name, fold = match[1].lower(), _FOLDS.get(match[2])
    if name not in KINDS:
        remedy = did_you_mean(match[1], _ALERTS)
        line = inline.map[0] if inline.map else 0
        page.report("alert-unknown", f"[!{match[1]}] is no alert", help=remedy, line=line)
        return {}
    text = inline.content[match.end() :]
    if (fold or name not in _ALERTS) and not match[0].endswith("\n"):
        tokens[index].meta["title"], _, text = text.partition("\n")
    inline.content = text
    following[0].hidden = tokens[index + 3].hidden = not text
    attributes = {"kind": KINDS[name]}
    if name not in _ALERTS:
        attributes["title"] = title_of(name)
    return attributes | ({"fold": fold} if fold else {})
