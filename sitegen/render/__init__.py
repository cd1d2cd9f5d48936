"""Render: one document becomes a body of safe HTML, with its headings, links and findings."""

from __future__ import annotations

import re
from html import unescape

from sitegen.model import Body, Document, LinkSpace
from sitegen.model.objects import NOTHING_NAMED, Named
from sitegen.render.context import PageContext
from sitegen.render.html.sanitize import sanitize
from sitegen.render.parser import parser
from sitegen.render.plain_markdown import plain_markdown
from sitegen.render.renderer import boxed

_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
_MATH = re.compile(r'<math alttext="([^"]*)".*?</math>', re.DOTALL)
_TAG = re.compile(r'<span class="sg-hush"[^>]*>[^<]*|<[^>]*>')  # and what only screen readers hear
_DESCRIPTION = 160  # characters that search engines show
_SAYS_SOMETHING = 40


def render(document: Document, space: LinkSpace, named: Named = NOTHING_NAMED) -> Body:
    """Render a document: a function of it, of its old site's addresses and of what it names."""
    page = PageContext(document, space, named)
    env: dict[str, object] = {"page": page, "headings": []}
    md = parser()
    tokens = md.parse(document.text, env)
    html = boxed(sanitize(md.renderer.render(tokens, md.options, env)))
    headings = env["headings"]
    classes = " ".join(sorted(page.flags))
    whole = page.release(html)
    return Body(
        html=f'<div class="{classes}">\n{whole}</div>\n' if classes else whole,
        headings=tuple(headings),  # type: ignore[arg-type]
        links=tuple(page.links),
        description=_description(html, page),
        diagnostics=tuple(page.diagnostics),
        markdown=plain_markdown(document, space.markdown_folders),
    )


def _description(html: str, page: PageContext) -> str:
    """Take the first paragraph that says something, cut at a word where there are spaces."""
    for match in _PARAGRAPH.finditer(html):
        paragraph = _MATH.sub(r"\1", page.release(match[1]))
        text = " ".join(unescape(_TAG.sub("", paragraph)).split())
        if len(text) > _DESCRIPTION:
            word = text[:_DESCRIPTION].rsplit(" ", 1)[0]
            return (word if len(word) > _DESCRIPTION // 2 else text[:_DESCRIPTION]) + "…"
        if len(text) > _SAYS_SOMETHING:
            return text
    return ""
