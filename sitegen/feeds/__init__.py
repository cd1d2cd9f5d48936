"""Site files: a planned site and its pages -> the files that stand beside the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitegen import __version__
from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model import OutputFile, RenderedPage, Site
from sitegen.plan.jobs import Plan
from sitegen.store.memory import Memory

if TYPE_CHECKING:
    from sitegen.check.links import LinkReport


class Lot(NamedTuple):
    """Files that take their time, and all that they are made of, by which one can tell them."""

    made_of: object
    make: Callable[[], Iterable[OutputFile]]


def feeds_of(config: Config, plan: Plan) -> Iterator[OutputFile]:
    """Write what hosts and crawlers look for."""
    from sitegen.feeds import hosts as feeds
    from sitegen.feeds.sitemap import sitemaps

    listed_at = config.base_url if config.feeds.index else ""
    yield feeds.robots(listed_at, config.feeds.content_signal)
    yield feeds.no_jekyll()
    if config.publish.domain:
        yield feeds.cname(config.publish.domain)
    rules = feeds.below(config.base_url, plan.redirects.rules) | dict(config.publish.redirects)
    if rules:
        yield feeds.redirects(rules)
    if config.base_url and config.search:
        from sitegen.plan.own_pages import free_permalink

        search = free_permalink(plan.site, "search")
        yield feeds.open_search(plan.site.title, config.base_url, search)
    if listed_at:
        yield from sitemaps(plan.site, listed_at)


def indexes_of(config: Config, plan: Plan, pages: Sequence[RenderedPage]) -> Iterator[Lot]:
    """Give what other sites look up and what readers search, which few edits change.

    ``pages`` need no HTML.
    """
    from sitegen.feeds.inventory import objects_inventory
    from sitegen.plan.own_pages import free_permalink
    from sitegen.search import Kind, kind_of
    from sitegen.search.headings import headings_index

    site, objects = plan.site, plan.references.objects
    named = [(page.document.id, page.permalink, page.title) for page in site.pages]
    yield Lot(("objects", site.title, named, objects), lambda: [objects_inventory(site, objects)])
    if (kind := kind_of(config.search)) is not Kind.OFF:
        folder, full = free_permalink(site, "search"), kind is Kind.FULL
        headed = [
            (page.permalink, page.title, page.document.language, page.breadcrumbs, body.headings)
            for page, body in ((each.page, each.body) for each in pages)
        ]
        yield Lot(
            ("headings", site.language, folder, full, headed),
            lambda: headings_index(site, pages, folder, full=full),
        )


def for_machines(
    config: Config,
    plan: Plan,
    pages: Sequence[RenderedPage],
    read: Callable[[str], bytes],
    memory: Memory | None = None,
) -> Iterator[OutputFile]:
    """Write what programs read besides twins: chunk tables, lists, the dataset.

    ``pages`` need neither HTML nor Markdown; ``read`` gives a twin by its path. A ``memory`` knows
    of the chunks of documents that have not changed.

    Raises:
        ConfigError: the earlier build of ``feeds.previous`` cannot be read.
    """
    from sitegen.feeds import llms as twins
    from sitegen.feeds import provenance
    from sitegen.plan.own_pages import free_permalink

    site, taken = plan.site, plan.space.markdown_folders
    if config.feeds.chunks:
        folder = free_permalink(site, "chunk").rstrip("/")
        yield from provenance.lookup(site, folder, config.feeds.previous, memory)
    if config.feeds.markdown:
        yield twins.llms(site, pages, taken, config.base_url)
        yield from twins.llms_full(site.pages, taken, config.base_url, read)
    if config.feeds.dataset:
        from sitegen.feeds.dataset import dataset

        yield dataset(pages, config.base_url)


def health_of(
    config: Config,
    site: Site,
    pages: Sequence[RenderedPage],
    diagnostics: Sequence[Diagnostic],
    assets: Mapping[str, str],
) -> Iterator[OutputFile]:
    """Write what is wrong with the dataset as a page on request; ``pages`` with their HTML."""
    if config.check.page:
        from sitegen.check import Examined
        from sitegen.check.page import health_page

        yield health_page(site, Examined(tuple(pages), tuple(diagnostics)), config, assets)


def print_of(
    config: Config, site: Site, pages: Sequence[RenderedPage], assets: Mapping[str, str]
) -> Iterator[OutputFile]:
    """Write all pages on one on request; ``pages`` with their HTML."""
    if config.feeds.print_page:
        from sitegen.layout.print_page import print_page

        yield print_page(site, pages, config, assets)


def report_of(
    config: Config, plan: Plan, links: LinkReport, output: Mapping[str, object]
) -> OutputFile:
    """Write ``build.json``; ``output`` are facts of all files written before it."""
    from sitegen.feeds.report import build_report, restored_counts
    from sitegen.read.files import find_files

    site, objects = plan.site, plan.references.objects
    facts = {
        "sitegen": __version__,
        "title": site.title,
        "input": {
            "files": [file.name for file in find_files(config.input, [])],
            "sha256": _content_digest(plan),
        },
        "counts": {
            "pages": len(site.pages),
            "chunks": plan.chunks,
            "links": links.checked,
            "links_missing": links.missing,
            "objects": len(objects),
            "restored": restored_counts(site.pages),
        },
    }
    return build_report(site, facts | {"output": output})


def _content_digest(plan: Plan) -> str:
    """Digest what was read, whatever the order of the rows that it came in."""
    digest = hashlib.sha256()
    for document in sorted((page.document for page in plan.site.pages), key=lambda d: d.id):
        sections = [(s.chunk_id, s.anchor) for s in document.sections]
        head = repr((document.source, len(document.text), sections))
        digest.update(f"{head}{document.text}".encode("utf-8", "replace"))
    return digest.hexdigest()
