"""The program in one screen: gather, agree, restore, render, lay out, look up, write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.extension import extended
from sitegen.record import begin, last_result, load_record, save_record
from sitegen.record.result import Result
from sitegen.store.lost import again_if_lost

if TYPE_CHECKING:
    from sitegen.check import Examined


@again_if_lost
def build(config: Config, only: str | tuple[str, ...] | list[str] = ()) -> Result:
    """Build a site, or all or ``only`` one or some of its versions, and make it live as a whole.

    What is remembered of builds before only saves work; the bytes are those of a clean build.
    Raises SitegenError: the input or the output is not as it must be; the old site is untouched.
    """
    if config.versions or only:
        from sitegen.pipeline.versions import build_versions

        return build_versions(config, build, only)
    with extended(config.extensions, (), config.theme.templates):
        began, last = begin(config), load_record(config)  # all that a build reads, and its stat
        if result := last_result(config, last, began):
            return result  # no stage is loaded up to here
        from sitegen.pipeline.work import is_new, start_reading

        with start_reading(config, expects_all=is_new(config, last)) as (rows, each):
            from sitegen.pipeline import steps  # while another process reads

            assets, gathered = steps.get_ready(config), steps.hostable(config, rows())
            with steps.open_both(config, gathered, last, each) as (store, sink):
                ground = steps.agree(config, gathered, store, each)  # words, objects, toctree
                jobs, bodies = steps.render(config, gathered, ground, store, each)
                plan = steps.plan_site(config, ground, jobs)  # navigation, redirects
                assets = steps.spoken(config, plan, assets)
                del ground  # the evidence is large
                pages = steps.lay_out(config, plan, jobs, bodies, assets, store, sink)
                found = steps.look_up(config, plan, pages, sink.paths)
                whole = steps.whole_of(config, plan, jobs, pages, assets, found)
                found = steps.write_feeds(whole, found, sink)
                result = steps.result_of(plan, found, steps.publish(config, sink))
        save_record(config, began, made=sink.made, output=sink.signatures(), report=result.report)
    return result


@again_if_lost
def examine(config: Config) -> Examined:
    """Take the same steps up to the look for faults; nothing is written. Raises as `build`."""
    from sitegen.pipeline.work import examine as run

    begin(config)
    with extended(config.extensions, (), config.theme.templates):
        return run(config)
