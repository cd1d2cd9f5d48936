"""The table of components: what each is called, how it is written and which function renders it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from sitegen.errors import Severity, did_you_mean
from sitegen.model.table import OWN, Table
from sitegen.render.context import PageContext
from sitegen.render.twin.pieces import blocks


class Node(Struct, frozen=True):
    """A component met on a page, its body already rendered.

    ``slots`` are the components of the body that this one arranges itself (tabs of a group);
    ``body`` is all else. ``marks`` are attributes (``data-chunk``) for the outermost element.
    """

    name: str
    attributes: dict[str, str]
    body: str = ""
    slots: tuple[Node, ...] = ()
    marks: str = ""
    members: tuple[str, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """Give an attribute, escaped for HTML."""
        return escape(self.attributes.get(name, default), quote=True)

    def flag(self, name: str) -> bool:
        """Tell whether ``name``, ``name={true}`` or ``name="true"`` is set."""
        return self.attributes.get(name, "false").strip().lower() not in {"false", ""}


Render = Callable[[Node, PageContext], str]


def plain_body(node: Node, _page: PageContext) -> str:
    """What a component holds, as it is."""
    return blocks([node.body, *(slot.body for slot in node.slots)])


def no_label(_node: Node, _page: PageContext) -> str:
    """Nothing is said in front of what a component holds."""
    return ""


class Component(Struct, frozen=True):
    """How a component is written: ``leaf`` has no body; a slot belongs inside ``within``.

    ``verbatim`` takes its body as it is written, into the attribute ``source``. ``inline`` is part
    of a sentence also where it begins a line. ``checked``: no attributes but ``attributes``.
    ``markdown`` writes the twin, from a node whose body is Markdown; where what is not ``inline``
    stands in a sentence all the same, ``label`` comes in front of the body instead.
    """

    name: str
    render: Render
    leaf: bool = False
    within: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    checked: bool = False
    verbatim: bool = False
    inline: bool = False
    markdown: Render = plain_body
    label: Render = no_label


MADE_BY_RULES = frozenset(("alert", "autodoc", "branch", "fence", "if", "notebooks"))
"""Components that are no tags: rules of the parser and the renderer make their nodes.

So are those with a colon in their names.
"""


def _is_tag(name: str) -> bool:
    return name not in MADE_BY_RULES and ":" not in name


COMPONENTS: Table[Component] = Table("the component", gives_way=_is_tag)
"""Ours by name, and those of the extensions that are active, which may stand for a tag of ours."""


def component(  # noqa: PLR0913 - what there is to say of a component, each by its name
    *names: str,
    leaf: bool = False,
    within: tuple[str, ...] = (),
    attributes: tuple[str, ...] | None = None,
    verbatim: bool = False,
    inline: bool = False,
    markdown: Render = plain_body,
    label: Render = no_label,
) -> Callable[[Render], Render]:
    """Enter a function into the table under the tag names that it renders."""
    known, checked = frozenset(attributes or ()), attributes is not None

    def enter(render: Render) -> Render:
        made = Component(
            "",
            render,
            leaf=leaf,
            within=frozenset(within),
            attributes=known,
            checked=checked,
            verbatim=verbatim,
            inline=inline,
            markdown=markdown,
            label=label,
        )
        COMPONENTS.enter(OWN, {name: replace(made, name=name) for name in names})
        return render

    return enter


def tag_names() -> list[str]:
    """List the components that authors write as tags."""
    return sorted(filter(_is_tag, COMPONENTS))


def inspect(node: Node, page: PageContext, *, alone: bool) -> None:
    """Report what is odd about how a component is written; ``alone``: its group is missing."""
    known = COMPONENTS[node.name]
    if alone and known.within:
        group = min(known.within)
        attribute = ' id="..."' if group == "hfoptions" else ""
        page.report(
            "component-misplaced",
            f"<{node.name}> outside <{group}>",
            help=f"wrap it in <{group}{attribute}>",
        )
    if not known.checked:
        return
    for name in node.attributes:
        if name not in known.attributes:
            remedy = did_you_mean(name, known.attributes) if known.attributes else "remove it"
            page.report(
                "component-attribute",
                f"<{node.name}> has no attribute {name!r}",
                severity=Severity.INFO,
                help=remedy,
            )
