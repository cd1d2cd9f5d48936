"""Steps: what a build, a check and a preview have in common, in the order in which they take it.

Importing this loads the stages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from sitegen.check import Examined
from sitegen.config import Config
from sitegen.config.versions import LIST
from sitegen.errors import ConfigError
from sitegen.extension import failures
from sitegen.feeds import AllPages, Documents, Whole, feeds_of
from sitegen.feeds.content import load_content
from sitegen.layout.assets import Assets, load_assets
from sitegen.layout.frame import get_ready as get_templates_ready
from sitegen.layout.interface import strings_of
from sitegen.limits.hosts import HOSTS, beyond, host_of
from sitegen.pipeline.documents import Ground, agree, plan_site
from sitegen.pipeline.gathered import Gathered
from sitegen.pipeline.laying_out import LayingOut
from sitegen.pipeline.laying_out import lay_out as lay_out_pages
from sitegen.pipeline.lots import tickets
from sitegen.pipeline.pages import Pages, pages_of
from sitegen.pipeline.rendering import Jobs, Rendered, render_all
from sitegen.pipeline.result import Found, look_up, result_of
from sitegen.plan.planned import Plan
from sitegen.record import Record, is_kept, load_record, named
from sitegen.search import Kind, SearchIndex, has_index, kind_of
from sitegen.store.recall import NOTHING_KEPT, Store
from sitegen.store.sqlite import LIMIT
from sitegen.store.stamp import store_file
from sitegen.urls import is_remote
from sitegen.workers import Map, can_fork
from sitegen.write.beside import NOTHING_BESIDE, Beside
from sitegen.write.output import open_output
from sitegen.write.sink import Sink
from sitegen.write.written import Written

__all__ = ["NOTHING_KEPT", "agree", "look_up", "plan_site", "result_of"]

_OF_TEXT = 20  # bytes that the store takes for a character of the input, and what edits leave


def open_store(config: Config, gathered: Gathered) -> Store:
    """The store that a configuration names, with room for all of an input that was gathered."""
    limit, file = room_for(gathered.documents.size), store_file(config.cache)
    return Store(file, limit=limit, is_new=gathered.is_first, used=gathered.used)


def room_for(size: int) -> int:
    """Bytes that the store may have for an input of so many characters."""
    return max(LIMIT, _OF_TEXT * size)


@contextmanager
def open_sink(config: Config, last: Record, each: Map) -> Iterator[Sink]:
    """The output of a configuration, of which the last build has left a record.

    A large site that is there is listed by another process meanwhile.

    Raises:
        SitegenError: as `open_output`, or versions that were built there would be lost.
    """
    if (config.output / LIST).is_file() and not config.clean:
        from sitegen.pipeline.unlisted import see_kept  # few sites had any

        see_kept(config.output)
    protect, aside = _protected(config), each.aside if each.is_large and can_fork() else None
    with open_output(config.output, protect=protect, clean=config.clean, aside=aside) as output:
        made = last.made if last.version == named(config) else {}
        yield Sink(output, made, last.output, beside=_beside(config), keeps=is_kept(config))


@contextmanager
def open_both(
    config: Config, gathered: Gathered, last: Record, each: Map
) -> Iterator[tuple[Store, Sink]]:
    """What is remembered, and where files go. Raises as `open_sink`."""
    with open_store(config, gathered) as store, open_sink(config, last, each) as sink:
        yield store, sink


def _protected(config: Config) -> list[Path]:
    """What no output may hold."""
    theme = config.theme
    of_theme = (theme.templates, theme.static, theme.logo)
    given = (*of_theme, config.feeds.social_font, config.toctree, config.redirects, config.files)
    inputs = [Path(item) for item in config.input if not is_remote(item)]
    return [*inputs, *(path for path in given if path is not None)]


def publish(config: Config, sink: Sink) -> Written:
    """Make the site live, in the place also of versions that were built in its folder before.

    Raises:
        SitegenError: as `Output.publish`.
    """
    removed: list[Written] = []
    top = Path(os.path.normpath(config.output / Path(config.version.list).parent))
    if (top / LIST).is_file():
        from sitegen.pipeline.unlisted import remove_unlisted  # few sites had any

        removed += remove_unlisted(top, (), _protected(config), within=config.output)
    written = sink.publish()
    gone = sum(each.removed for each in removed)
    return replace(written, removed=written.removed + gone) if gone else written


def _beside(config: Config) -> Beside:
    """The site of the version before, if a build of this project has left it."""
    if config.version.before is None:
        return NOTHING_BESIDE
    folder = config.version.before.parent
    record = load_record(replace(config, output=folder))
    return Beside(folder, record.made, record.output, record.version)


def get_ready(config: Config) -> Assets:
    """Do what needs no rows: compile the templates, read the files of the theme."""
    get_templates_ready(config)
    return load_assets(config.theme.static, theme=config.theme)


def hostable(config: Config, gathered: Gathered) -> Gathered:
    """The gathered input, if the host that the configuration tells can take its site.

    Each page is a file, and another one where it has a twin; neither is shorter than its text.

    Raises:
        ConfigError: that is beyond the host's limits already.
    """
    publish = config.publish
    host = publish.host or host_of(publish.target, config.base_url)
    each = 1 + config.feeds.markdown
    documents = gathered.documents
    least = {"files": each * len(documents), "size": each * documents.size}
    if faults := beyond(HOSTS[host], **least):
        raise ConfigError(
            f"the site would be beyond the limits of {host}, of its pages alone: "
            f"{'; '.join(faults)}",
            help='if it goes elsewhere, say so: [publish] host = "none"',
        )
    return gathered


def spoken(config: Config, plan: Plan, assets: Assets) -> Assets:
    """The assets with what scripts say in the languages of the site."""
    return assets.saying(strings_of(plan.site, config.theme.strings))


def render(
    config: Config, gathered: Gathered, ground: Ground, store: Store, each: Map
) -> tuple[Jobs, Rendered]:
    """Restore all documents, which are let go of, and have their bodies rendered meanwhile."""
    jobs = Jobs(config.cache if isinstance(config.cache, Path) else None)
    taken = tickets(gathered.documents, ground, store, jobs)
    return jobs, render_all(taken, ground.space, store, each, jobs)


def lay_out(  # noqa: PLR0913, PLR0917 - what pages are laid out with, and where they go
    config: Config,
    plan: Plan,
    jobs: Jobs,
    bodies: Rendered,
    assets: Assets,
    store: Store,
    sink: Sink,
) -> Pages:
    """Send the pages and what they show to the sink; give the pages without their texts."""
    sink.write(assets.files)
    sink.write_own(load_content(plan.content))
    is_full = kind_of(config.search) is Kind.FULL
    with SearchIndex(plan.site, full=is_full, folder=jobs.folder) as search:
        if not has_index(sink.before):
            search.start()  # it works while others render
        return lay_out_pages(LayingOut(config, plan, jobs, assets, store, sink, search), bodies)


def whole_of(  # noqa: PLR0913, PLR0917 - all that feeds may read
    config: Config,
    plan: Plan,
    documents: Documents,
    pages: AllPages,
    assets: Assets,
    found: Found,
) -> Whole:
    """A site whose pages are laid out, for its feeds."""
    return Whole(config, plan, pages, documents, assets, found.links, found.findings)


def write_feeds(whole: Whole, found: Found, sink: Sink) -> Found:
    """Send the files that stand beside the pages to the sink; add what extensions fail at."""
    for feed in feeds_of(whole.config):
        if feed.parts is not None:
            for part, make in feed.parts(whole, sink):
                sink.take(None if part is None else (feed.name, part), make)
            continue
        made_of = feed.made_of(whole)
        given = None if made_of is None else (feed.name, made_of)
        sink.take(given, partial(feed.make, whole, sink))
    return found._replace(findings=(*found.findings, *failures()))


def examine(config: Config, plan: Plan, jobs: Jobs, bodies: Rendered) -> Examined:
    """Look up what is wrong with a site of which nothing is written."""
    pages = pages_of(plan.site, jobs, bodies)
    paths = {file.path for file in get_ready(config).files}
    paths |= plan.content.files.keys()
    return Examined(pages, look_up(config, plan, pages, paths).findings)
