"""The Python API: cards for ``[[autodoc]]`` objects."""

from __future__ import annotations

from html import escape

from sitegen.components.registry import Node, component
from sitegen.page_context import PageContext


@component("autodoc", leaf=True, is_tag=False)
def autodoc(node: Node, _page: PageContext) -> str:
    """``[[autodoc]] dotted.name`` with its list of members; the parser makes the node."""
    name = node.get("name")
    items = "".join(f"<li><code>{escape(member)}</code></li>" for member in node.members)
    members = f'<ul class="sg-api-members">{items}</ul>' if items else ""
    return (
        f'<section class="sg-api"{node.marks}>'
        f'<p class="sg-api-name"><code>{name}</code></p>{members}</section>\n'
    )
