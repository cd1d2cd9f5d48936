"""Rendering with components and rules of extensions, until a block ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from markdown_it import MarkdownIt
from msgspec.structs import replace

from sitegen.errors import BROKEN, ConfigError, Diagnostic, checked
from sitegen.render.components import COMPONENTS, Component, Node
from sitegen.render.components.registry import Render, no_label, plain_body
from sitegen.render.context import PageContext
from sitegen.render.parser import ADDED_RULES, parser
from sitegen.render.rules.added import can_be_taught, guarded_rule, report_failure
from sitegen.render.syntax import forget_names


@contextmanager
def extended_rendering(
    extension: str,
    components: Sequence[Component],
    rules: Sequence[Callable[[MarkdownIt], None]],
) -> Iterator[list[Diagnostic]]:
    """Enter components and rules; what was learned of the names of components is learned anew.

    The block gets what is wrong with rules that the parser cannot be taught, which are left out.

    Raises:
        ConfigError: there is a component of such a name already.
    """
    new = {each.name: _safe(each, extension) for each in components}
    if taken := sorted(new.keys() & COMPONENTS.keys()):
        raise ConfigError(f"the extension {extension!r} brings <{taken[0]}>, which there is")
    COMPONENTS.update(new)
    refused: list[Diagnostic] = []
    taught = [guarded_rule(rule, extension) for rule in rules]
    kept = [rule for rule in taught if can_be_taught(rule, extension, refused)]
    ADDED_RULES.extend(kept)
    _forget()
    try:
        yield refused
    finally:
        for name in new:
            del COMPONENTS[name]
        for rule in kept:
            ADDED_RULES.remove(rule)
        _forget()


def _forget() -> None:
    forget_names()
    parser.cache_clear()


def _safe(component: Component, extension: str) -> Component:
    """The component with its failures reported: its body is shown all the same."""

    def guarded(render: Render, instead: Render) -> Render:
        def rendered(node: Node, page: PageContext) -> str:
            try:
                return checked(str, render(node, page))
            except BROKEN as error:
                report_failure(page, f"<{node.name}>", extension, error)
                return instead(node, page)

        return rendered

    return replace(
        component,
        render=guarded(component.render, _body),
        markdown=guarded(component.markdown, plain_body),
        label=guarded(component.label, no_label),
    )


def _body(node: Node, _page: PageContext) -> str:
    return node.body + "".join(slot.body for slot in node.slots)
