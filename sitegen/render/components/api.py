"""The Python API: cards for documented objects, their members, parameters and examples."""

from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import quote, urlsplit

from sitegen.model.objects import CLASS, METHOD, top_level
from sitegen.render.components.registry import Node, component
from sitegen.render.components.signature import call_html
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain
from sitegen.safe_urls import is_external, safe_url

# Nothing that an id of the theme looks like; the name of a library may have a hyphen.
_DOTTED = re.compile(r"\w+(?:\.\w[\w-]*)*|\w[\w-]*(?:\.\w[\w-]*)+")
_ABSENT = "The reference is not in this dataset"
_FEW = 15  # parameters that are shown at once; more are folded
_PARAMETERS = 'write them as JSON: parameters={[{"name": "x", "val": ": int = 1"}]}'


def _autodoc_markdown(node: Node, page: PageContext) -> str:
    """The signature, what is said of the object, and its members as a list."""
    if not node.attributes["name"]:
        return ""
    if _is_absent(node):
        named, address = _absence(node, page)
        shown = f"{plain.code_span(named)} " if named else ""
        host = urlsplit(address).hostname or ""
        return f"{shown}{page.say(_ABSENT)}" + (f": {plain.link(host, address)}" if address else "")
    members = [_member_markdown(slot) for slot in node.slots if slot.name == _MEMBER]
    members += [
        "all public methods" if name == "all" else plain.code_span(name) for name in node.members
    ]
    head = f"API reference: {_title_markdown(node)}"
    return plain.blocks([head, node.body, *_sections_markdown(node), plain.listed(members)])


def _member_markdown(node: Node) -> str:
    return plain.blocks([_title_markdown(node), node.body, *_sections_markdown(node)])


def _title_markdown(node: Node) -> str:
    source = _source(node)
    return plain.code_span(_call(node)) + (f" ({plain.link('source', source)})" if source else "")


def _sections_markdown(node: Node) -> list[str]:
    return [_section_markdown(slot) for slot in node.slots if slot.name == _SECTION]


def _section_markdown(node: Node) -> str:
    fields = plain.listed(map(_field_markdown, node.slots))
    return plain.labelled(node.attributes.get("title", ""), fields)


def _field_markdown(node: Node) -> str:
    """A field with its types and, on the same line if that will do, what is said of it."""
    name = node.attributes.get("name", "")
    head = " ".join([plain.code_span(name) if name else "", *(s.body for s in node.slots)]).strip()
    if "\n\n" in node.body or not head:
        return plain.blocks([head, node.body])
    return f"{head}: {node.body}" if node.body[:1].isalnum() else plain.blocks([head, node.body])


@component("autodoc", markdown=_autodoc_markdown)
def autodoc(node: Node, page: PageContext) -> str:
    """``[[autodoc]] dotted.name`` with its list of members; the parser makes the node."""
    if _is_absent(node):
        return f"{_absent(node, page)}\n"
    before = len(page.claims)
    sections = "".join(_sections(node, page))
    members = "".join(_member(slot, page) for slot in node.slots if slot.name == _MEMBER)
    members += "".join(_bare_member(node, name, page) for name in node.members)
    members = f'<ul class="sg-api-members">{members}</ul>' if members else ""
    aliases = _aliases(node.attributes["id"], page)
    card = (
        f'<section class="sg-api"{_id(node, page)}{node.marks}><div class="sg-api-name">{aliases}'
        f"{_title(node, page)}</div>{node.body}{sections}{members}</section>"
    )
    if not (node.body or node.slots):  # nothing of the dataset that is not escaped
        card = page.hold(card, anchors=page.claims[before:], address=_source(node))
    return f"{card}\n"


_MEMBER, _SECTION, _FIELD, _TYPE = (
    f"autodoc:{part}" for part in ("member", "section", "field", "type")
)


@component(
    _MEMBER,
    within=("autodoc",),
    markdown=lambda node, _: plain.listed([_member_markdown(node)]),
)
def member(node: Node, page: PageContext) -> str:
    """Show a member in a list of its own; cards arrange their members themselves."""
    return f"<ul>{_member(node, page)}</ul>\n"


