"""The pipeline as one function: gather, plan, render, ship.

What was remembered of the build before only saves work; the bytes are those of a clean build.
Imports of the stages stand inside the functions that start them: where all pages are to be
rendered, the worker processes are forked before any of the parent's data and libraries are loaded.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.errors import Diagnostic, SitegenError
from sitegen.model import Body, RenderedPage
from sitegen.pipeline.work import open_workers
from sitegen.read.files import find_files
from sitegen.record import Record, begin, load_record, save_record
from sitegen.record.inputs import find_places, stat_files
from sitegen.store.stat import Stat
from sitegen.workers import Workers

if TYPE_CHECKING:
    from sitegen.check import Examined
    from sitegen.pipeline.documents import Draft
    from sitegen.pipeline.report import Result
    from sitegen.restore import Corpus
    from sitegen.store.cache import Cache
    from sitegen.store.memory import Memory

_SMALL = 16 << 20
"""Bytes of input. A larger one is not passed between processes, nor its corpus kept: both would
take memory and time that a change of few pages does not save."""


def build(config: Config) -> Result:
    """Build a site from the configured input and make it live as a whole.

    Raises:
        SitegenError: the input or the output is not as it must be; the old site is untouched.
    """
    last = load_record(config)
    with open_workers(config) as workers:
        if not last.fits(config):  # all pages may have to be rendered
            workers.start(workers.jobs)
        began, before = begin(), _before(config)
        from sitegen.pipeline.gather import Gathered, gather

        is_small = _is_small(config)
        # Few pages may have changed. One process will do, and can read while this one gets ready.
        ask = workers.aside(gather, config, Gathered) if is_small else None
        workers.start(1)
        from sitegen.pipeline.corpus_file import CorpusFile
        from sitegen.pipeline.documents import Draft

        kept = CorpusFile(config, keep=is_small)
        if ask:
            _get_ready(config, kept.corpus)
        draft = Draft(config, ask() if ask else gather(config), kept.memory, kept.corpus)
        result, made = _make(config, draft, kept.memory, workers, last)
        kept.save()
    if before:
        save_record(config, replace(made, began=began, report=result.report), before)
    return result


def _make(
    config: Config, draft: Draft, memory: Memory | None, workers: Workers, last: Record
) -> tuple[Result, Record]:
    """Have the pages rendered while the plan is made, and make the files of all of them."""
    from sitegen.pipeline.bodies import bodies
    from sitegen.search import Kind, SearchIndex, kind_of
    from sitegen.write import open_output

    full = kind_of(config.search) is Kind.FULL
    with (
        open_output(config.output, protect=_protected(config), clean=config.clean) as output,
        closing(open_cache(config)) as cache,
    ):
        # All documents are restored and sent to be rendered here; the plan needs them all.
        made = bodies(draft.documents(), draft.job, cache, workers.render, memory)
        plan = draft.plan()
        # What only this process needs is loaded while the others render.
        from sitegen.feeds.content import find_content
        from sitegen.pipeline.ship import Shipping, ship

        notices: list[Diagnostic] = []
        content = find_content(config, plan, notices)
        with SearchIndex(plan.site, last.found, full=full) as search:
            plan = replace(plan, notices=(*plan.notices, *notices))
            return ship(Shipping(config, plan, output, last, search, memory, content), made)


def _get_ready(config: Config, corpus: Corpus | None) -> None:
    """Do ahead what needs no rows; it is not in vain unless the change is a large one."""
    from sitegen import layout as theme
    from sitegen.feeds import provenance  # noqa: F401 - to be there
    from sitegen.pipeline import ship  # noqa: F401 - to be there
    from sitegen.search import headings as search_headings  # noqa: F401 - to be there

    theme.get_ready(config)
    if corpus is not None:
        corpus.look_ahead()


def _before(config: Config) -> dict[str, Stat]:
    """Look at the input before it is read; what is wrong with it, reading says better."""
    if not config.cache:
        return {}
    try:
        return stat_files(find_places(config))
    except (SitegenError, OSError):
        return {}


def _is_small(config: Config) -> bool:
    try:
        return sum(file.path.stat().st_size for file in find_files(config.input, [])) <= _SMALL
    except (SitegenError, OSError):  # reading says it better
        return False


def examine(config: Config) -> Examined:
    """Render a site from the configured input and look up its links; nothing is written.

    Raises:
        SitegenError: the input is not as it must be.
    """
    from sitegen.check import Examined
    from sitegen.check.links import check_links
    from sitegen.feeds.content import find_content
    from sitegen.layout.assets import load_assets
    from sitegen.pipeline.bodies import bodies

    with open_workers(config) as workers:
        workers.start(workers.jobs)
        from sitegen.pipeline.documents import Draft
        from sitegen.pipeline.gather import gather

        draft = Draft(config, gather(config))
        nothing = open_cache(replace(config, cache=False))
        rendered = bodies(draft.documents(), draft.job, nothing, workers.render)
        plan = draft.plan()
        made = {id: body for id, _, body in rendered}
    from sitegen.pipeline.ship import found_by

    pages = tuple(RenderedPage(page, made[page.document.id]) for page in plan.site.pages)
    paths = {file.path for file in load_assets(config.theme.static, theme=config.theme).files}
    notices = list(plan.notices)
    paths |= find_content(config, plan, notices).files.keys()
    return Examined(pages, found_by(config, notices, pages, check_links(pages, paths)))


def open_cache(config: Config) -> Cache[Body]:
    """Open the store of rendered bodies that the configuration names."""
    from sitegen.store.cache import Cache

    file = config.cache / "bodies-1.sqlite" if isinstance(config.cache, Path) else None
    return Cache(file, Body)


def _protected(config: Config) -> list[Path]:
    paths = [Path(item) for item in config.input]
    theme = config.theme
    given = (config.toctree, config.redirects, config.files)
    of_theme = (theme.templates, theme.static, theme.logo)
    return [*paths, *(path for path in (*given, *of_theme) if path is not None)]
