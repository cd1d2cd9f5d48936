"""The command that builds a site."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from sitegen.cli.options import input_options, with_files
from sitegen.cli.printing import answer_json, count, say, short
from sitegen.errors import EXIT_FINDINGS, ConfigError, Diagnostic, Severity


@click.command()
@click.argument("input", nargs=-1, type=click.Path())
@input_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Output folder [build].")
@click.option("-c", "--config", "config_file", type=click.Path(path_type=Path), help="Config file.")
@click.option("--toctree", type=click.Path(path_type=Path), help="Authored order and titles.")
@click.option("--base-url", help="Where the site will live; gives sitemap and canonical URLs.")
@click.option("--title", help="The site's title.")
@click.option("--language", help="The language of the text, as a tag [told by the data].")
@click.option("--jobs", type=int, help="Worker processes [one per processor].")
@click.option("--strict", is_flag=True, default=None, help="Exit with 3 when there are warnings.")
@click.option("--clean", is_flag=True, default=None, help="Write every file anew.")
@click.option("--cache/--no-cache", default=None, help="Remember work in .sitegen [yes].")
@click.option("--search/--no-search", default=None, help="Full-text search [if pagefind is there].")
@with_files
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every finding.")
def build(
    config_file: Path | None,
    *,
    extension_files: tuple[Path, ...],
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **flags: Any,
) -> None:
    """Build a site from INPUT: Parquet, Arrow, JSONL, CSV, viewer text, or a folder.

    Without INPUT the config file's `input` is built.
    """
    from sitegen.build import build as run  # noqa: PLC0415 - `--help` must not load the pipeline
    from sitegen.config.file import load_config  # noqa: PLC0415
    from sitegen.extension import extended  # noqa: PLC0415

    started = time.perf_counter()
    if config_file is not None and not config_file.is_file():
        raise ConfigError(f"config file {str(config_file)!r} does not exist")
    config = load_config(config_file, flags=flags)
    click.get_current_context().with_resource(extended(config.extensions, extension_files))
    result = run(config)
    if as_json:
        answer_json(result.report)
    findings = result.diagnostics
    if not quiet:
        _print_findings(findings, verbose=verbose)
        seconds = time.perf_counter() - started
        say(_summary(result.report, config.output, seconds))
    counts = Counter(finding.severity for finding in findings)
    if config.strict and counts[Severity.WARNING] + counts[Severity.ERROR]:
        sys.exit(EXIT_FINDINGS)
    if counts[Severity.ERROR]:
        sys.exit(1)


def _summary(report: Mapping[str, Any], output: Path, seconds: float) -> str:
    links, files = report["links"], report["files"]
    missing = links["missing"]
    lost = f", {missing:,} lead to what the input does not hold" if missing else ""
    what = ("added", "changed", "unchanged", "removed")
    added, changed, equal, removed = (files[key] for key in what)
    return (
        f"{count(report['pages'], 'page')} from {count(report['chunks'], 'chunk')} "
        f"-> {short(output)} "
        f"in {seconds:.2f} s ({added:,} files added, {changed:,} changed, "
        f"{equal:,} equal, {removed:,} removed)\n"
        f"{count(links['checked'], 'internal link')} checked{lost}"
    )


def _print_findings(findings: Sequence[Diagnostic], *, verbose: bool) -> None:
    """Print all findings, or errors and what concerns the input as a whole (a guessed column)."""
    for finding in findings:
        place = finding.location
        of_input = finding.severity is Severity.INFO and not (place.page or place.chunk_id)
        if verbose or of_input or finding.severity is Severity.ERROR:
            say(str(finding))
    if verbose:
        return
    counts = Counter(f.code for f in findings if f.severity is Severity.WARNING)
    if counts:
        codes = ", ".join(f"{code} {number:,}" for code, number in sorted(counts.items()))
        say(f"{count(counts.total(), 'warning')} ({codes}); -v prints them")
