"""Callouts: tips, GitHub alerts and version notes."""

from __future__ import annotations

from html import escape

from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain

KINDS = {
    **dict.fromkeys(("note", "info", "abstract", "summary", "seealso", "todo", "example"), "note"),
    **dict.fromkeys(("admonition", "dropdown", "versionadded", "versionchanged"), "note"),
    **dict.fromkeys(("quote", "details", "question", "faq", "help", "secondary"), "note"),
    **dict.fromkeys(("tip", "hint", "success", "check", "done"), "tip"),
    **dict.fromkeys(("important",), "important"),
    **dict.fromkeys(("warning", "attention", "warn"), "warning"),
    **dict.fromkeys(("caution", "danger", "error", "failure", "fail", "bug"), "caution"),
    "deprecated": "warning",
}
"""The callouts of other dialects, by name: which of ours each is."""


def callout(page: PageContext, kind: str, title: str, body: str, marks: str = "") -> str:
    """Frame a body as a callout with a visible title, so that colour is not the only cue."""
    shown = page.hold(f'<p class="sg-callout-title">{title}</p>', sought="")
    return (
        f'<aside class="sg-callout sg-callout-{kind}" role="note" aria-label="{title}"{marks}>\n'
        f"{shown}\n{body}</aside>\n"
    )


def _tip_label(node: Node, _page: PageContext) -> str:
    kind = "Warning" if node.flag("warning") else "Tip"
    return node.attributes.get("title", "") or kind


def _tip_markdown(node: Node, _page: PageContext) -> str:
    kind = "warning" if node.flag("warning") else "tip"
    return plain.alert(kind, node.body, node.attributes.get("title", ""))


@component("Tip", attributes=("warning", "title"), markdown=_tip_markdown, label=_tip_label)
def tip(node: Node, page: PageContext) -> str:
    """``<Tip>``, ``<Tip warning={true}>``, ``<Tip title="...">``."""
    kind = "warning" if node.flag("warning") else "tip"
    return callout(page, kind, node.get("title") or kind.capitalize(), node.body, node.marks)


def _alert_markdown(node: Node, _page: PageContext) -> str:
    return plain.alert(node.attributes["kind"], node.body, node.attributes.get("title", ""))


@component("alert", attributes=("kind", "title"), markdown=_alert_markdown)
def alert(node: Node, page: PageContext) -> str:
    """``> [!NOTE]`` and its sisters; the parser makes the node from the quote."""
    kind = node.attributes["kind"]
    return callout(page, kind, node.get("title") or kind.capitalize(), node.body, node.marks)


def _named(node: Node) -> tuple[str, str]:
    """The kind and the title of a callout of another dialect."""
    name = (node.attributes.get("type") or node.name).lower()
    if name not in KINDS:  # `<Aside>` alone is a note
        name = "note"
    return KINDS[name], node.attributes.get("title") or name.capitalize()


@component(
    *("Note", "Info", "Important", "Warning", "Caution", "Danger", "Check"),
    *("Aside", "Admonition", "Callout"),
    markdown=lambda node, _: plain.alert(_named(node)[0], node.body, _named(node)[1]),
    label=lambda node, _: _named(node)[1],
)
def named_callout(node: Node, page: PageContext) -> str:
    """``<Note>``, ``<Aside type="tip" title="...">``: as Docusaurus, Starlight, Mintlify write."""
    kind, title = _named(node)
    return callout(page, kind, escape(title), node.body, node.marks)


def _version_label(node: Node, _page: PageContext) -> str:
    version = node.attributes.get("version", "")
    return f"{node.name} in {version}" if version else node.name


def _version_markdown(node: Node, page: PageContext) -> str:
    kind = "warning" if node.name == "Deprecated" else "note"
    return plain.alert(kind, node.body, _version_label(node, page))


@component(
    *("Added", "Changed", "Deprecated"),
    attributes=("version",),
    markdown=_version_markdown,
    label=_version_label,
)
def version_note(node: Node, page: PageContext) -> str:
    """``<Added version="2.3.0">text</Added>`` and its sisters."""
    kind = "warning" if node.name == "Deprecated" else "note"
    return callout(page, kind, escape(_version_label(node, page)), node.body, node.marks)
