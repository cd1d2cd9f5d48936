"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from sitegen.cli.completion import versions
from sitegen.errors import ConfigError
from sitegen.safe_urls import redacted

Command = TypeVar("Command", bound=Callable[..., Any])

with_files = click.option(
    "--extension",
    "extension_files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A Python file that adds to sitegen; it is run.",
)
"""The option that lets local code in: a configuration cannot."""


def see_target(target: str) -> None:
    """Look at the target of a publish, so that a build is the moment to hear that it is none.

    Raises:
        ConfigError: no publisher is for it, of ours or of an extension.
    """
    from sitegen.extension.publishers import PUBLISHERS  # noqa: PLC0415 - `--help` needs none

    scheme, colon, _ = target.partition(":")
    if target and not (colon and scheme.lower() in PUBLISHERS):
        from sitegen.publish.target import instead_of  # noqa: PLC0415 - it takes long

        raise ConfigError(
            f"publish.target: no publisher for {redacted(target)!r}",
            help=instead_of(target, PUBLISHERS),
        )


with_version = click.option(
    "--only",
    "version",
    default="",
    metavar="VERSION",
    shell_complete=versions,
    help="Which of `versions` [the latest].",
)
"""The option of commands that look at one version at a time."""


def input_options(command: Command) -> Command:
    """Give a command what says how a dataset is read, over what the configuration says."""
    named = click.option("--config-name", help="Which configuration of a dataset folder to read.")
    return named(_column_option(command))


def _column_option(command: Command) -> Command:
    return click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="OURS=THEIRS",
        callback=lambda _context, _parameter, values: _mapping(values),
        help="Read one of our columns from another, text=page_content; id=false: from none.",
    )(command)


def _mapping(pairs: Sequence[str]) -> Mapping[str, str]:
    columns: dict[str, str] = {}
    for pair in pairs:
        ours, equals, theirs = pair.partition("=")
        if not (equals and ours.strip() and theirs.strip()):
            raise ConfigError(
                f"--column must look like text=page_content, not {pair!r}",
                help="write our name, an equals sign and the name in the dataset",
            )
        name = theirs.strip()
        columns[ours.strip()] = "" if name == "false" else name
    return columns
