"""Assemble: texts that are HTML throughout are written so that Markdown leaves them as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from sitegen.assemble.parts import Rows, Summary
from sitegen.model import Chunk

_OPENS = re.compile(
    r"<!--|<(?:!doctype|html|body|main|article|section|header|div|h[1-6]|p|ul|ol|dl|pre|table|blockquote"
    r"|figure|details)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(<pre\b(?:(?!<pre\b).)*?</pre>)", re.IGNORECASE | re.DOTALL)
_MARKDOWN = re.compile(
    r"\n[ \t]*\n {0,3}(?:#{1,6} |[-*+] |\d{1,9}[.)] |>|```|~~~|\||[^<\s][^\n]*(?:\*\*|`|\]\())"
)
"""What only Markdown has between its tags: a paragraph in its marks."""
_LINES = re.compile(r"\n\s*")


class HtmlTexts(Summary):
    """Whether (one is enough) a text is no HTML."""

    others: int = 0


def look_for_html(groups: Rows) -> HtmlTexts:
    """See whether all texts are HTML."""
    are_html = all(
        chunk.row is not None and _is_html(chunk.text.strip())
        for group in groups.values()
        for chunk in group
    )
    return HtmlTexts(others=int(not are_html))


def _is_html(text: str) -> bool:
    if not text:
        return True
    is_html = text.endswith(">") and _OPENS.match(text) is not None
    return is_html and not _MARKDOWN.search(_CODE.sub("", text))


def with_html_whole(_: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
    """The rows of a source with their HTML in as few blocks as it goes."""
    return [replace(chunk, text=_in_blocks(chunk.text)) for chunk in group]


def _in_blocks(text: str) -> str:
    """HTML without the blank lines and indents that would end its block; code is one of its own."""
    parts = _CODE.split(text.strip())
    blocks = (p if n % 2 else _LINES.sub("\n", p).strip() for n, p in enumerate(parts))
    return "\n\n".join(filter(None, blocks))
