"""Labels: badges, icons, hints, links as buttons, and fields of an API as other dialects write."""

from __future__ import annotations

from html import escape

from sitegen.render.components.arranged import linked
from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain
from sitegen.safe_urls import is_external


def _label(node: Node, *names: str) -> str:
    """What the first of some attributes says that is there."""
    return next((node.attributes[name] for name in names if node.attributes.get(name)), "")


@component(
    "Badge",
    inline=True,
    markdown=lambda node, _: node.body or plain.escaped(_label(node, "text")),
)
def badge(node: Node, _page: PageContext) -> str:
    """``<Badge text="New"/>`` or ``<Badge>New</Badge>``: a word in a box of its own."""
    said = node.body or escape(_label(node, "text"))
    return f'<span class="sg-tag"{node.marks}>{said}</span>' if said else ""


def _icon_label(node: Node) -> str:
    """What is left of an icon; one that says nothing is the name of a type, `List<Icon>`."""
    return _label(node, "label") if node.attributes else f"<{node.name}>"


@component(
    "Icon", inline=True, leaf=True, markdown=lambda node, _: plain.escaped(_icon_label(node))
)
def icon(node: Node, _page: PageContext) -> str:
    """``<Icon name="star"/>``: a picture of another theme, of which its description is left."""
    return escape(_icon_label(node))


def _linked(node: Node, page: PageContext) -> str:
    label, href = node.body.strip(), _label(node, "href", "to")
    label = label or plain.escaped(_label(node, "label"))
    return linked(label or plain.escaped(href), href, page) if href else label


@component("Link", "LinkButton", inline=True, markdown=_linked)
def link(node: Node, page: PageContext) -> str:
    """``<LinkButton href="...">`` looks like a button; ``<Link to="...">`` is a link."""
    href = _label(node, "href", "to")
    if not href:
        return node.body
    rel = ' rel="noopener noreferrer"' if is_external(href) else ""
    looks = ' class="sg-cta"' if node.name == "LinkButton" else ""
    said = node.body.strip() or escape(_label(node, "label") or href)
    return f'<a{looks} href="{escape(page.href(href))}"{rel}{node.marks}>{said}</a>'


def _hint_markdown(node: Node, _page: PageContext) -> str:
    hint = plain.escaped(_label(node, "tip"))
    return f"{node.body} ({hint})" if hint else node.body


@component("Tooltip", inline=True, markdown=_hint_markdown)
def tooltip(node: Node, _page: PageContext) -> str:
    """``<Tooltip tip="...">words</Tooltip>``: words with what explains them."""
    hint = node.get("tip")
    return f'<abbr title="{hint}"{node.marks}>{node.body}</abbr>' if hint else node.body


@component(
    "Update",
    markdown=lambda node, _: plain.labelled(
        _label(node, "label"), plain.blocks([plain.escaped(_label(node, "description")), node.body])
    ),
)
def update(node: Node, _page: PageContext) -> str:
    """``<Update label="May 2026" description="2.1">``: an entry of a list of changes."""
    said = node.get("description")
    said = f"<p>{said}</p>\n" if said else ""
    title = f'<p class="sg-tile-title"{node.marks}>{node.get("label")}</p>\n'
    return f"{title}{said}{node.body}"


_PLACES = ("name", "path", "query", "body", "header")


def _facts(node: Node) -> list[str]:
    """What is said of a field beside its name: its type, whether it must be, what it is else."""
    facts = [_label(node, "type")]
    facts += [word for word in ("required", "deprecated") if node.flag(word)]
    if default := _label(node, "default"):
        facts.append(f"default: {default}")
    return [fact for fact in facts if fact]


def _field_markdown(node: Node, _page: PageContext) -> str:
    name, facts = _label(node, *_PLACES), ", ".join(_facts(node))
    head = " ".join(
        part for part in (plain.code_span(name) if name else "", plain.escaped(facts)) if part
    )
    return plain.blocks([head, node.body])


@component("ParamField", "ResponseField", markdown=_field_markdown)
def field(node: Node, _page: PageContext) -> str:
    """``<ParamField path="id" type="string" required>``: a parameter, or a part of an answer."""
    name = escape(_label(node, *_PLACES))
    facts = "".join(f' <span class="sg-tag">{escape(fact)}</span>' for fact in _facts(node))
    return f"<dl{node.marks}><dt><code>{name}</code>{facts}</dt>\n<dd>{node.body}</dd></dl>\n"


def _words_markdown(node: Node, page: PageContext) -> str:
    return words(node, page)


@component(
    *(f"words:{name}" for name in ("mark", "ins", "sub", "sup")),
    inline=True,
    markdown=_words_markdown,
)
def words(node: Node, _page: PageContext) -> str:
    """Words that a rule found between two marks, and the element that they are."""
    tag = node.name.partition(":")[2]
    return f"<{tag}>{node.body}</{tag}>"


@component(
    "words:kbd",
    inline=True,
    markdown=lambda node, _: f"<kbd>{node.attributes['key']}{node.body}</kbd>",
)
def key(node: Node, _page: PageContext) -> str:
    """A key, whose name is its body here; the twin takes it from the tag."""
    return f"<kbd>{node.body}</kbd>"
