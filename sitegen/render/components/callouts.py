"""Callouts: tips, GitHub alerts and version notes."""

from __future__ import annotations

from html import escape

from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext


def callout(kind: str, title: str, body: str, marks: str = "") -> str:
    """Frame a body as a callout with a visible title, so that colour is not the only cue."""
    return (
        f'<aside class="sg-callout sg-callout-{kind}" role="note" aria-label="{title}"{marks}>\n'
        f'<p class="sg-callout-title">{title}</p>\n{body}</aside>\n'
    )


@component("Tip", attributes=("warning", "title"))
def tip(node: Node, _page: PageContext) -> str:
    """``<Tip>``, ``<Tip warning={true}>``, ``<Tip title="...">``."""
    kind = "warning" if node.flag("warning") else "tip"
    return callout(kind, node.get("title") or kind.capitalize(), node.body, node.marks)


@component("alert", attributes=("kind", "title"))
def alert(node: Node, _page: PageContext) -> str:
    """``> [!NOTE]`` and its sisters; the parser makes the node from the quote."""
    kind = node.attributes["kind"]
    return callout(kind, node.get("title") or kind.capitalize(), node.body, node.marks)


@component("Added", "Changed", "Deprecated", attributes=("version",))
def version_note(node: Node, _page: PageContext) -> str:
    """``<Added version="2.3.0">text</Added>`` and its sisters."""
    kind = "warning" if node.name == "Deprecated" else "note"
    title = f"{node.name} in {node.get('version')}" if node.get("version") else escape(node.name)
    return callout(kind, title, node.body, node.marks)
