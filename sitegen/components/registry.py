"""The table of components: what each is called, how it is written and which function renders it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from sitegen.page_context import PageContext


@dataclass(frozen=True, slots=True)
class Node:
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


@dataclass(frozen=True, slots=True)
class Component:
    """How a component is written: ``leaf`` has no body; a slot belongs inside ``within``.

    One that is no tag has a syntax of its own, and the parser makes its node.
    """

    name: str
    render: Render
    leaf: bool = False
    within: frozenset[str] = frozenset()
    attributes: frozenset[str] = field(default_factory=frozenset)
    is_tag: bool = True


COMPONENTS: dict[str, Component] = {}


def component(
    *names: str,
    leaf: bool = False,
    within: tuple[str, ...] = (),
    attributes: tuple[str, ...] = (),
    is_tag: bool = True,
) -> Callable[[Render], Render]:
    """Enter a function into the table under the tag names that it renders."""

    def enter(render: Render) -> Render:
        for name in names:
            COMPONENTS[name] = Component(
                name, render, leaf, frozenset(within), frozenset(attributes), is_tag
            )
        return render

    return enter
