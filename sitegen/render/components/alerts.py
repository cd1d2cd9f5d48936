"""GitHub's alerts: quotes that open with ``[!NOTE]`` and its sisters.

markdown-it-py's own option takes a marker that is alone on its line; doc-builder's pages go on
behind it, and what is nearly an alert is a finding here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.errors import did_you_mean
from sitegen.render.context import PageContext

_ALERT = re.compile(r"\[!([A-Za-z]+)\][ \t]*\n?")
_ALERTS = frozenset(("note", "tip", "important", "warning", "caution"))


def alerts(state: StateCore) -> None:
    """Turn quotes that open with ``[!NOTE]`` into callouts."""
    open_alerts: list[bool] = []
    for index, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            kind = _alert_kind(state.tokens, index, state.env["page"])
            open_alerts.append(bool(kind))
            if kind:
                token.type, token.info, token.attrs = "component_open", "alert", {"kind": kind}
        elif token.type == "blockquote_close" and open_alerts.pop():
            token.type, token.info = "component_close", "alert"


def _alert_kind(tokens: Sequence[Token], index: int, page: PageContext) -> str:
    following = tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].type != "paragraph_open":
        return ""
    inline = following[1]
    match = _ALERT.match(inline.content)
    if match is None:
        return ""
    if match[1].lower() not in _ALERTS:
        remedy = did_you_mean(match[1], _ALERTS)
        line = inline.map[0] if inline.map else 0
        page.report("alert-unknown", f"[!{match[1]}] is no alert", help=remedy, line=line)
        return ""
    inline.content = inline.content[match.end() :]
    following[0].hidden = tokens[index + 3].hidden = not inline.content
    return match[1].lower()
