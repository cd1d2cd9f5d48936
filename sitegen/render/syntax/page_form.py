"""What a page is written in: Markdown or reStructuredText."""

from __future__ import annotations

import re

from markdown_it.ruler import StateBase

from sitegen.render.context import PageContext
from sitegen.scan import unfenced, visible_lines
from sitegen.scan.patterns import rare

_SIGN = re.compile(
    r"^[ \t]*\.\. (?:(?:\|[^|\n]+\|[ \t]+)?[a-z][\w:-]*::(?=\s|$)|_[^:`\n_][^:`\n]*:)", re.MULTILINE
)
_HEADING = rare(r"#{1,6}[ \t]+\S")


def is_restructured(state: StateBase) -> bool:
    """Whether a page is called so, or has a directive or a target and no heading of Markdown."""
    found: bool | None = state.env.get("restructured")
    if found is None:
        page: PageContext = state.env["page"]
        is_called, text = page.document.source.lower().endswith(".rst"), state.src
        is_signed = ".. " in text and _SIGN.search(text) is not None
        found = state.env["restructured"] = is_called or (is_signed and _has_no_markdown(state))
    return found


def _has_no_markdown(state: StateBase) -> bool:
    lines = [line for _, line in visible_lines(unfenced(state.src.split("\n")))]
    return any(map(_SIGN.match, lines)) and not any(map(_HEADING.match, lines))
