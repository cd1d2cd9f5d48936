"""Result: outlines of all pages -> what is wrong, and what a build says of itself."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from typing import NamedTuple

from sitegen.check import weigh, with_pages
from sitegen.check.links import Addresses, LinkReport
from sitegen.config import Config
from sitegen.errors import Diagnostic, as_record
from sitegen.feeds.report import restored_counts, restored_of
from sitegen.layout.aliases import check_moved
from sitegen.layout.overrides import theme_notices
from sitegen.pipeline.pages import Pages
from sitegen.plan.planned import Plan
from sitegen.record.result import FILES, Result
from sitegen.search import search_notices
from sitegen.write.written import Written


class Found(NamedTuple):
    """What became of the links, and all findings of all stages."""

    links: LinkReport
    findings: tuple[Diagnostic, ...]


def look_up(config: Config, plan: Plan, pages: Pages, paths: Collection[str]) -> Found:
    """Look up the links between pages, and gather what all stages have found.

    Each finding matters as much as the configuration says. ``paths`` are those of all files.
    """
    others = (*plan.redirects.goals, *(each.item.listed for each in pages.listings))
    ids = [page.document.id for page in plan.site.pages]
    drafts = {each.location.page for each in plan.notices if each.code == "draft"} - {""}
    rendered, missing, checked = pages.look_up(Addresses(ids, paths, others, drafts))
    of_links = [finding for _, finding in missing]
    of_links += chain.from_iterable(map(check_moved, pages.moved()))
    links = LinkReport(checked, len(missing), tuple(of_links))
    documents = {page.document.id: page.document for page in plan.site.pages}
    of_config = (*search_notices(config.search), *theme_notices(config.theme))
    notices = with_pages((*plan.notices, *of_config), documents)
    found = (*notices, *(finding for _, finding in rendered), *of_links)
    return Found(links, weigh(found, config.check.rules))


def result_of(plan: Plan, found: Found, written: Written) -> Result:
    """All that a build has to say, for the command line and for machines."""
    links, diagnostics = found
    pages = plan.site.pages
    by_page = {p.document.id: restored_of(p) for p in pages if p.document.restored}
    return Result(
        {
            "format": 1,
            "pages": len(pages),
            "chunks": plan.chunks,
            "links": {"checked": links.checked, "missing": links.missing},
            "restored": restored_counts(pages),
            "restored_by_page": by_page,
            "files": {what: getattr(written, what) for what in (*FILES, "bytes")},
            "diagnostics": [as_record(found) for found in diagnostics],
        }
    )
