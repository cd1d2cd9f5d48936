"""The pipeline as one function: prepare a plan, render, lay out, check, write.

What was remembered of the build before only saves work; the bytes are those of a clean build.
Imports of the stages stand inside the functions that start them: the worker processes are forked
before any of the parent's data and libraries are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.errors import Diagnostic, SitegenError
from sitegen.model import Body, OutputFile, Page, RenderedPage
from sitegen.record import Record, Stat, begin, layout_keys, load_record, look, save_record
from sitegen.urls import output_path, twin_path
from sitegen.workers import Workers, open_workers

if TYPE_CHECKING:
    from sitegen.cache import Cache
    from sitegen.check import LinkReport
    from sitegen.corpus_file import CorpusFile
    from sitegen.gather import Gathered
    from sitegen.health import Examined
    from sitegen.plan import Plan
    from sitegen.report import Result
    from sitegen.restore import Corpus
    from sitegen.search import SearchIndex
    from sitegen.writer import Output

_SMALL = 16 << 20
"""Bytes of all sources. A larger input is not passed between processes, nor its corpus kept: both
would take memory and time that a change of few pages does not save."""


def build(config: Config) -> Result:
    """Build a site from the configured input and make it live as a whole.

    Raises:
        SitegenError: the input or the output is not as it must be; the old site is untouched.
    """
    last = load_record(config)
    # Where much is likely to be in the cache, one process will do.
    with open_workers(config, all_at_once=not last.fits(config)) as workers:
        from sitegen.gather import Gathered, gather

        began, before = begin(), _before(config)
        is_small = sum(size for size, *_ in before.values()) <= _SMALL
        # While another process reads, this one loads what comes after.
        gathered = workers.aside(gather, config, Gathered) if is_small else partial(gather, config)
        from sitegen.corpus_file import CorpusFile

        kept = CorpusFile(config, keep=is_small)
        result, made = _make(config, gathered, kept, workers, last)
        kept.save()
    if before:
        save_record(config, replace(made, began=began, report=result.report), before)
    return result


def _get_ready(config: Config, corpus: Corpus | None) -> None:
    """Do ahead what needs no rows; it is not in vain unless the change is a large one."""
    from sitegen import search_headings, site_files, theme  # noqa: F401 - loaded now

    theme.get_ready(config)
    if corpus is not None:
        corpus.get_ready()


def _before(config: Config) -> dict[str, Stat]:
    """Look at the input before it is read; what is wrong with it, reading says better."""
    if not config.cache:
        return {}
    try:
        return look(config)
    except (SitegenError, OSError):
        return {}


def examine(config: Config) -> Examined:
    """Render a site from the configured input and look up its links; nothing is written.

    Raises:
        SitegenError: the input is not as it must be.
    """
    from sitegen.assets import load_assets
    from sitegen.bodies import bodies
    from sitegen.check import check_links
    from sitegen.health import Examined
    from sitegen.readers import find_assets

    with open_workers(config, all_at_once=True) as workers:
        from sitegen.gather import gather
        from sitegen.plan import Draft

        draft = Draft(config, gather(config))
        nothing = open_cache(replace(config, cache=False))
        rendered = bodies(draft.documents(), draft.call, nothing, workers.render)
        plan = draft.plan()
        made = {id: body for id, _, body in rendered}
    pages = tuple(RenderedPage(page, made[page.document.id]) for page in plan.site.pages)
    paths = {file.path for file in load_assets(config.theme.static, theme=config.theme).files}
    paths |= {path for path, _ in find_assets(config.input)}
    return Examined(pages, _found(config, plan.notices, pages, check_links(pages, paths)))


def _make(
    config: Config,
    gathered: Callable[[], Gathered],
    kept: CorpusFile,
    workers: Workers,
    last: Record,
) -> tuple[Result, Record]:
    """Have the pages rendered while the plan is made, and make the files of all of them."""
    from sitegen.bodies import bodies
    from sitegen.plan import Draft
    from sitegen.search import Kind, SearchIndex, kind_of
    from sitegen.writer import open_output

    full = kind_of(config.search) is Kind.FULL
    with (
        open_output(config.output, protect=_protected(config), clean=config.clean) as output,
        closing(open_cache(config)) as cache,
    ):
        if workers.is_aside:
            _get_ready(config, kept.corpus)
        draft = Draft(config, gathered(), kept.memory, kept.corpus)
        # All documents are restored and sent to be rendered here; the plan needs them all.
        made = bodies(draft.documents(), draft.call, cache, workers.render)
        plan = draft.plan()
        with SearchIndex(plan.site, last.found, full=full) as search:
            return _ship(_Shipping(config, plan, output, last, search), made)


def _ship(shipping: _Shipping, made: Iterable[tuple[str, str, Body]]) -> tuple[Result, Record]:
    """Write the pages, and then what needs all of them; check, and make the site live."""
    urls = _write_pages(shipping, made)
    from sitegen.check import check_links
    from sitegen.report import Result
    from sitegen.search import old_index, search_notices
    from sitegen.site_files import for_machines, health_of, print_of, report_of

    config, plan, output, search = shipping.config, shipping.plan, shipping.output, shipping.search
    site = plan.site
    pages = [shipping.outlines[page.document.id] for page in site.pages]
    links = check_links(pages, shipping.paths)
    notices = (*plan.notices, *search_notices(config.search))
    diagnostics = _found(config, notices, pages, links)
    shipping.write(health_of(config, site, pages, diagnostics, urls))
    shipping.write(print_of(config, site, pages, urls))
    # What the input itself has by such a name (an llms.txt of its own) stays.
    machines = for_machines(config, plan, pages, output.read)
    shipping.write(file for file in machines if file.path not in shipping.paths)
    index = old_index(shipping.last.output, shipping.paths)
    if not (search.is_as_before and output.keep_all(index)):
        shipping.write(search.files())
    shipping.write([report_of(config, plan, links, output.facts())])
    written = output.publish()
    signatures = output.signatures() if config.cache else {}
    result = Result(site, plan.chunks, links, diagnostics, written)
    return result, Record(layouts=shipping.keys, output=signatures, found=search.digests)


def _write_pages(shipping: _Shipping, made: Iterable[tuple[str, str, Body]]) -> Mapping[str, str]:
    """Lay out page by page as the workers finish; give the URLs of the assets."""
    # What only this process needs is loaded while the others render.
    from sitegen.assets import load_assets
    from sitegen.feeds import site_headers
    from sitegen.site_files import content_assets, feeds_of
    from sitegen.theme import CSP, lay_out

    config, plan = shipping.config, shipping.plan
    assets = load_assets(config.theme.static, theme=config.theme)
    shipping.write(assets.files)
    shipping.write(content_assets(config))
    hashed = [file.path for file in assets.files]
    shipping.write([site_headers(CSP, hashed, runs_wasm=shipping.search.is_full)])
    keys = layout_keys(config, plan.site, assets.urls, plan.redirects)

    def is_there(path: str, made_of: object = None) -> bool:
        return shipping.keeps(path, keys.of_other(path, made_of))

    shipping.write(feeds_of(config, plan, is_there))
    shipping.write(
        lay_out(
            plan.site,
            shipping.changed(made, keys.of_page),
            config,
            assets=assets.urls,
            redirects=plan.redirects,
            is_there=is_there,
        )
    )
    return assets.urls


@dataclass(slots=True)
class _Shipping:
    """Sends files to the output, but for pages that are known to be there as they must be.

    ``paths`` are those of all files so far, ``keys`` digests of what pages and twins were made
    of, ``outlines`` the pages by document id without their texts.
    """

    config: Config
    plan: Plan
    output: Output
    last: Record
    search: SearchIndex
    paths: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    outlines: dict[str, RenderedPage] = field(default_factory=dict)

    def write(self, files: Iterable[OutputFile]) -> None:
        """Write files as they are made."""
        for file in files:
            self.paths.add(file.path)
            self.output.write(file)

    def changed(
        self, made: Iterable[tuple[str, str, Body]], layout_key: Callable[[Page, str], str]
    ) -> Iterator[RenderedPage]:
        """Write the twin of each page, and yield the pages that must be laid out."""
        from sitegen.twins import twin

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
        """Keep a file that the last build made of the same; tell whether it is there."""
        self.keys[path] = key
        is_known = key == self.last.layouts.get(path)
        if is_known and self.output.keep(path, self.last.output.get(path)):
            self.paths.add(path)
            return True
        return False


def _found(
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
    from sitegen.health import weigh

    return weigh(found, config.check.rules)


def _outline(page: Page, body: Body, config: Config) -> Body:
    """Keep what the whole site is looked up by; few pages are asked for their HTML again."""
    is_asked = config.check.page or config.feeds.print_page or page.moved
    return replace(body, html=body.html if is_asked else "", markdown="")


def open_cache(config: Config) -> Cache[Body]:
    """Open the store of rendered bodies that the configuration names."""
    from sitegen.cache import Cache

    file = config.cache / "bodies-1.sqlite" if isinstance(config.cache, Path) else None
    return Cache(file, Body)


def _protected(config: Config) -> list[Path]:
    paths = [Path(item) for item in config.input]
    theme = config.theme
    given = (theme.templates, theme.static, theme.logo, config.toctree, config.redirects)
    return [*paths, *(path for path in given if path is not None)]
