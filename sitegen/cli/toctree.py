"""The command that writes a toctree, or adds the pages that one lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sitegen.cli.printing import count, say, short, write

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("input", nargs=-1, type=click.Path())
@click.option("-c", "--config", "config_file", type=_FILE, help="Config file.")
@click.option("--toctree", type=_FILE, help="The toctree to add to [the configured one].")
@click.option("-o", "--output", "target", type=_FILE, help="Write it to this file.")
def toctree(config_file: Path | None, *, target: Path | None, **flags: Any) -> None:
    """Print a toctree of INPUT by titles and folders, or the one that it has, completed.

    What is written in a toctree stays; pages that it lacks are added where their neighbours stand.
    """
    from sitegen.build import examine  # noqa: PLC0415 - `--help` must not load the pipeline
    from sitegen.config.file import load_config  # noqa: PLC0415
    from sitegen.plan.skeleton import completed, read_text, skeleton  # noqa: PLC0415
    from sitegen.read.folders.beside import find_toctree  # noqa: PLC0415
    from sitegen.record.whereabouts import Whereabouts  # noqa: PLC0415

    config = load_config(config_file, flags=flags)
    with Whereabouts(config, Path.cwd()).of_errors():
        pages = examine(config).pages
    documents = [page.page.document for page in pages]
    file = config.toctree or find_toctree(config.input, config.exclude)
    before = read_text(file) if file else None
    text = skeleton(documents) if before is None else completed(before, documents)
    if target is None:
        click.echo(text, nl=False)
    else:
        write(target, text)
    if file is None:
        say(f"{count(len(documents), 'page')} by folders and titles")
    else:
        new = text.count("local:") - (before or "").count("local:")
        say(
            f"{count(new, 'page')} added to {short(file)}"
            if new
            else f"{short(file)} has all pages"
        )
