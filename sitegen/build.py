"""The pipeline as one function: gather, plan, render, ship.

What was remembered of the build before only saves work; the bytes are those of a clean build.
Imports of the stages stand inside the functions that start them: the worker processes are forked
before any of the parent's data and libraries are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.model import Body, RenderedPage
from sitegen.record import Record, Stat, begin, load_record, look, save_record
from sitegen.workers import Workers, open_workers

if TYPE_CHECKING:
    from sitegen.cache import Cache
    from sitegen.corpus_file import CorpusFile
    from sitegen.gather import Gathered
    from sitegen.health import Examined
    from sitegen.report import Result
    from sitegen.restore import Corpus

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
        # What only this process needs is loaded while the others render.
        from sitegen.ship import Shipping, ship

        with SearchIndex(plan.site, last.found, full=full) as search:
            return ship(Shipping(config, plan, output, last, search), made)


def _get_ready(config: Config, corpus: Corpus | None) -> None:
    """Do ahead what needs no rows; it is not in vain unless the change is a large one."""
    from sitegen import provenance, search_headings, ship, theme  # noqa: F401 - to be there

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
    from sitegen.ship import found_by

    pages = tuple(RenderedPage(page, made[page.document.id]) for page in plan.site.pages)
    paths = {file.path for file in load_assets(config.theme.static, theme=config.theme).files}
    paths |= {path for path, _ in find_assets(config.input)}
    return Examined(pages, found_by(config, plan.notices, pages, check_links(pages, paths)))


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
