"""The command that begins a project."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from sitegen.cli.completion import generators
from sitegen.cli.printing import count, say, write
from sitegen.errors import ConfigError


@click.command()
@click.argument("source", required=False, default="", type=click.Path())
@click.option(
    "--from",
    "generator",
    default="",
    shell_complete=generators,
    help="mkdocs.yml, zensical.toml, docusaurus.config.*, astro.config.*, book.toml ...",
)
@click.option("--toctree", is_flag=True, help="Write a toctree of titles and folders too.")
@click.option("--start-page", is_flag=True, help="Write a start page where there is none.")
@click.option("--workflow", is_flag=True, help="Write a workflow that builds and publishes.")
@click.option("--schema", is_flag=True, help="Write a schema with which editors check the file.")
def init(source: str, generator: str, **wanted: bool) -> None:
    """Write a commented sitegen.toml for SOURCE, a dataset or a folder; nothing is overwritten.

    Without SOURCE the current folder is looked at, and the configuration of another generator.
    """
    from sitegen.cli.start.look import take  # noqa: PLC0415 - `--help` must not load the pipeline
    from sitegen.cli.start.project import Wanted, start  # noqa: PLC0415
    from sitegen.config.file import CONFIG_FILE, find_config  # noqa: PLC0415

    project = Path.cwd()
    if there := find_config(project):
        raise ConfigError(f"{there.name} is a configuration already", help="sitegen build uses it")
    try:
        started = start(project, source, take(project, generator), Wanted(**wanted))
    except RecursionError as error:
        raise ConfigError("the navigation is nested too deep to be taken over") from error
    new = {name: text for name, text in started.files.items() if not (project / name).exists()}
    for name in sorted(started.files.keys() - new.keys()):
        say(f"{name} is there already and stays as it is")
    for name, text in new.items():
        _write(project / name, text)
        say(f"{name} written")
    for item in started.left:
        say(f"not taken over: {item}")
    _say_wheel(new)
    say(f"{CONFIG_FILE}: {count(started.pages, 'page')} of {', '.join(started.inputs)}")
    say("next: sitegen serve --open, or sitegen build")


def _write(file: Path, text: str) -> None:
    with suppress(OSError):  # to write says it better
        file.parent.mkdir(parents=True, exist_ok=True)
    write(file, text)


def _say_wheel(files: dict[str, str]) -> None:
    """Say where the workflow finds sitegen, if the project has to bring it."""
    from sitegen.cli.start.workflow import FILE, WHEEL  # noqa: PLC0415

    if WHEEL in files.get(FILE, "") and not any(Path.cwd().glob(WHEEL)):
        say(f"the workflow installs {WHEEL}: pip wheel --no-deps -w tools PATH_OF_SITEGEN")
