"""Tabs and variants: every panel stands in the HTML, labelled; a script makes tabs of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import escape

from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext

_FRAMEWORKS = {"pt": "PyTorch", "tf": "TensorFlow", "jax": "JAX", "flax": "Flax"}
_PAGE_FRAMEWORKS = {"pt": "PyTorch", "tf": "TensorFlow"}
_FRAMEWORK_TEST = re.compile(r"fw\s*={2,3}\s*[\"'](pt|tf)[\"']")
_LANGUAGES = {
    "python": "Python",
    "js": "JavaScript",
    "curl": "cURL",
    "rust": "Rust",
    "node": "Node",
}
"""In the order of their tabs."""


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


@component("tokenizerslangcontent", "inferencesnippet", attributes=())
def code_languages(node: Node, _page: PageContext) -> str:
    """``<tokenizerslangcontent>`` and ``<inferencesnippet>``: one panel per language."""
    order = list(_LANGUAGES)
    slots = sorted(node.slots, key=lambda slot: order.index(slot.name))
    panels = [(_LANGUAGES[slot.name], slot.body) for slot in slots if slot.body.strip()]
    return node.body + (tab_group("code", panels, node.marks) if panels else "")


@component("frameworkcontent", attributes=())
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


@component("pt", "tf", "jax", "flax", within=("frameworkcontent",), attributes=())
def framework(node: Node, _page: PageContext) -> str:
    """A framework's block outside ``<frameworkcontent>``."""
    return _framework(node)


@component("if")
def framework_variants(node: Node, page: PageContext) -> str:
    """``{#if fw === 'pt'} … {:else} … {/if}``: the parser makes a branch of each part."""
    labels = [_framework_of(slot) for slot in node.slots]
    if not all(labels):
        expression = next(
            (s.attributes["expression"] for s in node.slots if "expression" in s.attributes), ""
        )
        page.report(
            "expression-unsupported",
            f"{{#if {expression}}} is not evaluated; all of its branches are shown",
            help="only fw === 'pt' and fw === 'tf' are known",
        )
    if node.flag("inline"):
        named = [
            (label or _condition(s), s.body) for label, s in zip(labels, node.slots, strict=True)
        ]
        return " ".join(f'<span class="sg-variant">({name}) {body}</span>' for name, body in named)
    if not all(labels):
        return (
            f"<div{node.marks}>{''.join(_labelled(_condition(s), s) for s in node.slots)}</div>\n"
        )
    if len(node.slots) == 1:
        return f"<div{node.marks}>{_labelled(labels[0], node.slots[0])}</div>\n"
    panels = zip(labels, (slot.body for slot in node.slots), strict=True)
    return tab_group("fw", panels, node.marks)


@component("branch", within=("if",))
def branch(node: Node, _page: PageContext) -> str:
    """A part of ``{#if}``; its group shows it."""
    return node.body


@component("FrameworkSwitchCourse", leaf=True, attributes=("fw",))
def framework_switch(node: Node, _page: PageContext) -> str:
    """``<FrameworkSwitchCourse {fw} />``: the control of all variants of the page.

    It is a group of tabs like theirs, so that one choice moves them all.
    """
    panels = [
        (label, f"<p>Parts marked {label} are for readers who use {label}.</p>\n")
        for label in _PAGE_FRAMEWORKS.values()
    ]
    return tab_group("fw", panels, node.marks)


def _framework_of(slot: Node) -> str:
    """Name the framework that a branch is for; empty when the expression says something else."""
    test = _FRAMEWORK_TEST.fullmatch(slot.attributes.get("expression", "").strip())
    if test:
        return _PAGE_FRAMEWORKS[test[1]]
    test = _FRAMEWORK_TEST.fullmatch(slot.attributes.get("otherwise", "").strip())
    return _PAGE_FRAMEWORKS["tf" if test[1] == "pt" else "pt"] if test else ""


def _condition(slot: Node) -> str:
    if "expression" in slot.attributes:
        return f"If <code>{slot.get('expression')}</code>"
    return f"If not <code>{slot.get('otherwise')}</code>"


def _labelled(label: str, slot: Node) -> str:
    return f'<section><p class="sg-tab-label">{label}</p>\n{slot.body}</section>\n'


@component(*_LANGUAGES, within=("tokenizerslangcontent", "inferencesnippet"), attributes=())
def code_language(node: Node, _page: PageContext) -> str:
    """A language's block outside its group."""
    label = escape(_LANGUAGES[node.name])
    return f'<section{node.marks}><p class="sg-tab-label">{label}</p>\n{node.body}</section>\n'
