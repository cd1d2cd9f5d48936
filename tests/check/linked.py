"""What a build looks up of links, of pages that are here as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sitegen.check.links import Addresses, LinkReport, target_of
from sitegen.model import RenderedPage


def check_links(pages: Iterable[RenderedPage], files: Collection[str]) -> LinkReport:
    pages = list(pages)
    addresses = Addresses([page.page.document.id for page in pages], files)
    links = [link for page in pages for link in page.body.links]
    gone = set(addresses.gone(map(target_of, links)))
    missing = [finding for page in pages for finding in addresses.missing(page, gone)]
    return LinkReport(len(links), len(missing), tuple(missing))
