"""Bodies of the edge cases, and what a reader sees of them."""

from __future__ import annotations

import re

import html5lib

from sitegen.errors import Diagnostic
from sitegen.model import Document, LinkSpace, Section
from sitegen.render import render


def body(text: str) -> str:
    html = rendered(text)[0]
    return re.sub(r' data-chunk="[^"]*"', "", html)


def rendered(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    section = Section(0, "", "1_0", "docs.parquet", 0)
    result = render(Document("guide/page", "guide/page.md", text, (section,)), LinkSpace())
    return result.html, result.diagnostics


def shown(text: str) -> str:
    """Give the text that a reader sees, formulas as their TeX."""
    html = re.sub(r'<math alttext="([^"]*)".*?</math>', r"\1", body(text), flags=re.DOTALL)
    return " ".join(
        "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext()).split()
    )


def cells(text: str) -> list[list[str]]:
    """Give the inner HTML of a table's cells, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", body(text), re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
