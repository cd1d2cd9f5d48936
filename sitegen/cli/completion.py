"""The command that prints what makes a shell complete commands, options, files and targets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from sitegen.cli.choices import OneOf
from sitegen.errors import SitegenError

SHELLS = ("bash", "zsh", "fish")
TARGETS = (
    *("gh-pages:", "git+https://", "git+ssh://", "git+file://", "hf://spaces/", "hf://datasets/"),
    *("s3://", "gs://", "rsync+ssh://", "file:///", "zip:"),
)
"""How the targets of `sitegen publish` begin."""


@click.command()
@click.argument("shell", type=OneOf(SHELLS))
def completion(shell: str) -> None:
    """Print the completion for SHELL, to be read by its start-up file."""
    from sitegen.cli import cli  # noqa: PLC0415 - it holds this command

    kind = get_completion_class(shell)
    assert kind is not None, shell  # noqa: S101 - click has these three
    click.echo(kind(cli, {}, "sitegen", "_SITEGEN_COMPLETE").source())


def _beginning(names: Iterable[str], typed: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(typed)]


def hosts(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The hosts whose limits are known."""
    from sitegen.limits.hosts import HOSTS  # noqa: PLC0415 - only who completes needs it

    return _beginning(HOSTS, typed)


def generators(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The configurations of other generators that are in this folder."""
    from sitegen.cli.start.look import TAKERS  # noqa: PLC0415

    there = (name for name in TAKERS if (Path.cwd() / name).is_file())
    return _beginning((*there, "doc-builder"), typed)


def versions(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The names of the versions that are configured, none if the configuration has faults."""
    from sitegen.config.file import load_config  # noqa: PLC0415

    try:
        listed = load_config().versions
    except SitegenError:
        return []
    return _beginning((version.name for version in listed), typed)


def targets(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The beginnings of targets that what was typed may become."""
    return _beginning(TARGETS, typed)
