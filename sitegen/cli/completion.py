"""The command that prints what makes a shell complete commands, options, files and targets."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

SHELLS = ("bash", "zsh", "fish")
TARGETS = (
    *("gh-pages:", "git+https://", "git+ssh://", "git+file://", "hf://spaces/", "hf://datasets/"),
    *("s3://", "gs://", "rsync+ssh://", "file:///", "zip:"),
)
"""How the targets of `sitegen publish` begin."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion for SHELL, to be read by its start-up file."""
    from sitegen.cli import cli  # noqa: PLC0415 - it holds this command

    kind = get_completion_class(shell)
    assert kind is not None, shell  # noqa: S101 - click has these three
    click.echo(kind(cli, {}, "sitegen", "_SITEGEN_COMPLETE").source())


def targets(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The beginnings of targets that what was typed may become."""
    return [CompletionItem(target) for target in TARGETS if target.startswith(typed)]