@component(_SECTION, within=("autodoc", _MEMBER), markdown=lambda node, _: _section_markdown(node))
def section(node: Node, page: PageContext) -> str:
    """Show Parameters, Returns or Raises as a list of terms; a long one is folded."""
    title = escape(page.say(node.attributes.get("title", "")))
    fields = "".join(_field(slot, page) for slot in node.slots)
    if len(node.slots) > _FEW:
        summary = f"<summary>{title} ({len(node.slots)})</summary>"
        return f'<details class="sg-api-section">{summary}<dl>{fields}</dl></details>\n'
    return f'<div class="sg-api-section"><p><strong>{title}</strong></p><dl>{fields}</dl></div>\n'


@component(
    _FIELD, within=(_SECTION,), markdown=lambda node, _: plain.listed([_field_markdown(node)])
)
def field(node: Node, page: PageContext) -> str:
    """Show one parameter; sections arrange theirs themselves."""
    return f"<dl>{_field(node, page)}</dl>\n"


@component(_TYPE, within=(_FIELD,))
def type_of_field(node: Node, _page: PageContext) -> str:
    """Show what a field may hold."""
    return f'<span class="sg-api-type">{node.body}</span>'


@component("ExampleCodeBlock", attributes=("anchor",))
def example(node: Node, page: PageContext) -> str:
    """``<ExampleCodeBlock anchor="...">``: an example that links may name."""
    anchor = node.attributes.get("anchor", "").strip("\"'")
    id = _id(Node(node.name, {"id": anchor}), page)
    return f'<div class="sg-example"{id}{node.marks}>\n{node.body}</div>\n'


@component(
    "Docstring",
    leaf=True,
    attributes=("name", "anchor", "source", "parameters"),
    markdown=lambda node, page: _autodoc_markdown(_documented(node), page),
)
def docstring(node: Node, page: PageContext) -> str:
    """``<Docstring name={"class a.B"} anchor={"a.B"} parameters={[...]}/>``, as compiled pages."""
    card = _documented(node)
    if not card.attributes["name"]:
        help = 'write <Docstring name={"class package.Name"} anchor={"package.Name"} />'
        page.report("component-malformed", "<Docstring> names no object", help=help)
        return f"<div{node.marks}></div>\n" if node.marks else ""
    if "parameters" in node.attributes and "signature" not in card.attributes:
        message = f"the parameters of {card.attributes['name']} cannot be read; it has none here"
        page.report("component-malformed", message, help=_PARAMETERS)
    return autodoc(card, page)


def _documented(node: Node) -> Node:
    given = {name: value.strip("\"'") for name, value in node.attributes.items()}
    kind, _, name = given.get("name", "").rpartition(" ")
    attributes = {"name": name, "kind": kind, "id": given.get("anchor", name)}
    attributes["source"] = given.get("source", "")
    signature = _signature(given.get("parameters", ""))
    if signature is not None:
        attributes["signature"] = signature
    return Node("autodoc", attributes, marks=node.marks)


def _signature(parameters: str) -> str | None:
    """The parameters of an object, which are written as JSON; ``None`` if they cannot be read."""
    try:
        return ", ".join(f"{each['name']}{each['val']}" for each in json.loads(parameters))
    except (ValueError, TypeError, KeyError):
        return None


def _sections(node: Node, page: PageContext) -> list[str]:
    return [section(slot, page) for slot in node.slots if slot.name == _SECTION]


def _bare_member(node: Node, name: str, page: PageContext) -> str:
    """Show a member of which nothing but its name is known."""
    if name == "all":
        return f"<li>{escape(page.say('all public methods'))}</li>"
    id = f"{node.attributes['id']}.{name}"
    marks = f' id="{escape(id)}"' if page.claim(id) else ""
    aliases = _aliases(id, page)
    return f'<li{marks}>{aliases}<a href="#{escape(id)}"><code>{escape(name)}</code></a></li>'


