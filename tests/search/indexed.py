"""Pages, and the indexes that are made of them."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from sitegen.model import Body, Document, Head, Heading, Page, PageLink, RenderedPage, Site
from sitegen.search.headings import anchor_of, headings_index


def page_of(name: str, length: int) -> RenderedPage:
    said = f'<h1 id="{name}">{name}</h1><p>Call <code>from_pretrained</code> &amp; go.</p>'
    return RenderedPage(
        Page(Head(name, f"{name}.md", length=length), name.title(), f"{name}/"),
        partial(Body, "", (Heading(1, name, f"{name} heading"),), sought=said),
        partial(Document, name, f"{name}.md", "", ()),
    )


PAGES = tuple(page_of(*each) for each in (("one", 3), ("two", 9), ("three", 6)))
SITE = Site("S", tuple(each.page for each in PAGES), ())


def table(script: str) -> dict[str, Any]:
    """Read what a script of the headings index hands over."""
    start, end = "sitegenHeadings(", ")\n"
    assert script.startswith(start)
    assert script.endswith(end)
    value: dict[str, Any] = json.loads(script.removeprefix(start).removesuffix(end))
    return value


def page(name: str, *headings: str, language: str = "") -> RenderedPage:
    given = tuple(Heading(2, anchor_of(text) or "x", text) for text in headings)
    document = Document(name, f"{name}.md", "", (), language=language)
    body = Body("", given)
    crumbs = (PageLink("Guides", None),)
    page = Page(document.head(), name.title(), f"{name}/", crumbs)
    return RenderedPage(page, lambda: body, lambda: document)


def scripts(*pages: RenderedPage, language: str = "en") -> dict[str, dict[str, Any]]:
    site = Site("S", tuple(each.page for each in pages), (), language)
    files = headings_index(site, pages, "search/", full=0)
    return {file.path: table(file.data.decode()) for file in files}
