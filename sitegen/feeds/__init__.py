"""Feeds: the table of the files beside the pages of a site, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec import Struct

from sitegen.config import Config
from sitegen.data import VERSION
from sitegen.feeds import hosts
from sitegen.feeds.content import with_rules
from sitegen.feeds.parts import Files, PartOfFeed, TakenFiles
from sitegen.feeds.whole import AllPages, Documents, Whole
from sitegen.layout.policy import content_policy
from sitegen.model import OutputFile
from sitegen.model.table import Table
from sitegen.search import Kind, kind_of, parts_of
from sitegen.store.digest import digest
from sitegen.store.sha256 import sha256_of_all

__all__ = ["FEEDS", "AllPages", "Documents", "Feed", "Files", "Whole", "feeds_of"]


_AT_ONCE = 4_096  # values that are digested together: of a large site there are a million


class Feed(Struct, frozen=True):
    """Files of one kind: whether a configuration asks for them, and what makes them.

    They are made again only where ``made_of`` gives another value, or ``None``; where there are
    ``parts``, each file by itself.
    """

    name: str
    is_on: Callable[[Config], object]
    make: Callable[[Whole, Files], Iterable[OutputFile]]
    made_of: Callable[[Whole], object] = lambda _: None
    parts: Callable[[Whole, TakenFiles], Iterable[PartOfFeed]] | None = None


def feeds_of(config: Config) -> Iterator[Feed]:
    """Yield the feeds that a configuration asks for."""
    in_order = sorted(FEEDS.values(), key=lambda feed: feed is _OWN[-1])
    return (feed for feed in in_order if feed.is_on(config))


def _robots(whole: Whole, _: Files) -> Iterator[OutputFile]:
    feeds = whole.config.feeds
    yield hosts.robots(whole.config.base_url if feeds.index else "", feeds.content_signal)


def _headers(whole: Whole, _: Files) -> Iterator[OutputFile]:
    is_full = kind_of(whole.config.search) is Kind.FULL
    assets = [file.path for file in whole.assets.files]
    yield with_rules(
        hosts.site_headers(content_policy(whole.config.theme), assets, runs_wasm=is_full),
        whole.plan.content,
    )


def _redirects(whole: Whole, _: Files) -> Iterator[OutputFile]:
    config, plan = whole.config, whole.plan
    rules = hosts.below(config.base_url, plan.redirects.rules) | dict(config.publish.redirects)
    if rules or "_redirects" in plan.content.rules:
        yield with_rules(hosts.redirects(rules), plan.content)


def _open_search(whole: Whole, _: Files) -> Iterator[OutputFile]:
    title, base_url = whole.plan.site.title, whole.config.base_url
    yield hosts.open_search(title, base_url, whole.at("search"))


def _sitemap(whole: Whole, _: Files) -> Iterator[OutputFile]:
    from sitegen.feeds.sitemap import sitemaps

    return sitemaps(whole.plan.site, whole.config.canonical_url)


def _health(whole: Whole, _: Files) -> Iterator[OutputFile]:
    from sitegen.check import Examined
    from sitegen.check.page import health_page

    examined = Examined(whole.pages, tuple(whole.diagnostics))
    yield health_page(whole.plan.site, examined, whole.config, whole.assets.urls)


def _print(whole: Whole, _: Files) -> Iterator[OutputFile]:
    from sitegen.layout.print_page import print_page

    yield print_page(whole.plan.site, whole.pages, whole.config, whole.assets.urls)


def _inventory(whole: Whole, _: Files) -> Iterator[OutputFile]:
    from sitegen.feeds.inventory import objects_inventory

    yield objects_inventory(whole.plan.site, whole.plan.index)


def _inventoried(whole: Whole) -> object:
    site = whole.plan.site
    named = [(page.document.id, page.permalink, page.title) for page in site.pages]
    return site.title, named, whole.plan.index.given()


def _digests(values: Iterable[object]) -> list[str]:
    rest = iter(values)
    return [digest(some) for some in iter(lambda: tuple(islice(rest, _AT_ONCE)), ())]


def _headings(whole: Whole, _: Files) -> Iterator[OutputFile]:
    from sitegen.search.headings import headings_index

    cache = whole.config.cache
    return headings_index(
        whole.plan.site,
        whole.pages,
        whole.at("search"),
        full=_indexes(whole),
        aside=cache if isinstance(cache, Path) else None,
    )


def _indexes(whole: Whole) -> int:
    """How many full-text indexes there are."""
    return len(parts_of(whole.plan.site)) if kind_of(whole.config.search) is Kind.FULL else 0


def _headed(whole: Whole) -> object:
    site = whole.plan.site
    placed = _digests(
        (p.permalink, p.title, p.document.language, p.breadcrumbs) for p in site.pages
    )
    return (
        site.language,
        whole.at("search"),
        _indexes(whole),
        _digests(placed),
        whole.pages.headed(),
    )


def _chunks(whole: Whole, _: Files) -> Iterator[OutputFile]:
    return (make() for _, make in _tables(whole, lambda _: False))


def _chunks_parts(whole: Whole, files: TakenFiles) -> Iterator[PartOfFeed]:
    return _tables(whole, lambda part: files.is_made(("chunks", part)))


def _tables(whole: Whole, is_made: Callable[[object], bool]) -> Iterator[PartOfFeed]:
    from sitegen.feeds.provenance import lookup

    folder, previous = whole.at("chunk").rstrip("/"), whole.config.feeds.previous
    return lookup(whole.pages, whole.documents, folder, previous, is_made)


def _llms(whole: Whole, files: Files) -> Iterator[OutputFile]:
    def entry(path: str) -> tuple[int, object]:
        return len(files.read(path)), None

    return (make() for _, make in _parts_of_llms(whole, files, entry))


def _llms_parts(whole: Whole, files: TakenFiles) -> Iterator[PartOfFeed]:
    return _parts_of_llms(whole, files, files.entry)


def _parts_of_llms(
    whole: Whole, files: Files, entry: Callable[[str], tuple[int, object]]
) -> Iterator[PartOfFeed]:
    from sitegen.feeds.llms import llms, llms_full

    site, base_url = whole.plan.site, whole.config.base_url
    taken = whole.plan.space.markdown_folders
    for file in llms(site, whole.pages.descriptions, taken, base_url):
        yield None, partial(_same, file)
    yield from llms_full(site.pages, taken, base_url, entry, files.read)


def _same(file: OutputFile) -> OutputFile:
    return file


def _dataset(whole: Whole, _: Files) -> Iterator[OutputFile]:
    from sitegen.feeds.dataset import dataset

    yield dataset(whole.pages, whole.config.base_url)


def _report(whole: Whole, files: Files) -> Iterator[OutputFile]:
    return (make() for _, make in _report_parts(whole, files))


def _report_parts(whole: Whole, files: Files) -> Iterator[PartOfFeed]:
    from sitegen.feeds.report import report_parts, restored_counts
    from sitegen.read.files import find_files

    plan, links, config = whole.plan, whole.links, whole.config
    site = plan.site
    found = find_files(config.input, [], config.config_name, config.exclude)
    origins = {
        file.name: {"url": str(file.remote), "version": file.remote.version}
        for file in found
        if file.remote
    }
    facts = {
        "sitegen": VERSION,
        "title": site.title,
        "input": {
            "files": [file.name for file in found],
            **({"from": origins} if origins else {}),
            "sha256": _content_digest(whole),
        },
        "counts": {
            "pages": len(site.pages),
            "chunks": plan.chunks,
            "links": links.checked,
            "links_missing": links.missing,
            "objects": plan.index.count,
            "restored": restored_counts(site.pages),
        },
    }
    return report_parts(site, lambda: facts | {"output": files.facts()})


def _content_digest(whole: Whole) -> str:
    """Digest what was read, whatever the order of the rows that it came in."""
    ids = sorted(page.document.id for page in whole.plan.site.pages)
    return sha256_of_all(whole.documents.content(id).encode() for id in ids)


_OWN = (
    Feed("headers", lambda _: True, _headers),
    Feed("robots", lambda _: True, _robots),
    Feed("no-jekyll", lambda _: True, lambda *_: [hosts.no_jekyll()]),
    Feed(
        "cname",
        lambda config: config.publish.domain,
        lambda whole, _: [hosts.cname(whole.config.publish.domain)],
    ),
    Feed("redirects", lambda _: True, _redirects),
    Feed("open-search", lambda c: c.base_url and c.search, _open_search),
    Feed("sitemap", lambda c: c.canonical_url and c.feeds.index, _sitemap),
    Feed("health", lambda config: config.check.page, _health),
    Feed("print", lambda config: config.feeds.print_page, _print),
    Feed("inventory", lambda _: True, _inventory, _inventoried),
    Feed("headings", lambda c: kind_of(c.search) is not Kind.OFF, _headings, _headed),
    Feed("chunks", lambda config: config.feeds.chunks, _chunks, parts=_chunks_parts),
    Feed("llms", lambda config: config.feeds.markdown, _llms, parts=_llms_parts),
    Feed("dataset", lambda config: config.feeds.dataset, _dataset),
    Feed("report", lambda _: True, _report, parts=_report_parts),
)
"""In the order in which they are made; the last one tells of the others."""

FEEDS: Table[Feed] = Table("a feed", {feed.name: feed for feed in _OWN})
"""Ours by name, and those of the extensions that are active."""
