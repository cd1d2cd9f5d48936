"""Inputs: files, folders, globs and addresses in, chunks out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sitegen.errors import Diagnostic, ReaderFailedError, ReadError, Severity
from sitegen.limits.idle import kept
from sitegen.model import Chunk
from sitegen.model.runs import PartOfFile
from sitegen.read.aside import open_table
from sitegen.read.chunks import chunks
from sitegen.read.columns.mapping import Chooser, Column
from sitegen.read.columns.partitions import in_folder, partitions, with_partitions
from sitegen.read.files import PAGES, InputFile, find_files
from sitegen.read.folders import pages as markdown
from sitegen.read.opening import open_regular
from sitegen.read.recalled import runs
from sitegen.read.remote.file import shown
from sitegen.read.rows import Table, unpacked
from sitegen.read.tables import damage_named
from sitegen.store.recall import Store
from sitegen.urls import is_remote

R = TypeVar("R")
OfFile = Callable[[InputFile, Chooser], Iterable[R]]


def read(
    inputs: Sequence[str],
    columns: Mapping[str, str],
    notices: list[Diagnostic],
    *,
    config_name: str = "",
    exclude: Sequence[str] = (),
) -> Iterator[Chunk]:
    """Yield the chunks of all inputs: paths of files or folders, or globs, all absolute.

    ``columns`` maps our column names to the dataset's, ``config_name`` is one of a folder's
    configurations, ``exclude`` are patterns of what is no input. Files come in natural order of
    their names (2 before 10) within each input. ``notices`` is complete when the iterator is
    exhausted.

    Raises:
        ReadError: an input is missing, unreadable, of no known format, without the columns
            ``text`` and ``source``, beyond a limit - or all inputs together have no row.
    """
    return read_by(read_file, inputs, columns, notices, config_name=config_name, exclude=exclude)


def read_by(  # noqa: PLR0913 - what is read, and what of it
    of_file: OfFile[R],
    inputs: Sequence[str],
    columns: Mapping[str, str],
    notices: list[Diagnostic],
    *,
    config_name: str = "",
    exclude: Sequence[str] = (),
) -> Iterator[R]:
    """Yield the rows of all inputs, as what reads a file gives them.

    Raises:
        ReadError: as `read`.
    """
    chooser = Chooser(columns, notices)
    rows, failure, has_columns = 0, None, False
    with kept():
        for file in find_files(inputs, notices, config_name, exclude):
            given = 0
            has_columns = has_columns or file.suffix not in PAGES
            try:
                for row in of_file(file, chooser):
                    given += 1
                    yield row
                rows += given
            except ReaderFailedError as error:  # not ours: what other files hold is shown
                failure = failure or error
                found = (error.message, error.location, error.help)
                notices.append(Diagnostic("extension-failed", Severity.ERROR, *found))
    if failure and not rows:
        raise failure
    if columns and not has_columns:
        message = "`columns` names columns, and the input is Markdown, which has none"
        help = "take `columns` out, or name the dataset as the input"
        notices.append(Diagnostic("column-missing", Severity.WARNING, message, help=help))
    is_folder = any(is_remote(item) or Path(item).is_dir() for item in inputs)
    if config_name and not (has_columns and is_folder):
        message = f"the input is no folder of datasets, so none is read by the name {config_name!r}"
        help = "take config_name (--config-name) out, or name the folder as the input"
        notices.append(Diagnostic("config-unused", Severity.WARNING, message, help=help))
    if not rows:
        raise ReadError(
            f"no rows in {', '.join(_called(item) for item in inputs) or 'the input'}",
            help="a site needs at least one row with a text",
        )


def _called(item: str) -> str:
    return shown(item) if is_remote(item) else Path(item).name


def read_file(file: InputFile, chooser: Chooser) -> Iterator[Chunk]:
    """Yield the chunks of one file; the notices are its chooser's.

    Raises:
        ReadError: as `read`, but for the last.
    """
    notices = chooser.notices
    if file.suffix in PAGES:
        with damage_named(file), open_regular(file) as stream:
            yield from markdown.read_page(stream, file, notices)
        return
    with _opened(file, chooser) as (table, chosen, _):
        yield from in_folder(chunks(table, chosen, file, notices), file)


def read_runs(file: InputFile, chooser: Chooser, store: Store) -> Iterator[Chunk | PartOfFile]:
    """Yield the rows of one file; those that are as they were may be recalled.

    Raises:
        ReadError: as `read_file`.
    """
    # Parts lack the columns of folders; to digest what is remote or packed is to read it twice.
    if file.suffix in PAGES or file.remote or file.packing:
        yield from read_file(file, chooser)
        return
    with _opened(file, chooser) as (table, chosen, is_plain):
        given = (table, chosen, file, chooser.notices)
        rows = runs(*given, store) if is_plain else chunks(*given)
        yield from in_folder(unpacked(rows), file) if partitions(file) else rows


@contextmanager
def _opened(
    file: InputFile, chooser: Chooser
) -> Iterator[tuple[Table, Mapping[str, Column], bool]]:
    """The table of a file, its columns by our names, and whether none is of the folders above."""
    with open_table(file) as opened:
        table = with_partitions(opened, file, set(chooser.configured.values()))
        chosen = chooser.choose(table.all_columns(), file.name, table.first_cells)
        yield table, chosen, table is opened
