"""Tabs: every panel stands in the HTML, labelled; a script makes tabs of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from msgspec.structs import replace

from sitegen.render.components.js_literal import parse_literal
from sitegen.render.components.registry import COMPONENTS, Node, component
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain

_LABELS = {
    "hfoption": ("id", "label", "value"),
    "TabItem": ("label", "value"),
    **dict.fromkeys(("Tab", "Tabs.Tab"), ("title", "label", "name", "value")),
}
"""Which attributes name a panel, the first that there is."""
_GROUPS = ("groupId", "syncKey")  # by which others choose in several groups at once
_OF_OTHERS = ("default", "icon", "className", "attributes")  # of panels; nothing is made of them
_LANGUAGES = {
    "python": "Python",
    "js": "JavaScript",
    "curl": "cURL",
    "rust": "Rust",
    "node": "Node",
}
"""In the order of their tabs."""


def tab_group(
    page: PageContext, group: str, panels: Iterable[tuple[str, str]], marks: str = ""
) -> str:
    """Stack labelled panels; a repeated label is numbered and a single variant needs no bar."""
    stack = list(panels)
    if len(stack) == 1:
        return f"<div{marks}>{stack[0][1]}</div>\n"
    html = [f'<div class="sg-tabs" data-group="{group}"{marks}>\n']
    names = _numbered(label for label, _ in stack)
    for name, (_, body) in zip(names, stack, strict=True):
        html.append(
            f'<section class="sg-tab" data-tab="{name}">{tab_label(page, name)}\n{body}</section>\n'
        )
    html.append("</div>\n")
    return "".join(html)


def tabs_markdown(panels: Iterable[tuple[str, str]]) -> str:
    """The panels one after the other, each under its label; a single one needs none."""
    stack = list(panels)
    if len(stack) == 1:
        return stack[0][1]
    names = _numbered(label for label, _ in stack)
    return plain.blocks(
        plain.labelled(name, body) for name, (_, body) in zip(names, stack, strict=True)
    )


def _numbered(labels: Iterable[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for label in labels:
        seen[label] += 1
        yield label if seen[label] == 1 else f"{label} ({seen[label]})"


def tab_label(page: PageContext, label: str) -> str:
    """What a panel is called, above it; a search has it from the panel's place."""
    return page.hold(f'<p class="sg-tab-label">{label}</p>', sought="")


def _option_label(node: Node, _page: PageContext) -> str:
    return _given_label(node)


def _given_label(node: Node) -> str:
    given = (node.attributes.get(name, "") for name in _LABELS[node.name])
    return next((label for label in given if label), "")


def _options_markdown(node: Node, page: PageContext) -> str:
    panels = [(_option_label(slot, page), slot.body) for slot in node.slots]
    return plain.blocks([node.body, tabs_markdown(panels)])


def part_markdown(node: Node, page: PageContext) -> str:
    """A panel by itself, under its label."""
    return plain.labelled(COMPONENTS[node.name].label(node, page), node.body)


@component("hfoptions", attributes=("id",), markdown=_options_markdown)
def hfoptions(node: Node, page: PageContext) -> str:
    """``<hfoptions id="group">`` with its ``<hfoption id="label">`` panels."""
    return _options(node, page, node.get("id"))


def _called(node: Node) -> Node:
    """Tabs by the labels that their group gives: ``items`` in order, or ``values`` by value."""
    try:
        items, values = (
            parse_literal(node.attributes.get(name, "[]")) for name in ("items", "values")
        )
    except ValueError:
        items = values = []
    pairs = [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
    given = {str(each.get("value")): str(each.get("label") or each.get("value")) for each in pairs}
    texts = [each for each in items if isinstance(each, str)] if isinstance(items, list) else []
    slots = []
    for number, slot in enumerate(node.slots):
        own = _given_label(slot)
        label = given.get(own) or own or (texts[number : number + 1] or [str(number + 1)])[0]
        slots.append(replace(slot, attributes={**slot.attributes, _LABELS[slot.name][0]: label}))
    return replace(node, slots=tuple(slots))


def _tabs_of_others_markdown(node: Node, page: PageContext) -> str:
    node = _called(node)
    if len(node.slots) == 1:
        return plain.blocks([node.body, part_markdown(node.slots[0], page)])
    return _options_markdown(node, page)


@component(
    "Tabs",
    attributes=(*_GROUPS, "defaultValue", "values", "items", "queryString", "className"),
    markdown=_tabs_of_others_markdown,
)
def tabs(node: Node, page: PageContext) -> str:
    """``<Tabs>`` with ``<TabItem label="...">`` or ``<Tab title="...">``, as others write them.

    Elsewhere a single tab has a label that says something.
    """
    node = _called(node)
    if len(node.slots) == 1:
        return node.body + _option(node.slots[0], page)
    return _options(node, page, next(filter(None, map(node.get, _GROUPS)), "tab"))


@component("CodeGroup", attributes=(*_GROUPS, "dropdown"), markdown=_tabs_of_others_markdown)
def code_group(node: Node, page: PageContext) -> str:
    """``<CodeGroup>`` around code, of which the parser makes tabs."""
    return tabs(node, page)


def _options(node: Node, page: PageContext, group: str) -> str:
    panels = [(escape(_option_label(slot, page)), slot.body) for slot in node.slots]
    return node.body + (tab_group(page, group, panels, node.marks) if panels else "")


def _by_language(node: Node) -> list[tuple[str, str]]:
    order = list(_LANGUAGES)
    slots = sorted(node.slots, key=lambda slot: order.index(slot.name))
    return [(_LANGUAGES[slot.name], slot.body) for slot in slots if slot.body.strip()]


def _languages_markdown(node: Node, _page: PageContext) -> str:
    return plain.blocks([node.body, tabs_markdown(_by_language(node))])


@component(
    *("tokenizerslangcontent", "inferencesnippet"), attributes=(), markdown=_languages_markdown
)
def code_languages(node: Node, page: PageContext) -> str:
    """``<tokenizerslangcontent>`` and ``<inferencesnippet>``: one panel per language."""
    panels = _by_language(node)
    return node.body + (tab_group(page, "code", panels, node.marks) if panels else "")


def _option(node: Node, page: PageContext) -> str:
    """A panel outside its group: its label and its content."""
    label = tab_label(page, escape(_option_label(node, page)))
    return f"<section{node.marks}>{label}\n{node.body}</section>\n"


for _name, _names in _LABELS.items():
    component(
        _name,
        within=("hfoptions" if _name == "hfoption" else "Tabs",),
        attributes=_names if _name == "hfoption" else (*_names, *_OF_OTHERS),
        markdown=part_markdown,
        label=_option_label,
    )(_option)


@component(
    *_LANGUAGES,
    within=("tokenizerslangcontent", "inferencesnippet"),
    attributes=(),
    markdown=part_markdown,
    label=lambda node, _: _LANGUAGES[node.name],
)
def code_language(node: Node, page: PageContext) -> str:
    """A language's block outside its group."""
    label = escape(_LANGUAGES[node.name])
    return f"<section{node.marks}>{tab_label(page, label)}\n{node.body}</section>\n"