def _member(node: Node, page: PageContext) -> str:
    sections = "".join(_sections(node, page))
    aliases = _aliases(node.attributes["id"], page)
    return (
        f'<li{_id(node, page)}><div class="sg-api-name">{aliases}{_title(node, page)}</div>'
        f"{node.body}{sections}</li>"
    )


def _field(node: Node, page: PageContext) -> str:
    types = "".join(type_of_field(slot, page) for slot in node.slots)
    name = f"<code>{node.get('name')}</code> " if node.get("name") else ""
    return f"<dt{_id(node, page)}>{name}{types}</dt><dd>{node.body}</dd>"


def _is_absent(node: Node) -> bool:
    """Whether nothing is known of an object but its name."""
    told = node.body or node.slots or {*node.members} - {"all"}
    return not told and "signature" not in node.attributes


def _absence(node: Node, page: PageContext) -> tuple[str, str]:
    """The name of an object unless its heading has it, and where more is said of it, if known."""
    id, name = node.attributes["id"], node.attributes["name"]
    is_heading = node.attributes.get("under", "") in {name, name.rpartition(".")[2]}
    address = _source(node)
    if not address and is_external(page.document.url):
        address = f"{page.document.url}#{quote(id, safe='.')}"
    return "" if is_heading else name, address


def _absent(node: Node, page: PageContext) -> str:
    """Say in a line that the dataset holds nothing of an object, and who does."""
    before = len(page.claims)
    name, address = _absence(node, page)
    shown, said = f"<code>{escape(name)}</code> " if name else "", escape(page.say(_ABSENT))
    if address:
        href = escape(page.writes(address))
        host = escape(urlsplit(address).hostname or "")
        said += f': <a href="{href}" rel="noopener noreferrer">{host}</a>'
    aliases = _aliases(node.attributes["id"], page)
    line = f'<p class="sg-api-absent"{_id(node, page)}{node.marks}>{aliases}{shown}{said}</p>'
    return page.hold(line, sought=shown, anchors=page.claims[before:], address=address)


def _title(node: Node, page: PageContext) -> str:
    """Write the object's name and signature, a link to itself, and one to its source."""
    link = ""
    if source := _source(node):
        href = escape(page.writes(source))
        link = f'<a class="sg-api-source" href="{href}" rel="noopener noreferrer">'
        link += f"{escape(page.say('source'))}</a>"
    kind = node.attributes.get("kind", "")
    signature = node.attributes.get("signature", "" if kind == METHOD else None)
    word = kind if kind == CLASS else ""
    call, lines = call_html(word, node.attributes.get("name", ""), signature, page)
    name = f"<code>{call}</code>"
    if _DOTTED.fullmatch(node.attributes.get("id", "")) and "<a " not in name:
        name = f'<a href="#{node.get("id")}">{name}</a>'
    return f"{link}{name}{lines}"


def _call(node: Node) -> str:
    """The object as it is called: its kind, its name and its signature."""
    kind = "class " if node.attributes.get("kind") == CLASS else ""
    call = f"({node.attributes['signature']})" if "signature" in node.attributes else ""
    if not call and node.attributes.get("kind") == METHOD:
        call = "()"
    return f"{kind}{node.attributes.get('name', '')}{call}"


def _source(node: Node) -> str:
    source = node.attributes.get("source", "")
    return source if is_external(source) and safe_url(source) else ""


def _id(node: Node, page: PageContext) -> str:
    id = node.attributes.get("id", "")
    return f' id="{escape(id)}"' if _DOTTED.fullmatch(id) and page.claim(id) else ""


def _aliases(id: str, page: PageContext) -> str:
    """Give an object of a submodule the anchor of a top-level one: doc-builder's shortest path."""
    short = top_level(id, page.package)
    if not short or not page.claim(short):
        return ""
    alias = f'<span id="{escape(short)}" class="sg-alias"></span>'
    return page.hold(alias, sought="", anchors=(short,))
