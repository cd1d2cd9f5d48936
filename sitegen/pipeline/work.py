"""Work: the step that processes do with documents, and the Map that they do it in.

Imports stand inside functions: what a process does not need it does not load.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.limits.seconds import page_limit
from sitegen.model import Body, Document, LinkSpace
from sitegen.model.objects import Named
from sitegen.read.files import find_files
from sitegen.workers import DiedError, Map, Step, can_fork

if TYPE_CHECKING:
    from sitegen.check import Examined
    from sitegen.pipeline.gather import Gathered

Call = tuple[Document, Named]
"""A document, and what it names."""


def warm_up() -> None:
    """Load what rendering needs in a fresh worker process; most pages show some Python."""
    from sitegen.render.code.highlight import highlight
    from sitegen.render.parser import parser

    with page_limit(""):  # what hangs here hangs with a page too, and is named then
        parser()
        highlight(">>> 1\n", "python")
    # Rendering leaves no cycles behind worth a search; what is loaded by now stays for good.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def render_one(call: Call, space: LinkSpace) -> Body:
    """Render a document of a site with these old addresses.

    Raises:
        SitegenError: it takes far too long.
    """
    from sitegen.render import render

    document, named = call
    with page_limit(document.source):
        return render(document, space, named)


RENDER = Step(render_one, Call, LinkSpace, Body)
"""What worker processes do with documents."""


@contextmanager
def open_map(config: Config, *, expects_all: bool) -> Iterator[Map]:
    """A Map whose processes end with the block; in trouble, what they do is given up.

    It begins with all of them where it ``expects_all`` pages to be rendered.
    """
    jobs = (config.jobs or len(os.sched_getaffinity(0))) if can_fork() else 1
    first = jobs if expects_all else 1
    each = Map(jobs, warm_up, size=_input_size(config), first=first)
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

    Raises:
        SitegenError: when asked: as `gather`.
    """
    from sitegen.pipeline.gather import Parcel, gather, gather_parcel, unpacked

    with open_map(config, expects_all=expects_all) as each:
        parcel = each.aside(gather_parcel, config, Parcel)
        if parcel is None:
            yield partial(gather, config), each
            return

        def rows() -> Gathered:
            try:
                return unpacked(parcel, config)
            except DiedError:
                _read_alone(config)
                raise

        yield rows, each


def _read_alone(config: Config) -> None:
    """Read the input once more and nothing else.

    Raises:
        ReadError: a file ends the process that reads it.
    """
    from sitegen.read import read

    for _ in read(config.input, config.columns, [], config_name=config.config_name):
        pass


def examine(config: Config) -> Examined:
    """Render a site from the configured input and look up what is wrong with it.

    Raises:
        SitegenError: the input is not as it must be.
    """
    with start_reading(config, expects_all=True) as (rows, each):
        from sitegen.pipeline import steps

        gathered, nothing = rows(), steps.NOTHING_KEPT
        ground = steps.agree(config, gathered, nothing)
        jobs, bodies = steps.render(config, gathered, ground, nothing, each)
        plan = steps.plan_site(config, ground, jobs.heads, jobs.texts())
        return steps.examine(config, plan, jobs, bodies)


def _input_size(config: Config) -> int:
    """Bytes of all input files."""
    try:
        files = find_files(config.input, [], config.config_name)
        return sum(file.path.stat().st_size for file in files)
    except (SitegenError, OSError):  # reading says it better
        return 0
