"""What commands tell people: on stderr, results stay alone on stdout."""

from __future__ import annotations

from pathlib import Path

import click

with_files = click.option(
    "--extension",
    "extension_files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A Python file that adds to sitegen; it is run.",
)
"""The option that lets local code in: a configuration cannot."""


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 page", "2,000 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def short(path: Path) -> str:
    """A path as one would type it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def say(text: str) -> None:
    """Print for people, not for programs."""
    click.echo(text, err=True)
