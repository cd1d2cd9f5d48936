"""Pages of the edge cases, and what is shown of them."""

from __future__ import annotations

import re
from html import unescape

from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.render import render

FENCE = "```"


def page(text: str, *, url: str = "", id: str = "guide/page") -> Body:
    section = Section(0, "", "7_1", "docs.parquet", 12)
    return render(Document(id, f"{id}.md", text, (section,), url=url), LinkSpace())


def html(text: str) -> str:
    return page(text).html


def codes(body: Body) -> list[str]:
    return [finding.code for finding in body.diagnostics]


def words(fragment: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", fragment)).split())


def panels(fragment: str) -> list[str]:
    return re.findall(r'<section class="sg-tab" data-tab="([^"]*)"', fragment)


def code_blocks(fragment: str) -> list[str]:
    found = re.findall(r"<code class=\"language-[^\"]*\">(.*?)</code></pre>", fragment, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", code)) for code in found]
