"""The command that builds a site."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.completion import versions
from sitegen.cli.findings import leave, tell, tell_numbers, with_remedies
from sitegen.cli.options import input_options, see_target, with_files
from sitegen.cli.printing import answer_json, count, say, short
from sitegen.errors import EXIT_INTERRUPTED, as_record

if TYPE_CHECKING:
    from sitegen.config import Config


@click.command()
@click.argument("input", nargs=-1, type=click.Path())
@input_options
@click.option("-o", "--output", type=click.Path(), help="Folder or s3://bucket/folder [build].")
@click.option("-c", "--config", "config_file", type=click.Path(path_type=Path), help="Config file.")
@click.option("--toctree", type=click.Path(path_type=Path), help="Authored order and titles.")
@click.option("--base-url", help="Where the site will live; gives sitemap and canonical URLs.")
@click.option("--title", help="The site's title.")
@click.option("--language", help="The language of the text, as a tag [told by the data].")
@click.option("--jobs", type=int, help="Worker processes [one per processor].")
@click.option("--cluster", metavar="URL", help="Dask scheduler whose workers render [none].")
@click.option("--strict", is_flag=True, default=None, help="Exit with 3 when there are warnings.")
@click.option("--clean", is_flag=True, default=None, help="Write all anew; drop old versions.")
@click.option("--cache/--no-cache", default=None, help="Remember work in .sitegen [yes].")
@click.option("--search/--no-search", default=None, help="Full-text search [if pagefind is there].")
@click.option(
    "--only",
    multiple=True,
    metavar="VERSION",
    shell_complete=versions,
    help="Build this of `versions` [all].",
)
@with_files
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every finding.")
def build(  # noqa: PLR0913 - one for each option
    config_file: Path | None,
    *,
    extension_files: tuple[Path, ...],
    only: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **flags: Any,
) -> None:
    """Build a site from INPUT: Parquet, Arrow, JSONL, CSV, viewer text, or a folder.

    Without INPUT the config file's `input` is built.
    """
    from sitegen.build import build as run  # noqa: PLC0415 - `--help` must not load the pipeline
    from sitegen.cli.entered import enter  # noqa: PLC0415
    from sitegen.config.file import load_config  # noqa: PLC0415
    from sitegen.record.whereabouts import Whereabouts  # noqa: PLC0415
    from sitegen.store.stamp import is_writable  # noqa: PLC0415

    started = time.perf_counter()
    config = load_config(config_file, flags=flags)
    enter(config, extension_files, config_file)
    see_target(config.publish.target)
    where = Whereabouts(config, Path.cwd())
    if config.bucket:
        from sitegen.publish.straight import build as run  # noqa: PLC0415 - loads what sends
    with _told_if_live(config):
        with where.of_errors():
            result = run(config, only)
        new = findings = where.of_each(result.diagnostics)
        if config.check.baseline:
            from sitegen.check.baseline import new_findings  # noqa: PLC0415 - loads all checks

            new = new_findings(findings, config.check.baseline)
        if as_json:
            told = [as_record(each) for each in with_remedies(findings)]
            answer_json({**result.report, "diagnostics": told})
        if not quiet:
            if isinstance(config.cache, Path) and not is_writable(config.cache):
                say(f"note: {short(config.cache)} cannot be written, so the next build starts anew")
            tell(new, all_of=verbose, warnings=config.strict)
            if not (verbose or config.strict):
                tell_numbers(new, "; -v prints them")
            place = config.bucket or short(config.output)
            say(_summary(result.report, place, time.perf_counter() - started))
        leave(new, strict=config.strict)


@contextmanager
def _told_if_live(config: Config) -> Iterator[None]:
    """Say of a build that is interrupted that its site is live, if it is so already."""
    before = _live(config)
    try:
        yield
    except KeyboardInterrupt:
        if _live(config) == before:
            raise
        say("\ninterrupted; the new output is live already")
        sys.exit(EXIT_INTERRUPTED)


def _live(config: Config) -> list[tuple[int, int]]:
    """What tells the sites apart that a build makes live from those that it finds."""
    from sitegen.config.versions import complete  # noqa: PLC0415
    from sitegen.model.own_names import MANIFEST  # noqa: PLC0415

    folders = ("", *(version.address for version in complete(config.versions)))
    lists = (config.output / folder / MANIFEST for folder in folders)
    seen = (file.stat() for file in lists if file.is_file())
    return [(info.st_ino, info.st_mtime_ns) for info in seen]


def _summary(report: Mapping[str, Any], place: str, seconds: float) -> str:
    links, files = report["links"], report["files"]
    missing = links["missing"]
    lead = "leads" if missing == 1 else "lead"
    lost = f", {missing:,} {lead} to what the input does not hold" if missing else ""
    what = ("added", "changed", "unchanged", "removed")
    added, changed, equal, removed = (files[key] for key in what)
    versions = report.get("versions", ())
    of_versions = f" of {count(len(versions), 'version')}" if versions else ""
    return (
        f"{count(report['pages'], 'page')}{of_versions} from {count(report['chunks'], 'chunk')} "
        f"-> {place} "
        f"in {seconds:.2f} s ({added:,} files added, {changed:,} changed, "
        f"{equal:,} equal, {removed:,} removed)\n"
        f"{count(links['checked'], 'internal link')} checked{lost}"
    )
