"""Work: the step that processes do with documents, and the Map that they do it in.

Imports stand inside functions: what a process does not need it does not load.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.limits.memory import give_back
from sitegen.limits.seconds import within_page_limit
from sitegen.model import Body, Document, LinkSpace
from sitegen.model.objects import Named
from sitegen.read.files import find_files
from sitegen.record import Record
from sitegen.store.stamp import store_file
from sitegen.workers import DiedError, Map, Step, can_fork

if TYPE_CHECKING:
    from sitegen.check import Examined
    from sitegen.pipeline.gathered import Gathered

Call = tuple[Document, Named]
"""A document, and what it names."""


def warm_up() -> None:
    """Load what rendering needs of most pages, before processes are copied."""
    within_page_limit("", _load_rendering)  # what hangs here hangs with a page too, named then


def _load_rendering() -> None:
    from sitegen.render.code.highlight import highlight
    from sitegen.render.parser import parser

    for language in ("python", "bash"):
        highlight(">>> 1\n", language)
    if linkify := parser().linkify:
        linkify.match("https://example.org")


def render_one(call: Call, space: LinkSpace) -> Body:
    """Render a document of a site with these old addresses.

    Raises:
        SitegenError: it takes far too long.
    """
    from sitegen.render import render

    document, named = call
    return within_page_limit(document.source, render, document, space, named)


RENDER = Step(render_one, Call, LinkSpace, Body)
"""What worker processes do with documents."""


def is_new(config: Config, last: Record) -> bool:
    """Whether all pages are to be rendered, as far as that can be told before they are read.

    What one version has in common with another is there already.
    """
    file = store_file(config.cache)
    is_one_of_several = bool(config.version.name and file and file.exists())
    return not (is_one_of_several or last.fits(config))


@contextmanager
def open_map(config: Config) -> Iterator[Map]:
    """A Map whose processes end with the block; in trouble, what they do is given up."""
    if config.cluster:
        from sitegen.workers.cluster import Cluster  # loads dask

        each: Map = Cluster(config.cluster)
    else:
        is_alone = config.jobs == 1 or not can_fork()
        jobs = 1 if is_alone else config.jobs or len(os.sched_getaffinity(0))
        each = Map(jobs, warm_up, size=_input_size(config))
    try:
        yield each
    except BaseException:
        each.kill()
        raise
    finally:
        each.stop()


@contextmanager
def start_reading(
    config: Config, *, expects_all: bool
) -> Iterator[tuple[Callable[[], Gathered], Map]]:
    """What asks for the gathered input, which another process may read meanwhile, and a Map.

    Where it ``expects_all`` pages to be rendered, the processes start before the input is here,
    which they would only be copies of.

    Raises:
        SitegenError: when asked: as `gather`.
    """
    import sitegen.restore  # noqa: F401 - who reads needs it and the store too: loaded once
    from sitegen.pipeline.gathered import Parcel, gather_parcel, unpacked
    from sitegen.store.recall import Store

    with ExitStack() as held, open_map(config) as each:
        if each.is_large:
            give_back()
        # To pass a large input between processes takes memory and time that it does not save.
        parcel = None if each.is_large else each.aside(gather_parcel, config, Parcel)

        def rows() -> Gathered:
            if expects_all:
                each.start()
            if parcel is not None:
                import sitegen.render  # noqa: F401 - while the other reads: some page will differ

                try:
                    return unpacked(parcel, config)
                except DiedError:
                    _read_alone(config)  # a file that ends who reads it is named
            from sitegen.pipeline.gather import gather

            of_file = None
            if config.cluster:
                from sitegen.pipeline.afar import files_afar

                of_file = files_afar(config, each)
            # Parts of a large input are better recalled than read again. How large the store may
            # become, who knows the texts decides.
            file = store_file(config.cache) if each.is_large else None
            store = held.enter_context(Store(file, limit=sys.maxsize))  # documents may lie there
            gathered = gather(config, store, of_file=of_file)
            store.write()
            return gathered

        yield rows, each


def _read_alone(config: Config) -> None:
    """Read the input once more and nothing else.

    Raises:
        ReadError: a file ends the process that reads it.
    """
    from sitegen.read.inputs import read

    name, exclude = config.config_name, config.exclude
    for _ in read(config.input, config.columns, [], config_name=name, exclude=exclude):
        pass


def examine(config: Config) -> Examined:
    """Render a site from the configured input and look up what is wrong with it.

    Raises:
        SitegenError: the input is not as it must be.
    """
    with start_reading(config, expects_all=True) as (rows, each):
        from sitegen.pipeline import steps

        gathered, nothing = rows(), steps.NOTHING_KEPT
        ground = steps.agree(config, gathered, nothing, each)
        jobs, bodies = steps.render(config, gathered, ground, nothing, each)
        plan = steps.plan_site(config, ground, jobs)
        return steps.examine(config, plan, jobs, bodies)


def _input_size(config: Config) -> int:
    """Bytes of all input files."""
    try:
        files = find_files(config.input, [], config.config_name, config.exclude)
        return sum(file.size for file in files)
    except (SitegenError, OSError):  # reading says it better
        return 0
