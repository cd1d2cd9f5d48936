"""Render: one document becomes a body of safe HTML, with its headings, links and findings."""

from __future__ import annotations

import re
from html import unescape

from sitegen.errors import Severity
from sitegen.markdown import MAX_NESTING, parser
from sitegen.model import Body, Document, LinkSpace
from sitegen.objects import NOTHING_NAMED, Named
from sitegen.page_context import PageContext
from sitegen.sanitize import sanitize

_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_DESCRIPTION = 160  # characters that search engines show
_SAYS_SOMETHING = 40


def render(document: Document, space: LinkSpace, named: Named = NOTHING_NAMED) -> Body:
    """Render a document: a function of it, of its old site's addresses and of what it names."""
    page = PageContext(document, space, named)
    env: dict[str, object] = {"page": page, "headings": []}
    md = parser()
    tokens = md.parse(document.text, env)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        page.report(
            "nesting-too-deep",
            f"lists or quotes nest deeper than {MAX_NESTING} levels; text beyond is not shown",
            severity=Severity.ERROR,
            line=0,
        )
    html = sanitize(md.renderer.render(tokens, md.options, env))
    headings = env["headings"]
    return Body(
        html=page.release(html),
        headings=tuple(headings),  # type: ignore[arg-type]
        links=tuple(page.links),
        description=_description(html),
        diagnostics=tuple(page.diagnostics),
    )


def _description(html: str) -> str:
    """Take the first paragraph that says something, cut at a word."""
    for match in _PARAGRAPH.finditer(html):
        text = " ".join(unescape(_TAG.sub("", match[1])).split())
        if len(text) > _DESCRIPTION:
            return text[:_DESCRIPTION].rsplit(" ", 1)[0] + "…"
        if len(text) > _SAYS_SOMETHING:
            return text
    return ""
