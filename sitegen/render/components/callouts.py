"""Callouts: tips, GitHub alerts and version notes."""

from __future__ import annotations

from html import escape

from sitegen.render.anchors import words_of_html
from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain

KINDS = {
    **dict.fromkeys(("note", "info", "abstract", "summary", "seealso", "todo", "example"), "note"),
    **dict.fromkeys(("tldr", "cite"), "note"),
    **dict.fromkeys(("admonition", "dropdown", "versionadded", "versionchanged"), "note"),
    **dict.fromkeys(("quote", "details", "question", "faq", "help", "secondary"), "note"),
    **dict.fromkeys(("tip", "hint", "success", "check", "done"), "tip"),
    **dict.fromkeys(("important",), "important"),
    **dict.fromkeys(("warning", "attention", "warn"), "warning"),
    **dict.fromkeys(("caution", "danger", "error", "failure", "fail", "missing", "bug"), "caution"),
    "deprecated": "warning",
}
"""The callouts of other dialects, by name: which of ours each is."""


VERSIONS = {"versionadded": "Added", "versionchanged": "Changed", "deprecated": "Deprecated"}
"""The callouts of MyST whose title is a version."""
_TITLES = VERSIONS | {"faq": "FAQ", "seealso": "See also", "tldr": "TL;DR", "warn": "Warning"}
"""What callouts are called whose names are no words."""
FOLDED = frozenset(("details", "dropdown"))
"""The callouts of other dialects that their readers unfold, by name or class."""


def title_of(name: str) -> str:
    """What a callout is called that has no title of its own, in English."""
    return _TITLES.get(name, name.capitalize())


def callout(page: PageContext, kind: str, title: str, body: str, marks: str = "") -> str:
    """Frame a body as a callout with a visible title, so that colour is not the only cue."""
    shown = page.hold(f'<p class="sg-callout-title">{title}</p>', sought="")
    return _framed(kind, title, f"{shown}\n{body}", marks)


def _framed(kind: str, label: str, inner: str, marks: str) -> str:
    return (
        f'<aside class="sg-callout sg-callout-{kind}" role="note" aria-label="{label}"{marks}>\n'
        f"{inner}</aside>\n"
    )


def _tip_label(node: Node, page: PageContext) -> str:
    kind = "Warning" if node.flag("warning") else "Tip"
    return node.attributes.get("title", "") or page.say(kind)


def _tip_markdown(node: Node, _page: PageContext) -> str:
    kind = "warning" if node.flag("warning") else "tip"
    return plain.alert(kind, node.body, node.attributes.get("title", ""))


@component("Tip", attributes=("warning", "title"), markdown=_tip_markdown, label=_tip_label)
def tip(node: Node, page: PageContext) -> str:
    """``<Tip>``, ``<Tip warning={true}>``, ``<Tip title="...">``."""
    kind = "warning" if node.flag("warning") else "tip"
    return callout(page, kind, escape(_tip_label(node, page)), node.body, node.marks)


def _alert_markdown(node: Node, page: PageContext) -> str:
    kind, title = node.attributes["kind"], node.attributes.get("title", "")
    written = plain.escaped(page.say(title)) if title.lower() != kind else ""
    return plain.alert_titled(kind, node.slots[0].body if node.slots else written, node.body)


@component("alert", attributes=("kind", "title", "fold"), markdown=_alert_markdown)
def alert(node: Node, page: PageContext) -> str:
    """``> [!NOTE]`` and its sisters, foldable if the author says so; the parser makes the node.

    A title of the author's is Markdown, a slot; else the name is the title.
    """
    kind, fold = node.attributes["kind"], node.attributes.get("fold")
    name = escape(page.say(node.attributes.get("title") or kind.capitalize()))
    if not node.slots and not fold:
        return callout(page, kind, name, node.body, node.marks)
    title = node.slots[0].body if node.slots else name
    if fold:
        is_open = " open" if fold == "open" else ""
        return (
            f'<details class="sg-callout sg-callout-{kind}"{node.marks}{is_open}>\n'
            f'<summary class="sg-callout-title">{title}</summary>\n{node.body}</details>\n'
        )
    inner = f'<p class="sg-callout-title">{title}</p>\n{node.body}'
    return _framed(kind, escape(words_of_html(title)) or name, inner, node.marks)


@component("alert:title", within=("alert",))
def alert_title(node: Node, _page: PageContext) -> str:
    """Show the title of a callout, which stands nowhere else."""
    return node.body


def _named(node: Node) -> tuple[str, str]:
    """The kind of a callout of another dialect, and what it is called in English."""
    name = (node.attributes.get("type") or node.name).lower()
    if name not in KINDS:  # `<Aside>` alone is a note
        name = "note"
    return KINDS[name], title_of(name)


def _named_label(node: Node, page: PageContext) -> str:
    return node.attributes.get("title") or page.say(_named(node)[1])


def _named_markdown(node: Node, page: PageContext) -> str:
    kind, name = _named(node)
    title = node.attributes.get("title") or (page.say(name) if name.lower() != kind else "")
    return plain.alert(kind, node.body, title)


@component(
    *("Note", "Info", "Important", "Warning", "Caution", "Danger", "Check"),
    *("Aside", "Admonition", "Callout"),
    markdown=_named_markdown,
    label=_named_label,
)
def named_callout(node: Node, page: PageContext) -> str:
    """``<Note>``, ``<Aside type="tip" title="...">``: as Docusaurus, Starlight, Mintlify write."""
    return callout(page, _named(node)[0], escape(_named_label(node, page)), node.body, node.marks)


def _version_label(node: Node, page: PageContext) -> str:
    version = node.attributes.get("version", "")
    return page.say(f"{node.name} in {{}}", version) if version else page.say(node.name)


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
