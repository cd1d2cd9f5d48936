"""Stage ``read``: files, folders and globs in, chunks out; one module per file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from sitegen.errors import Diagnostic, Location, ReadError, did_you_mean
from sitegen.model import Chunk
from sitegen.read import pages as markdown
from sitegen.read.columns import Chooser
from sitegen.read.files import (
    OPENERS,
    PAGES,
    READERS,
    InputFile,
    find_files,
    markdown_folders,
    open_regular,
)
from sitegen.read.rows import Table, chunks

__all__ = ["READERS", "find_assets", "find_redirects", "find_toctree", "read", "read_file"]

OfFile = Callable[[InputFile, Chooser], Iterable[Chunk]]


def read(
    inputs: Sequence[str],
    columns: Mapping[str, str],
    notices: list[Diagnostic],
    of_file: OfFile | None = None,
) -> Iterator[Chunk]:
    """Yield the chunks of all inputs: paths of files or folders, or globs, all absolute.

    ``columns`` maps our column names to the dataset's. Files come in natural order of their
    names (2 before 10) within each input. ``notices`` is complete when the iterator is exhausted.
    ``of_file`` may give the chunks of a file that `read_file` has read before.

    Raises:
        ReadError: an input is missing, unreadable, of no known format, without the columns
            ``text`` and ``source``, beyond a limit - or all inputs together have no row.
    """
    chooser = Chooser(columns, notices)
    empty = True
    for file in find_files(inputs, notices):
        for chunk in (of_file or read_file)(file, chooser):
            empty = False
            yield chunk
    if empty:
        raise ReadError(
            f"no rows in {', '.join(Path(item).name for item in inputs) or 'the input'}",
            help="a site needs at least one row with a text",
        )


def find_toctree(inputs: Sequence[str]) -> Path | None:
    """Find the ``_toctree.yml`` at the top of the first Markdown folder that has one."""
    return _find_at_top(inputs, "_toctree")


def find_redirects(inputs: Sequence[str]) -> Path | None:
    """Find the ``_redirects.yml`` at the top of the first Markdown folder that has one."""
    return _find_at_top(inputs, "_redirects")


def _find_at_top(inputs: Sequence[str], stem: str) -> Path | None:
    for folder in markdown_folders(inputs):
        for name in (f"{stem}.yml", f"{stem}.yaml"):
            path = folder / name
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return path
    return None


def find_assets(inputs: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield what Markdown folders hold besides pages, as relative path with ``/`` and file."""
    for folder in markdown_folders(inputs):
        yield from markdown.assets(folder)


def read_file(file: InputFile, chooser: Chooser) -> Iterator[Chunk]:
    """Yield the chunks of one file; the notices are its chooser's.

    Raises:
        ReadError: as `read`, but for the last.
    """
    notices = chooser.notices
    with open_regular(file) as stream:
        try:
            if file.suffix in PAGES:
                yield from markdown.read_page(stream, file, notices)
            else:
                table = open_table(stream, file)
                chosen = chooser.choose(table.all_columns(), file.name)
                yield from chunks(table, chosen, file, notices)
        except OSError as error:
            raise ReadError(
                f"cannot be read: {error.strerror}",
                location=Location(file=file.name),
                help="check the disk that it is on",
            ) from error


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    if file.suffix not in READERS:
        known = (*READERS, *PAGES)
        raise ReadError(
            f"no reader for {file.suffix or 'a file without a suffix'}",
            location=Location(file=file.name),
            help=did_you_mean(file.suffix, known),
        )
    if opener := OPENERS.get(file.suffix):
        added: Table = opener(stream, file)
        return added
    # Imported here: pyarrow takes longer to import than most datasets to read.
    reader = import_module(f"sitegen.read.formats.{READERS[file.suffix]}")
    table: Table = reader.open_table(stream, file)
    return table
