"""Restore, white space: indents the code of a fence by its language, where it can be known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitegen.model import Certainty
from sitegen.restore.whitespace.code.doctest import is_doctest, layout_doctest
from sitegen.restore.whitespace.code.other import (
    is_json,
    layout_blocks,
    layout_curly,
    layout_json,
    layout_markup,
    layout_script,
    layout_shell,
    layout_template,
)
from sitegen.restore.whitespace.code.python import layout_python

_LAYOUTS: dict[Callable[[Sequence[str]], tuple[list[str], Certainty | None]], str] = {
    layout_python: "python py python3 py3 {python}",
    layout_json: "json jsonc json5",
    layout_script: "js javascript jsx mjs cjs ts typescript tsx mts cts",
    layout_blocks: "css scss less graphql gql proto hcl tf terraform",
    layout_markup: "html htm xml svg vue svelte",
    layout_curly: "c cpp c++ java rust rs go cs csharp kotlin swift php scala cuda",
    layout_shell: "bash sh shell zsh console dockerfile",
    layout_template: "jinja jinja2 django",
}
_BY_NAME = {name: layout for layout, names in _LAYOUTS.items() for name in names.split()}


def layout_code(lines: Sequence[str], info: str) -> tuple[list[str], Certainty | None]:
    """Indent flush code; ``None`` when there was nothing to give back.

    Code in a language whose indentation nothing tells stays flush: a guess.
    """
    language = info.split(maxsplit=1)[0].lower() if info.strip() else ""
    layout = _BY_NAME.get(language)
    if layout in {None, layout_python} and is_doctest(lines):
        return layout_doctest(lines)
    if layout is None and language in {"", "text", "txt"}:
        layout = _by_look(lines)
    if layout is not None:
        return layout(lines)
    return list(lines), Certainty.GUESSED if len(lines) > 1 else None


def _by_look(
    lines: Sequence[str],
) -> Callable[[Sequence[str]], tuple[list[str], Certainty | None]] | None:
    """Recognise code whose language nobody states."""
    if is_json(lines):
        return layout_json
    return layout_template if any(line.startswith("{%") for line in lines) else None
