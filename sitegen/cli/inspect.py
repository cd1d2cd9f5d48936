"""The command that looks at a dataset before it is built."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.options import input_options
from sitegen.cli.printing import answer, answer_json, count, say, short, write
from sitegen.errors import ConfigError

if TYPE_CHECKING:
    from sitegen.cli.start.inspected import Inspected

FORMAT = 1
"""The version of the JSON object."""


@click.command()
@click.argument("input", nargs=-1, type=click.Path())
@input_options
@click.option("-c", "--config", "config_file", type=click.Path(path_type=Path), help="Config file.")
@click.option("--write", is_flag=True, help="Write the sitegen.toml that says it all.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def inspect(config_file: Path | None, *, write: bool, as_json: bool, **flags: Any) -> None:
    """Say what INPUT is, how it is read and what a build will give; some rows are looked at."""
    from sitegen.cli.start.inspected import inspect_data  # noqa: PLC0415 - `--help` needs no reader
    from sitegen.config.file import load_config  # noqa: PLC0415
    from sitegen.read.remote.open import keep_in  # noqa: PLC0415
    from sitegen.record.whereabouts import Whereabouts  # noqa: PLC0415
    from sitegen.urls import is_remote  # noqa: PLC0415

    config = load_config(config_file, flags=flags)
    inputs = flags["input"] or tuple(
        each if is_remote(each) else short(Path(each)) for each in config.input
    )
    keep_in(config.cache)
    with Whereabouts(config, Path.cwd()).of_errors():
        found = inspect_data(config, inputs)
    if as_json:
        answer_json(_as_json(found))
    else:
        answer("\n".join(_lines(found)))
    if write:
        _write_settings(found.settings)
    elif not as_json:
        say("next: --write keeps this as sitegen.toml; sitegen build")


def words_of(found: Inspected) -> str:
    """Which shape a dataset is, in words."""
    from sitegen.cli.start.inspected import pages_of  # noqa: PLC0415 - as below

    shape, about = found.shape, "" if found.is_whole else "about "
    said = [f"{found.maker or found.kind}: {about}{count(found.rows, 'row')}"]
    said.append(f"{pages_of(found)}; rows are {shape.rows_are}")
    if shape.size:
        said[-1] += f" of up to {shape.size:,} characters"
    if shape.overlap:
        said.append(f"overlap about {shape.overlap:,}")
    return ", ".join(said)


def _lines(found: Inspected) -> Iterator[str]:
    yield words_of(found)
    if found.columns:
        yield "\nread"
        width = max(len(column.ours) for column in found.columns)
        for column in found.columns:
            yield f"  {column.ours:{width}}  {column.theirs} ({column.type}): {column.why}"
    if found.unused:
        yield "\nnot read"
        for unused in found.unused:
            like = f": looks like {unused.like}, --column {unused.like}={unused.name}"
            yield f"  {unused.name} ({unused.type}){like if unused.like else ''}"
    yield f"\norder\n  {found.order}"
    if found.doubts:
        yield "\nto know"
        for doubt in found.doubts:
            yield f"  {doubt.code}: {doubt.message}"
            if doubt.help:
                yield f"    {doubt.help}"
    yield "\na build gives"
    yield from (f"  {sentence}" for sentence in found.gives)


def _as_json(found: Inspected) -> dict[str, Any]:
    from msgspec import to_builtins  # noqa: PLC0415 - only this form needs it

    doubts = [
        {"code": d.code, "severity": d.severity, "message": d.message, "help": d.help}
        for d in found.doubts
    ]
    told: dict[str, Any] = to_builtins(found)
    return {"format": FORMAT, "is": words_of(found)} | told | {"doubts": doubts}


def _write_settings(text: str) -> None:
    """Write the settings; a file that is there is kept unless somebody says otherwise."""
    from sitegen.config.file import CONFIG_FILE  # noqa: PLC0415 - only who writes needs it

    file = Path.cwd() / CONFIG_FILE
    if file.exists() and not (
        sys.stdin.isatty() and click.confirm(f"{CONFIG_FILE} is there: overwrite it?", err=True)
    ):
        raise ConfigError(
            f"{CONFIG_FILE} is there already and stays as it is",
            help="move it away first, or take the settings from --json",
        )
    write(file, text)
    say(f"{CONFIG_FILE} written")
