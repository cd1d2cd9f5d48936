"""Frameworks: parts of a page for readers who use one, all of them in the HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sitegen.render.components.registry import Node, component
from sitegen.render.components.tabs import part_markdown, tab_group, tab_label, tabs_markdown
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain
from sitegen.scan.patterns import rare

_FRAMEWORKS = {"pt": "PyTorch", "tf": "TensorFlow", "jax": "JAX", "flax": "Flax"}
_PAGE_FRAMEWORKS = {"pt": "PyTorch", "tf": "TensorFlow"}
_FRAMEWORK_TEST = rare(r"fw\s*={2,3}\s*[\"'](pt|tf)[\"']")
_SWITCHED = "Parts marked {} are for readers who use {}."


def _frameworks_markdown(node: Node, page: PageContext) -> str:
    parts = [part_markdown(slot, page) for slot in node.slots if slot.body.strip()]
    return plain.blocks([node.body, *parts])


@component("frameworkcontent", attributes=(), markdown=_frameworks_markdown)
def frameworkcontent(node: Node, page: PageContext) -> str:
    """``<frameworkcontent>``: one open disclosure per framework."""
    blocks = [_framework(slot) for slot in node.slots if slot.body.strip()]
    return f"<div{node.marks}>{node.body}{''.join(blocks)}</div>\n"


def _framework(slot: Node) -> str:
    label = _FRAMEWORKS[slot.name]
    return (
        f'<details class="sg-framework" data-framework="{label.lower()}"{slot.marks} open>'
        f"<summary>{label}</summary>\n{slot.body}</details>\n"
    )


@component(
    *_FRAMEWORKS,
    within=("frameworkcontent",),
    attributes=(),
    markdown=part_markdown,
    label=lambda node, _: _FRAMEWORKS[node.name],
)
def framework(node: Node, page: PageContext) -> str:
    """A framework's block outside ``<frameworkcontent>``."""
    return _framework(node)


def _branch_label(slot: Node, _page: PageContext) -> str:
    if label := _framework_of(slot):
        return label
    if "expression" in slot.attributes:
        return f"If {slot.attributes['expression']}"
    return f"If not {slot.attributes.get('otherwise', '')}"


def _branches_markdown(node: Node, page: PageContext) -> str:
    return plain.blocks(plain.labelled(_branch_label(slot, page), slot.body) for slot in node.slots)


@component("if", markdown=_branches_markdown)
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
        parts = "".join(_labelled(page, _condition(slot), slot) for slot in node.slots)
        return f"<div{node.marks}>{parts}</div>\n"
    if len(node.slots) == 1:
        return f"<div{node.marks}>{_labelled(page, labels[0], node.slots[0])}</div>\n"
    panels = zip(labels, (slot.body for slot in node.slots), strict=True)
    return tab_group(page, "fw", panels, node.marks)


@component("branch", within=("if",), label=_branch_label)
def branch(node: Node, page: PageContext) -> str:
    """A part of ``{#if}``; its group shows it."""
    return node.body


def _switches(page: PageContext) -> Iterator[tuple[str, str]]:
    return ((each, page.say(_SWITCHED, each, each)) for each in _PAGE_FRAMEWORKS.values())


def _switch_markdown(_node: Node, page: PageContext) -> str:
    return tabs_markdown(_switches(page))


@component("FrameworkSwitchCourse", leaf=True, attributes=("fw",), markdown=_switch_markdown)
def framework_switch(node: Node, page: PageContext) -> str:
    """``<FrameworkSwitchCourse {fw} />``: the control of all variants of the page.

    It is a group of tabs like theirs, so that one choice moves them all.
    """
    panels = [(label, f"<p>{escape(said)}</p>\n") for label, said in _switches(page)]
    return tab_group(page, "fw", panels, node.marks)


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


def _labelled(page: PageContext, label: str, slot: Node) -> str:
    return f"<section>{tab_label(page, label)}\n{slot.body}</section>\n"
