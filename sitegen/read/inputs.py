"""Inputs: files, folders, globs and addresses in, chunks out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sitegen.errors import Diagnostic, ReaderFailedError, ReadError, Severity
from sitegen.model import Chunk
from sitegen.read.aside import open_table, reading
from sitegen.read.chunks import Recall, chunks
from sitegen.read.columns.mapping import Chooser
from sitegen.read.columns.partitions import in_folder, with_partitions
from sitegen.read.files import PAGES, InputFile, find_files
from sitegen.read.folders import pages as markdown
from sitegen.read.opening import open_regular
from sitegen.read.remote.file import shown
from sitegen.read.tables import damage_named
from sitegen.urls import is_remote

OfFile = Callable[[InputFile, Chooser], Iterable[Chunk]]


def read(  # noqa: PLR0913 - what is read, and what of it
    inputs: Sequence[str],
    columns: Mapping[str, str],
    notices: list[Diagnostic],
    of_file: OfFile | None = None,
    *,
    config_name: str = "",
    exclude: Sequence[str] = (),
) -> Iterator[Chunk]:
    """Yield the chunks of all inputs: paths of files or folders, or globs, all absolute.

    ``columns`` maps our column names to the dataset's, ``config_name`` is one of a folder's
    configurations, ``exclude`` are patterns of what is no input. Files come in natural order of
    their names (2 before 10) within each input. ``notices`` is complete when the iterator is
    exhausted. ``of_file`` may give the chunks of a file that `read_file` has read before.

    Raises:
        ReadError: an input is missing, unreadable, of no known format, without the columns
            ``text`` and ``source``, beyond a limit - or all inputs together have no row.
    """
    chooser = Chooser(columns, notices)
    rows, failure, has_columns = 0, None, False
    with reading():
        for file in find_files(inputs, notices, config_name, exclude):
            given = 0
            has_columns = has_columns or file.suffix not in PAGES
            try:
                for chunk in (of_file or read_file)(file, chooser):
                    given += 1
                    yield chunk
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
    if not rows:
        raise ReadError(
            f"no rows in {', '.join(_called(item) for item in inputs) or 'the input'}",
            help="a site needs at least one row with a text",
        )


def _called(item: str) -> str:
    return shown(item) if is_remote(item) else Path(item).name


def read_file(file: InputFile, chooser: Chooser, recall: Recall | None = None) -> Iterator[Chunk]:
    """Yield the chunks of one file; the notices are its chooser's.

    Those of parts of the file that are as they were may be recalled.

    Raises:
        ReadError: as `read`, but for the last.
    """
    notices = chooser.notices
    if file.suffix in PAGES:
        with damage_named(file), open_regular(file) as stream:
            yield from markdown.read_page(stream, file, notices)
        return
    with open_table(file) as opened:
        table = with_partitions(opened, file, set(chooser.configured.values()))
        chosen = chooser.choose(table.all_columns(), file.name, table.first_cells)
        # Parts lack the columns of folders; to digest what is remote or packed is to read it twice.
        is_plain = table is opened and not file.remote and not file.packing
        made = chunks(table, chosen, file, notices, recall if is_plain else None)
        yield from in_folder(made, file)
