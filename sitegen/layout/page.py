"""Page: a rendered page -> its file, with what leads on around it."""

from __future__ import annotations

import json
from urllib.parse import quote

from markupsafe import Markup

from sitegen.languages import tag_of
from sitegen.layout.aliases import leads, with_aliases
from sitegen.layout.frame import Frame, fill, root_of, values_at
from sitegen.layout.neighbours import breadcrumbs, href, is_web, source_name
from sitegen.layout.templates import Href
from sitegen.model import Document, OutputFile, Page, PageLink, RenderedPage, Site
from sitegen.urls import relative, twin_path

TOC_LEVELS = range(2, 7)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def lay_out_page(frame: Frame, rendered: RenderedPage) -> OutputFile:
    """The file of a page.

    Raises:
        TemplateError: naming the template and the line at fault.
    """
    page, body, feeds = rendered.page, rendered.body, frame.config.feeds
    here, document, base_url = page.permalink, page.document, frame.canonical_url
    root = root_of(here)
    twin = twin_path(here, frame.markdown_folders) if feeds.markdown else ""
    lang = document.language or frame.site.language
    values = values_at(frame, here, page.title, lang) | {
        "page": page,
        "body": Markup(with_aliases(page, body)),  # noqa: S704 - sanitised by render
        "leads": leads(page, body.anchors),
        "description": body.description,
        "sidebar": Markup(frame.voice(lang).sidebar.of(here, root)),  # noqa: S704 - escaped there
        "toc": tuple(h for h in body.headings if h.level in TOC_LEVELS and h.id and h.text),
        "has_lead": body.has_lead,
        "title_anchor": next((h.id for h in body.headings if h.level == 1), ""),
        "breadcrumbs": breadcrumbs(here, page.breadcrumbs),
        "previous": href(here, page.previous),
        "next": href(here, page.next),
        "source_name": source_name(page),
        "source_url": document.url if is_web(document.url) else "",
        "edit_url": frame.config.theme.edit_url.replace("{source}", quote(source_name(page))),
        "open_in": _open_in(frame, twin),
        "twin": twin and relative(here, twin),
        "translations": frame.translations.of(here, document.language),
        "base_url": base_url,
        "structured": base_url and Markup(_json_ld(page, frame.site, base_url, body.description)),  # noqa: S704 - escaped there
        "chunks": feeds.chunks and _chunks(rendered.document),
        "chunk_page": root + frame.own.get("chunk", ""),
    }
    if feeds.social_images:
        from sitegen.layout.social import NAME  # noqa: PLC0415 - few sites have pictures

        values["social_image"] = frame.base_url + quote(here + NAME)
    return fill(frame, here, "page.html", values)


def lay_out_social_image(frame: Frame, page: Page, description: str) -> OutputFile:
    """The picture of a page for links to it elsewhere.

    Raises:
        ConfigError: what draws is not installed, or the font cannot be read.
    """
    from sitegen.layout.social import social_image  # noqa: PLC0415 - as above

    language = page.document.language or frame.site.language
    texts = (frame.site.title, page.title, description)
    return social_image(frame.config, page.permalink, texts, language)


def _chunks(document: Document) -> Markup | str:
    """What the inspector shows of a page's chunks: as JSON, or nothing for a file of Markdown.

    The object holds ``url``, the page's old address, and ``chunks``: id, length in characters,
    anchor, and what was restored: how sure that is and, of headings, by what reason. Files and rows
    are looked up, so that a page does not change with the order of rows.
    """
    if all(section.row is None for section in document.sections):
        return ""
    chunks = [
        [
            section.chunk_id,
            len(text),
            section.anchor,
            [
                [each.what, each.certainty, *([each.reason] if each.reason else ())]
                for each in restored
            ],
        ]
        for section, text, restored in document.parts()
    ]
    return Markup(_json({"url": document.url, "chunks": chunks}))  # noqa: S704 - escaped there


def _json_ld(page: Page, site: Site, base_url: str, description: str) -> str:
    """A page and its way from the start as JSON-LD (schema.org).

    Groups that are no page are left out: each step but the last must have an address.
    """
    address = base_url + quote(page.permalink)
    article = {
        "@type": "TechArticle",
        "headline": page.title,
        "url": address,
        "inLanguage": tag_of(page.document.language or site.language),
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": base_url},
    }
    if description:
        article["description"] = description
    if page.changed and page.changed.date:
        article["dateModified"] = page.changed.date
    steps = [step for step in page.breadcrumbs if step.permalink not in (None, page.permalink)]
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": step.title,
            "item": base_url + quote(step.permalink or ""),
        }
        for number, step in enumerate([*steps, PageLink(page.title, page.permalink)], start=1)
    ]
    crumbs = {"@type": "BreadcrumbList", "itemListElement": items}
    data = {"@context": "https://schema.org", "@graph": [article, crumbs]}
    return _json(data)


def _json(value: object) -> str:
    """JSON for a page's script element, in which nothing may look like markup."""
    return _ENCODER.encode(value).replace("<", "\\u003c")


def _open_in(frame: Frame, twin: str) -> tuple[Href, ...]:
    """Links to tools that read a page's Markdown by its address, if it has one."""
    if not (twin and frame.base_url):
        return ()
    address = quote(frame.base_url + quote(twin), safe="")
    tools = frame.config.theme.open_in.items()
    return tuple(Href(name, url.replace("{url}", address)) for name, url in tools)
