"""Finish: outlines of all pages -> what is wrong, and the files that need all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sitegen.check import weigh, with_pages
from sitegen.check.links import LinkReport, check_links
from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.layout.listings import listings
from sitegen.layout.overrides import theme_notices
from sitegen.model import RenderedPage
from sitegen.plan.planned import Plan
from sitegen.search import search_notices


class Found(NamedTuple):
    """What became of the links, and all findings of all stages."""

    links: LinkReport
    findings: tuple[Diagnostic, ...]


def look_up(
    config: Config, plan: Plan, pages: Iterable[RenderedPage], paths: Collection[str]
) -> Found:
    """Look up the links between pages, and gather what all stages have found.

    Each finding matters as much as the configuration says. ``paths`` are those of all files.
    """
    others = (*plan.redirects.goals, *(each.item.listed for each in listings(plan.site)))
    links = check_links(pages, paths, others)
    rendering = (finding for page in pages for finding in page.body.diagnostics)
    documents = {page.document.id: page.document for page in plan.site.pages}
    of_config = (*search_notices(config.search), *theme_notices(config.theme))
    notices = with_pages((*plan.notices, *of_config), documents)
    return Found(links, weigh((*notices, *rendering, *links.diagnostics), config.check.rules))
