"""Rendering with components and rules of extensions, until a block ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from markdown_it import MarkdownIt

from sitegen.errors import ConfigError, Severity
from sitegen.render.components import COMPONENTS, Component, Node
from sitegen.render.components.registry import Render, plain_body
from sitegen.render.context import PageContext
from sitegen.render.parser import ADDED_RULES, parser
from sitegen.render.syntax import forget_names


@contextmanager
def extended_rendering(
    extension: str,
    components: Sequence[Component],
    rules: Sequence[Callable[[MarkdownIt], None]],
) -> Iterator[None]:
    """Enter components and rules; what was learned of the names of components is learned anew.

    Raises:
        ConfigError: there is a component of such a name already.
    """
    new = {each.name: _safe(each, extension) for each in components}
    if taken := sorted(new.keys() & COMPONENTS.keys()):
        raise ConfigError(f"the extension {extension!r} brings <{taken[0]}>, which there is")
    COMPONENTS.update(new)
    ADDED_RULES.extend(rules)
    _forget()
    try:
        yield
    finally:
        for name in new:
            del COMPONENTS[name]
        del ADDED_RULES[len(ADDED_RULES) - len(rules) :]
        _forget()


def _forget() -> None:
    forget_names()
    parser.cache_clear()


def _safe(component: Component, extension: str) -> Component:
    """The component with its failures reported: its body is shown all the same."""

    def guarded(render: Render, instead: Render) -> Render:
        def rendered(node: Node, page: PageContext) -> str:
            try:
                return render(node, page)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is not ours
                page.report(
                    "extension-failed",
                    f"<{node.name}> of the extension {extension!r} failed: "
                    f"{type(error).__name__}: {error}",
                    severity=Severity.ERROR,
                    help="tell those who wrote the extension",
                )
                return instead(node, page)

        return rendered

    return replace(
        component,
        render=guarded(component.render, _body),
        markdown=guarded(component.markdown, plain_body),
    )


def _body(node: Node, _page: PageContext) -> str:
    return node.body + "".join(slot.body for slot in node.slots)
