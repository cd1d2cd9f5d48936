"""The command that makes a chunk dataset of Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen.cli.choices import OneOf
from sitegen.cli.printing import count, say, short
from sitegen.errors import Diagnostic


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Parquet file to write."
)
@click.option("--url-root", default="", help="Where the pages are published; gives the url column.")
@click.option(
    "--form",
    type=OneOf(["sitegen", "seed", "langchain", "llamaindex"]),
    default="sitegen",
    help="Whose columns to write; seed has no headings.",
)
def chunk(folder: Path, output: Path, url_root: str, form: str) -> None:
    """Make a chunk dataset of FOLDER, a folder of doc-builder Markdown."""
    from sitegen.chunk import write_chunks  # noqa: PLC0415 - as above
    from sitegen.config import Config  # noqa: PLC0415
    from sitegen.record.whereabouts import Whereabouts  # noqa: PLC0415

    notices: list[Diagnostic] = []
    where = Whereabouts(Config(input=(str(folder.absolute()),)), Path.cwd())
    with where.of_errors():
        rows = write_chunks(folder, output, url_root=url_root, notices=notices, form=form)
    for notice in where.of_each(notices):
        say(str(notice))
    pages = len({row.source for row in rows})
    say(f"{count(len(rows), 'chunk')} from {count(pages, 'page')} -> {short(output)}")
