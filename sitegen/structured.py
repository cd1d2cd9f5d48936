"""Structured data: a page's way from the start as JSON-LD (schema.org)."""

from __future__ import annotations

import json
from urllib.parse import quote

from sitegen.model import Page, PageLink


def breadcrumb_list(page: Page, base_url: str) -> str:
    """Give a BreadcrumbList as JSON that may stand in a script element.

    Groups that are no page are left out: each step but the last must have an address.
    """
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
    data = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
