"""Documents of the edge cases, and the links in them."""

from __future__ import annotations

import re

from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.plan.mentions import mentions
from sitegen.plan.object_index import package_of
from sitegen.render import render
from tests.plan.planned import references_of

OLD_SITE = LinkSpace(("https://host.example/docs/transformers/en/",))


def document(text: str, id: str = "page", anchor: str = "") -> Document:
    return Document(id, id, text, (Section(0, anchor, "7_0", "docs.parquet", 12),))


def body(text: str, id: str = "page", **others: str) -> Body:
    pages = [document(text, id), *(document(t, i.replace("__", "/")) for i, t in others.items())]
    references = references_of(pages, package_of(OLD_SITE))
    return render(pages[0], OLD_SITE, references.of(pages[0], mentions(pages[0].text)))


def html(text: str, id: str = "page", **others: str) -> str:
    """Render without the furniture that no case is about."""
    shown = re.sub(r' <a class="sg-anchor".*?</a>', "", body(text, id, **others).html)
    return shown.replace(' data-chunk="7_0"', "").strip()


def codes(body: Body) -> list[str]:
    return [finding.code for finding in body.diagnostics]
