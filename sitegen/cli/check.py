"""The command that says what is wrong with a dataset."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.choices import OneOf
from sitegen.cli.findings import ORDER, by_weight, leave
from sitegen.cli.options import input_options, see_target, with_files, with_version
from sitegen.cli.printing import answer, say, short, write
from sitegen.cli.printing import count as count_of
from sitegen.errors import ConfigError, Severity

if TYPE_CHECKING:
    from sitegen.check import Examined
    from sitegen.config import Config
    from sitegen.errors import Diagnostic

LEVELS = [severity.value for severity in ORDER]
FORMATS = ("text", "json", "sarif", "github", "parquet")
_OF_CHECKOUTS = ("sarif", "github")  # forms in which code hosts ask where a file is in theirs
_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("input", nargs=-1, type=click.Path())
@input_options
@click.option("-c", "--config", "config_file", type=_FOLDER, help="Config file.")
@click.option("--toctree", type=_FOLDER, help="Authored order and titles.")
@click.option("--language", help="The language of the text, as a tag [told by the data].")
@click.option("--jobs", type=int, help="Worker processes [one per processor].")
@click.option("--strict", is_flag=True, default=None, help="Exit with 3 when there are warnings.")
@click.option("--cache/--no-cache", default=None, help="Remember answers in .sitegen [yes].")
@click.option("--external", is_flag=True, help="Ask the addresses of other hosts too.")
@click.option("--format", "form", default="text", type=OneOf(FORMATS))
@click.option("-o", "--output", "target", type=_FOLDER, help="Write the findings to this file.")
@click.option("--baseline", type=_FOLDER, help="Leave out the findings of this file.")
@click.option("--write-baseline", type=_FOLDER, help="Write all findings to this file.")
@click.option("--level", default="info", type=OneOf(LEVELS), help="The least to tell of.")
@click.option("-v", "--verbose", is_flag=True, help="List also what comes in hundreds.")
@with_version
@with_files
def check(  # noqa: PLR0913 - one for each option
    config_file: Path | None,
    *,
    extension_files: tuple[Path, ...],
    version: str,
    external: bool,
    form: str,
    target: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    level: str,
    verbose: bool,
    **flags: Any,
) -> None:
    """Say what is wrong with INPUT, by page, with row and remedy; no site is written."""
    from sitegen.build import examine  # noqa: PLC0415 - `--help` must not load the pipeline
    from sitegen.check import count, judge  # noqa: PLC0415
    from sitegen.check.baseline import new_findings  # noqa: PLC0415
    from sitegen.check.formats.text import folded  # noqa: PLC0415
    from sitegen.cli.entered import enter  # noqa: PLC0415
    from sitegen.config.file import load_config  # noqa: PLC0415
    from sitegen.config.versions import one_site  # noqa: PLC0415
    from sitegen.record.whereabouts import Whereabouts, checkout  # noqa: PLC0415

    if form == "parquet" and target is None:
        raise ConfigError("parquet is no text", help="name a file: --output findings.parquet")
    config = one_site(load_config(config_file, flags=flags), version)
    enter(config, extension_files, config_file)
    see_target(config.publish.target)
    of_host, here = form in _OF_CHECKOUTS, Path.cwd()
    where = Whereabouts(config, checkout(here) if of_host else here, linked=not of_host)
    with where.of_errors():
        site = examine(config)
    further = _ask(site, config) if external or config.check.external.enabled else []
    found = where.of_each(judge(site, config.check, further))
    if write_baseline is not None:
        _write_baseline(write_baseline, found)
    least = ORDER.index(Severity(level))
    new = new_findings(found, baseline or config.check.baseline)
    findings = [each for each in by_weight(new) if ORDER.index(each.severity) <= least]
    data = _formatted(form, findings if verbose or form != "text" else folded(findings))
    if target is not None:
        write(target, data)
    else:
        answer(data)
    counts = ", ".join(f"{code} {number:,}" for code, number in count(findings).items())
    below = len(new) - len(findings)
    rest = f"; {below:,} below --level {level}" if below else ""
    say(f"{count_of(len(findings), 'finding')}{f' ({counts})' if counts else ''}{rest}")
    leave(new, strict=config.strict)  # what is not told of counts all the same


def _write_baseline(file: Path, found: Sequence[Diagnostic]) -> None:
    from sitegen.check.baseline import dump_baseline  # noqa: PLC0415 - as above

    write(file, dump_baseline(found))
    say(f"{short(file)} written: {count_of(len(found), 'finding')} known from now on")


def _formatted(form: str, findings: Sequence[Diagnostic]) -> bytes:
    if form == "parquet":
        from sitegen.check.formats.parquet import as_parquet  # noqa: PLC0415 - loads pyarrow

        return as_parquet(findings)
    from sitegen.check.formats import text as outputs  # noqa: PLC0415
    from sitegen.check.formats.sarif import as_sarif  # noqa: PLC0415

    forms = {"text": outputs.as_text, "json": outputs.as_json, "github": outputs.as_github}
    return (forms | {"sarif": as_sarif})[form](findings).encode("utf-8", "replace")


def _ask(site: Examined, config: Config) -> list[Diagnostic]:
    """Ask other hosts; on a terminal the addresses that are done are counted."""
    from sitegen.check.external import CACHE_FILE, external  # noqa: PLC0415
    from sitegen.store.recall import Store  # noqa: PLC0415

    done, lock, is_shown = 0, Lock(), sys.stderr.isatty()

    def step(count: int) -> None:
        nonlocal done
        with lock:
            done += count
            if is_shown:
                say(f"\r{done:,} addresses", nl=False)

    file = config.cache / CACHE_FILE if isinstance(config.cache, Path) else None
    with Store(file) as store:
        findings, asked = external(site, config.check.external, store, step)
    new = len(asked.answers) - asked.known
    said = f"other hosts: {new:,} asked, {asked.known:,} known, {asked.left_out:,} left out"
    say(f"\r{said}" if is_shown else said)
    return findings
