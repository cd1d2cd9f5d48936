"""Ship: rendered pages -> the files of a site, written as they come, checked and made live.

What the last build left in the output as it must be is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sitegen.check.links import LinkReport, check_links
from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.feeds import (
    Lot,
    feeds_of,
    for_machines,
    health_of,
    indexes_of,
    print_of,
    report_of,
)
from sitegen.feeds.content import Content
from sitegen.feeds.hosts import site_headers
from sitegen.feeds.llms import twin
from sitegen.layout import CSP, lay_out
from sitegen.layout.assets import load_assets
from sitegen.model import Body, OutputFile, Page, RenderedPage
from sitegen.pipeline.layout_keys import layout_keys
from sitegen.pipeline.report import Result
from sitegen.plan.jobs import Plan
from sitegen.record import Record, is_kept
from sitegen.search import SearchIndex, old_index, search_notices
from sitegen.store.cache import digest
from sitegen.store.memory import Memory
from sitegen.urls import output_path, twin_path
from sitegen.write import Output


@dataclass(slots=True)
class Shipping:
    """Sends files to the output, but for pages that are known to be there as they must be.

    ``content`` are the author's own files. ``paths`` are those of all files so far, ``keys``
    digests of what pages and twins were made of, ``outlines`` the pages by document id without
    their texts. ``memory`` knows what was made of documents that have not changed.
    """

    config: Config
    plan: Plan
    output: Output
    last: Record
    search: SearchIndex
    memory: Memory | None
    content: Content
    paths: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    outlines: dict[str, RenderedPage] = field(default_factory=dict)

    def write(self, files: Iterable[OutputFile]) -> None:
        """Write files as they are made, but for those that the author has: an own robots.txt."""
        self._write(file for file in files if not self.content.has(file.path))

    def write_content(self) -> None:
        """Write the author's own files."""
        self._write(self.content.load())

    def _write(self, files: Iterable[OutputFile]) -> None:
        for file in files:
            self.paths.add(file.path)
            self.output.write(file)

    def take(self, lot: Lot) -> None:
        """Add files, unless the last build made them of the same and they are there."""
        key = digest(lot.made_of) if is_kept(self.config) else ""
        same = [path for path, known in self.last.layouts.items() if key and known == key]
        seen = {path: self.last.output.get(path) for path in same if path not in self.paths}
        if len(seen) == len(same) and self.output.keep_all(seen):
            self.paths.update(same)
        else:
            files = list(lot.make())
            same = [file.path for file in files]
            if not self.paths.isdisjoint(same):  # in part the input's own: no lot to keep
                key = ""
            self.write(files)
        self.keys |= dict.fromkeys(same, key)

    def changed(
        self, made: Iterable[tuple[str, str, Body]], layout_key: Callable[[Page, str], str]
    ) -> Iterator[RenderedPage]:
        """Write the twin of each page, and yield the pages that must be laid out."""
        by_id = {page.document.id: page for page in self.plan.site.pages}
        taken = self.plan.space.markdown_folders
        for name, key, body in made:
            page = by_id[name]
            rendered = RenderedPage(page, body)
            self.outlines[name] = RenderedPage(page, _outline(page, body, self.config))
            self.search.add(rendered)
            if self.config.feeds.markdown:
                path = twin_path(page.permalink, taken)
                if path not in self.paths and not self.keeps(path, key):
                    self.write([twin(rendered, taken)])
            if not self.keeps(output_path(page.permalink), layout_key(page, key)):
                yield rendered

    def keeps(self, path: str, key: str) -> bool:
        """Whether a file is there: the author's own, or what the last build made of the same."""
        if self.content.has(path):
            return True
        self.keys[path] = key
        is_known = key == self.last.layouts.get(path)
        if is_known and self.output.keep(path, self.last.output.get(path)):
            self.paths.add(path)
            return True
        return False


def ship(shipping: Shipping, made: Iterable[tuple[str, str, Body]]) -> tuple[Result, Record]:
    """Write the pages, and then what needs all of them; check, and make the site live."""
    urls = _write_pages(shipping, made)
    config, plan, output, search = shipping.config, shipping.plan, shipping.output, shipping.search
    site = plan.site
    pages = [shipping.outlines[page.document.id] for page in site.pages]
    links = check_links(pages, shipping.paths)
    notices = (*plan.notices, *search_notices(config.search))
    diagnostics = found_by(config, notices, pages, links)
    shipping.write(health_of(config, site, pages, diagnostics, urls))
    shipping.write(print_of(config, site, pages, urls))
    for lot in indexes_of(config, plan, pages):
        shipping.take(lot)
    shipping.write(for_machines(config, plan, pages, output.read, shipping.memory))
    index = old_index(shipping.last.output, shipping.paths)
    if not (search.is_as_before and output.keep_all(index)):
        shipping.write(search.files())
    shipping.write([report_of(config, plan, links, output.facts())])
    written = output.publish()
    signatures = output.signatures() if is_kept(config) else {}
    result = Result(site, plan.chunks, links, diagnostics, written)
    return result, Record(layouts=shipping.keys, output=signatures, found=search.digests)


def _write_pages(shipping: Shipping, made: Iterable[tuple[str, str, Body]]) -> Mapping[str, str]:
    """Lay out page by page as the workers finish; give the URLs of the assets."""
    config, plan = shipping.config, shipping.plan
    assets = load_assets(config.theme.static, theme=config.theme)
    shipping.write(assets.files)
    shipping.write_content()
    hashed = [file.path for file in assets.files]
    headers = site_headers(CSP, hashed, runs_wasm=shipping.search.is_full)
    shipping.write(shipping.content.with_rules([headers, *feeds_of(config, plan)]))
    keys = layout_keys(config, plan.site, assets.urls, plan.redirects.goals)
    shipping.write(
        lay_out(
            plan.site,
            shipping.changed(made, keys.of_page),
            config,
            assets=assets.urls,
            redirects=plan.redirects.goals,
            is_there=lambda path: shipping.keeps(path, keys.of_other(path)),
        )
    )
    return assets.urls


def found_by(
    config: Config,
    notices: Iterable[Diagnostic],
    pages: Iterable[RenderedPage],
    links: LinkReport,
) -> tuple[Diagnostic, ...]:
    """Gather what the stages found; it matters as much as the configuration says."""
    rendering = (finding for page in pages for finding in page.body.diagnostics)
    found = (*notices, *rendering, *links.diagnostics)
    if not config.check.rules:
        return found
    from sitegen.check import weigh

    return weigh(found, config.check.rules)


def _outline(page: Page, body: Body, config: Config) -> Body:
    """Keep what the whole site is looked up by; few pages are asked for their HTML again."""
    is_asked = config.check.page or config.feeds.print_page or page.moved
    return replace(body, html=body.html if is_asked else "", markdown="")
