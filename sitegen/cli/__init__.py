"""The command line: arguments -> one call -> printing -> exit code."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from sitegen import __version__
from sitegen.cli.check import check
from sitegen.cli.publish import diff, publish, verify
from sitegen.errors import ConfigError, Diagnostic, Location, Severity, SitegenError

EXIT_FINDINGS = 3
EXIT_INTERRUPTED = 130
EXIT_BUG = 70


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def cli() -> None:
    """Turn chunk datasets of documentation into a static site worth reading.

    Exit codes: 0 done; 1 input refused; 2 usage or config; 3 findings under --strict; 4 output or
    disk; 5 publishing; 130 interrupted; 70 a bug of ours.
    """


for command in (check, publish, verify, diff):
    cli.add_command(command)


@cli.command()
@click.argument("input", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Output folder [build].")
@click.option("-c", "--config", "config_file", type=click.Path(path_type=Path), help="Config file.")
@click.option("--toctree", type=click.Path(path_type=Path), help="Authored order and titles.")
@click.option("--base-url", help="Where the site will live; gives sitemap and canonical URLs.")
@click.option("--title", help="The site's title.")
@click.option("--jobs", type=int, help="Worker processes [one per processor].")
@click.option("--strict", is_flag=True, default=None, help="Exit with 3 when there are warnings.")
@click.option("--clean", is_flag=True, default=None, help="Write every file anew.")
@click.option("--cache/--no-cache", default=None, help="Remember work in .sitegen [yes].")
@click.option("--search/--no-search", default=None, help="Full-text search [if pagefind is there].")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every finding.")
def build(
    config_file: Path | None, *, as_json: bool, quiet: bool, verbose: bool, **flags: Any
) -> None:
    """Build a site from INPUT: Parquet, Arrow, JSONL, CSV, viewer text, or a folder.

    Without INPUT the config file's `input` is built.
    """
    from sitegen.config.file import load_config  # noqa: PLC0415 - `--help` must not load the pipeline
    from sitegen.record import last_report  # noqa: PLC0415

    started = time.perf_counter()
    if config_file is not None and not config_file.is_file():
        raise ConfigError(f"config file {str(config_file)!r} does not exist")
    config = load_config(config_file, flags=flags)
    report = last_report(config)
    if report is None:
        from sitegen.build import build as run  # noqa: PLC0415

        report = run(config).report
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    findings = [_finding(item) for item in report["diagnostics"]]
    if not quiet:
        _print_findings(findings, verbose=verbose)
        seconds = time.perf_counter() - started
        _say(_summary(report, config.output, seconds))
    counts = Counter(finding.severity for finding in findings)
    if config.strict and counts[Severity.WARNING] + counts[Severity.ERROR]:
        sys.exit(EXIT_FINDINGS)
    if counts[Severity.ERROR]:
        sys.exit(1)


@cli.command()
@click.argument("input", nargs=-1)
@click.option("-c", "--config", "config_file", type=click.Path(path_type=Path), help="Config file.")
@click.option("--toctree", type=click.Path(path_type=Path), help="Authored order and titles.")
@click.option("--title", help="The site's title.")
@click.option("--cache/--no-cache", default=None, help="Remember work in .sitegen [yes].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port [the first free from 8000].")
@click.option("--host", default="", help="Address to serve, for others too [this machine only].")
@click.option("--allowed-host", multiple=True, help="A further name that browsers may use.")
@click.option("--open", "open_browser", is_flag=True, help="Open the start page in a browser.")
@click.option("--poll", is_flag=True, help="Look at the files instead of waiting for events.")
def serve(  # noqa: PLR0913 - one for each option
    config_file: Path | None,
    *,
    port: int | None,
    host: str,
    allowed_host: tuple[str, ...],
    open_browser: bool,
    poll: bool,
    **flags: Any,
) -> None:
    """Preview the site of INPUT; browsers follow each change of its files.

    Nothing is written to the output folder.
    """
    from sitegen.config.file import CONFIG_FILE, find_config, load_config  # noqa: PLC0415 - as above
    from sitegen.serve import Options  # noqa: PLC0415
    from sitegen.serve import serve as run  # noqa: PLC0415

    file = config_file or find_config(Path.cwd()) or Path.cwd() / CONFIG_FILE
    options = Options(host, port, allowed_host, open_browser, poll)
    sys.exit(
        run(
            lambda: load_config(config_file, flags=flags),
            options,
            config_file=file.absolute(),
            say=_say,
        )
    )


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Parquet file to write."
)
@click.option("--url-root", default="", help="Where the pages are published; gives the url column.")
def chunk(folder: Path, output: Path, url_root: str) -> None:
    """Make a chunk dataset of FOLDER, a folder of doc-builder Markdown."""
    from sitegen.chunk import write_chunks  # noqa: PLC0415 - as above

    notices: list[Diagnostic] = []
    rows = write_chunks(folder, output, url_root=url_root, notices=notices)
    for notice in notices:
        _say(str(notice))
    pages = len({row.source for row in rows})
    _say(f"{len(rows):,} chunks from {pages:,} pages -> {_short(output)}")


@cli.command()
@click.option("--schema", is_flag=True, required=True, help="Print the JSON Schema of the file.")
def config(*, schema: bool) -> None:
    """Print what the configuration file may hold."""
    from sitegen.config.schema import config_schema  # noqa: PLC0415 - as above

    click.echo(json.dumps(config_schema(), indent=2))


def _summary(report: Mapping[str, Any], output: Path, seconds: float) -> str:
    links, files = report["links"], report["files"]
    missing = links["missing"]
    lost = f", {missing:,} lead to what the input does not hold" if missing else ""
    what = ("added", "changed", "unchanged", "removed")
    added, changed, equal, removed = (files[key] for key in what)
    return (
        f"{_count(report['pages'], 'page')} from {_count(report['chunks'], 'chunk')} "
        f"-> {_short(output)} "
        f"in {seconds:.2f} s ({added:,} files added, {changed:,} changed, "
        f"{equal:,} equal, {removed:,} removed)\n"
        f"{_count(links['checked'], 'internal link')} checked{lost}"
    )


def _finding(item: Mapping[str, Any]) -> Diagnostic:
    place = Location(item["file"], item["row"], item["chunk"], item["page"], item["line"])
    return Diagnostic(
        item["code"], Severity(item["severity"]), item["message"], place, item["help"]
    )


def _print_findings(findings: Sequence[Diagnostic], *, verbose: bool) -> None:
    """Print all findings, or errors and what concerns the input as a whole (a guessed column)."""
    for finding in findings:
        place = finding.location
        of_input = finding.severity is Severity.INFO and not (place.page or place.chunk_id)
        if verbose or of_input or finding.severity is Severity.ERROR:
            _say(str(finding))
    if verbose:
        return
    counts = Counter(f.code for f in findings if f.severity is Severity.WARNING)
    if counts:
        codes = ", ".join(f"{code} {number:,}" for code, number in sorted(counts.items()))
        _say(f"{counts.total():,} warnings ({codes}); -v prints them")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _leave(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def main() -> None:
    """Run the command line; errors of ours end in one clear line and their exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)  # unwinds the stack: the stage is removed, the lock freed
    gc.set_threshold(500_000, 20, 20)  # stages leave few cycles behind, and millions of objects
    try:
        code = cli.main(standalone_mode=False) or 0
    except SitegenError as error:
        _say(f"error: {error}")
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; the old output is untouched")
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception:  # noqa: BLE001 - the last line of defence: a bug of ours, shown as one
        traceback.print_exc()
        code = EXIT_BUG
    sys.exit(code)


def run() -> NoReturn:
    """Run the command line as a process, and end it without taking its memory apart.

    To free the objects of a large site one by one takes a tenth of a second and more; the system
    takes them all at once.
    """
    code: int | str | None = EXIT_BUG
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError, ValueError):  # nobody reads it any more, or it is closed
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
