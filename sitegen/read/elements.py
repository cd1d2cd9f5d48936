"""Stage ``read``: rows that are elements of a page (a title, an item of a list) -> Markdown."""

from __future__ import annotations

import re

TITLE = "Title"
ELEMENTS = frozenset(
    {
        *(TITLE, "NarrativeText", "UncategorizedText", "Text", "Paragraph", "ListItem", "Table"),
        *("CodeSnippet", "Code", "Formula", "FigureCaption", "Image", "Address", "EmailAddress"),
        *("Header", "Footer", "PageNumber", "PageBreak", "CheckBox", "CompositeElement"),
    }
)
"""What elements are called by those who partition documents."""

_LEFT_OUT = frozenset({"Header", "Footer", "PageNumber", "PageBreak"})  # of printed pages
_LEVEL = 2  # of a title whose depth nobody says
_CODE = frozenset({"CodeSnippet", "Code"})
_FENCE = re.compile(r"`{3,}")
_SPECIAL = re.compile(r"[\\*<`]|(?<![^\W_])_|_(?![^\W_])")
_OPENING = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s)|>|\d{1,9}(?=[.)]\s)|~~~)", re.M)


def as_markdown(kind: str, text: str, *, depth: str = "", html: str = "") -> str:
    """Give an element as Markdown that shows just its words, with line ends that set it apart.

    ``depth`` is that of a title, from 0; ``html`` is that of a table.
    """
    if kind in _LEFT_OUT or not text.strip():
        return ""
    if kind in _CODE:
        longest = max((len(run) for run in _FENCE.findall(text)), default=2)
        marks = "`" * (longest + 1)
        return f"\n{marks}\n{text.strip(chr(10))}\n{marks}\n"
    if kind == "Table" and html.startswith("<table"):
        return f"\n{html.replace(chr(10), ' ')}\n"
    words = _OPENING.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", text.strip()))
    if kind == TITLE:
        level = min(int(depth) + 1, 6) if depth.isdecimal() else _LEVEL
        return f"\n{'#' * level} {' '.join(words.split())}\n"
    if kind == "ListItem":
        return "- " + words.replace("\n", "\n  ") + "\n"
    return f"\n{words}\n"
