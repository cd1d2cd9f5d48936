"""The command that tells of the configuration."""

from __future__ import annotations

import json

import click

from sitegen.cli.printing import answer


@click.command()
@click.option("--schema", is_flag=True, required=True, help="Print the JSON Schema of the file.")
def config(*, schema: bool) -> None:
    """Print what the configuration file may hold."""
    from sitegen.config.schema import config_schema  # noqa: PLC0415 - as above

    answer(json.dumps(config_schema(), indent=2))
