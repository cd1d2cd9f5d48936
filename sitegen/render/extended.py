"""Components and rules of extensions, as the stage takes them: with their failures reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from sitegen.errors import BROKEN, ConfigError, Diagnostic, checked
from sitegen.render.components import Component, Node
from sitegen.render.components.registry import Render, no_label, plain_body
from sitegen.render.context import PageContext
from sitegen.render.html.allow_list import TAGS
from sitegen.render.parser import parser
from sitegen.render.rules.added import Teach, can_be_taught, guarded_rule, report_failure
from sitegen.render.syntax import forget_names

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def safe_rules(
    rules: Sequence[Teach], extension: str, note: Callable[[Diagnostic], None]
) -> dict[str, Teach]:
    """Rules by name whose failures are reported; what the parser cannot be taught is noted."""
    guarded = {f"{extension} {n}": guarded_rule(rule, extension) for n, rule in enumerate(rules, 1)}
    return {name: rule for name, rule in guarded.items() if can_be_taught(rule, extension, note)}


def forget() -> None:
    """Learn the language anew: components or rules have come or gone."""
    forget_names()
    parser.cache_clear()


def safe_component(component: Component, extension: str) -> Component:
    """The component with its failures reported: its body is shown all the same.

    Raises:
        ConfigError: no tag can be called so, or one of HTML is.
    """
    if not _NAME.fullmatch(component.name) or component.name in TAGS:
        raise ConfigError(
            f"the extension {extension!r} brings the component {component.name!r}, "
            "which is no name for one",
            help="take letters and digits without accents, and no name of an element of HTML",
        )

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
