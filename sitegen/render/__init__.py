"""Render: one document becomes a body of safe HTML, with its headings, links and findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from markdown_it.token import Token

from sitegen.model import Body, Document, LinkSpace, Remote
from sitegen.model.objects import NOTHING_NAMED, Named
from sitegen.render.context import PageContext
from sitegen.render.html.sanitize import sanitize
from sitegen.render.html.sought import sought
from sitegen.render.parser import parser
from sitegen.render.renderer import boxed
from sitegen.render.twin.writer import twin

_LOADED = frozenset(("audio", "iframe", "img", "source", "track", "video"))
"""Elements whose files a reader's browser loads by itself."""

_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
_MATH = re.compile(r'<math alttext="([^"]*)".*?</math>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TARGET = re.compile(r"(?:<a\b[^<>]*>\s*</a>\s*)+")
_DESCRIPTION = 160  # characters that search engines show
_SENTENCES = re.compile(r".*(?:[。！？]|[^\W_][.!?؟।](?=\s))", re.DOTALL)
_SAYS_SOMETHING = 40


def render(document: Document, space: LinkSpace, named: Named = NOTHING_NAMED) -> Body:
    """Render a document: a function of it, of its old site's addresses and of what it names."""
    page = PageContext(document, space, named)
    env: dict[str, object] = {"page": page, "headings": []}
    md = parser()
    tokens = md.parse(document.text, env)
    html = sanitize(boxed(md.renderer.render(tokens, md.options, env), page), seen=page.seen)
    headings = env["headings"]
    classes = " ".join(sorted(page.flags))
    whole, shown = page.release(html)
    markdown = twin(tokens, page)  # its findings are the page's too
    return Body(
        html=f'<div class="{classes}">\n{whole}</div>\n' if classes else whole,
        headings=tuple(headings),  # type: ignore[arg-type]
        anchors=tuple(page.seen.anchors),
        links=tuple(page.links),
        remotes=tuple(_remotes(page)),
        sought=sought(shown),
        description=document.description or _description(html, page),
        diagnostics=tuple(page.diagnostics),
        markdown=markdown,
        has_lead=_has_lead(tokens),
    )


def _has_lead(tokens: Sequence[Token]) -> bool:
    """Whether anything but places for links stands between the title and the next heading."""
    ends = (index for index, token in enumerate(tokens) if token.type == "heading_close")
    following = islice(tokens, next(ends, -1) + 1, None)
    around = {"paragraph_open", "paragraph_close"}
    shown = (t for t in following if t.type not in around and not _TARGET.fullmatch(t.content))
    first = next(shown, None)
    return first is None or first.type != "heading_open"


def _remotes(page: PageContext) -> Iterator[Remote]:
    for tag, url in page.seen.addresses:
        yield Remote(url, page.written_at.get(url, 0), is_loaded=tag in _LOADED)


def _description(html: str, page: PageContext) -> str:
    """Take the first paragraph that says something, cut behind a sentence or else at a word."""
    for match in _PARAGRAPH.finditer(html):
        paragraph = _MATH.sub(r"\1", page.release(match[1])[1])
        text = " ".join(unescape(_TAG.sub("", paragraph)).split())
        if len(text) > _DESCRIPTION:
            sentences = _SENTENCES.match(text, 0, _DESCRIPTION + 1)
            if sentences and sentences.end() > _DESCRIPTION // 2:
                return sentences[0]
            word = text[:_DESCRIPTION].rsplit(" ", 1)[0]
            return (word if len(word) > _DESCRIPTION // 2 else text[:_DESCRIPTION]) + "…"
        if len(text) > _SAYS_SOMETHING:
            return text
    return ""
