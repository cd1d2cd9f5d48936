"""Tabs and variants: every panel stands in the HTML, labelled; a script makes tabs of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

from sitegen.components.registry import Node, component
from sitegen.page_context import PageContext

_FRAMEWORKS = {"pt": "PyTorch", "tf": "TensorFlow", "jax": "JAX", "flax": "Flax"}
_LANGUAGES = {
    "python": "Python",
    "rust": "Rust",
    "node": "Node",
    "js": "JavaScript",
    "curl": "cURL",
}


def tab_group(group: str, panels: Iterable[tuple[str, str]], marks: str = "") -> str:
    """Stack labelled panels; a repeated label is numbered and a single panel needs no bar."""
    stack = list(panels)
    if len(stack) == 1:
        return f"<div{marks}>{stack[0][1]}</div>\n"
    seen: Counter[str] = Counter()
    html = [f'<div class="sg-tabs" data-group="{group}"{marks}>\n']
    for label, body in stack:
        seen[label] += 1
        name = label if seen[label] == 1 else f"{label} ({seen[label]})"
        html.append(
            f'<section class="sg-tab" data-tab="{name}"><p class="sg-tab-label">{name}</p>\n'
            f"{body}</section>\n"
        )
    html.append("</div>\n")
    return "".join(html)


@component("hfoptions", attributes=("id",))
def hfoptions(node: Node, _page: PageContext) -> str:
    """``<hfoptions id="group">`` with its ``<hfoption id="label">`` panels."""
    panels = [(s.get("id") or s.get("label") or s.get("value"), s.body) for s in node.slots]
    return node.body + (tab_group(node.get("id"), panels, node.marks) if panels else "")


@component("tokenizerslangcontent", "inferencesnippet")
def code_languages(node: Node, _page: PageContext) -> str:
    """``<tokenizerslangcontent>`` and ``<inferencesnippet>``: one panel per language."""
    panels = [(_LANGUAGES[slot.name], slot.body) for slot in node.slots if slot.body.strip()]
    return node.body + (tab_group("code", panels, node.marks) if panels else "")


@component("frameworkcontent")
def frameworkcontent(node: Node, _page: PageContext) -> str:
    """``<frameworkcontent>``: one open disclosure per framework."""
    blocks = [_framework(slot) for slot in node.slots if slot.body.strip()]
    return f"<div{node.marks}>{node.body}{''.join(blocks)}</div>\n"


def _framework(slot: Node) -> str:
    label = _FRAMEWORKS[slot.name]
    return (
        f'<details class="sg-framework" data-framework="{label.lower()}"{slot.marks} open>'
        f"<summary>{label}</summary>\n{slot.body}</details>\n"
    )


@component("hfoption", within=("hfoptions",), attributes=("id", "value", "label"))
def hfoption(node: Node, _page: PageContext) -> str:
    """A panel outside its group: its label and its content."""
    label = node.get("id") or node.get("label") or node.get("value")
    return f'<section{node.marks}><p class="sg-tab-label">{label}</p>\n{node.body}</section>\n'


@component("pt", "tf", "jax", "flax", within=("frameworkcontent",))
def framework(node: Node, _page: PageContext) -> str:
    """A framework's block outside ``<frameworkcontent>``."""
    return _framework(node)


@component(
    "python", "rust", "node", "js", "curl", within=("tokenizerslangcontent", "inferencesnippet")
)
def code_language(node: Node, _page: PageContext) -> str:
    """A language's block outside its group."""
    label = escape(_LANGUAGES[node.name])
    return f'<section{node.marks}><p class="sg-tab-label">{label}</p>\n{node.body}</section>\n'
