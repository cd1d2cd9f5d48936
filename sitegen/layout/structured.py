"""Structured data: a page and its way from the start as JSON-LD (schema.org)."""

from __future__ import annotations

import json
from urllib.parse import quote

from sitegen.languages import tag_of
from sitegen.model import Page, PageLink, Site


def page_data(page: Page, site: Site, base_url: str, description: str) -> str:
    """Give a TechArticle and a BreadcrumbList as JSON that may stand in a script element.

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
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
