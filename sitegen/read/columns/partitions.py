"""Stage ``read``: folders named ``key=value`` above a dataset file -> columns of its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.languages import is_language
from sitegen.model import Chunk
from sitegen.read.columns.mapping import Column
from sitegen.read.columns.names import NAMES, plain
from sitegen.read.files import InputFile
from sitegen.read.rows import Batch, Table

_NULL = "__HIVE_DEFAULT_PARTITION__"
_GUESSED = frozenset(name for ours in ("source", "url", "title", "folder") for name in NAMES[ours])
_LANGUAGES = frozenset({"lang", "language", "locale"})
_VERSIONS = frozenset({"version", "release"})


def partitions(file: InputFile) -> dict[str, str]:
    """The keys of a file's folders with their values, outermost first, as Hive writes them."""
    parts = [folder.partition("=") for folder in file.name.split("/")[:-1]]
    return {unquote(key): unquote(value) for key, has, value in parts if key and has}


def in_folder(chunks: Iterable[Chunk], file: InputFile) -> Iterable[Chunk]:
    """Put the pages of a file whose folders name a language or a version into folders of these.

    The same source in ``lang=en`` and ``lang=fr`` is two pages. Sources that name the folder
    themselves stay as they are.
    """
    folders = [value for key, value in partitions(file).items() if _is_apart(key.lower(), value)]
    return (_below(folders, chunk) for chunk in chunks) if folders else chunks


def _is_apart(key: str, value: str) -> bool:
    """Whether rows of another value are of other pages, though their sources are the same."""
    return is_language(value) if key in _LANGUAGES else key in _VERSIONS and value != _NULL


def _below(folders: Sequence[str], chunk: Chunk) -> Chunk:
    if "://" in chunk.source:
        return chunk
    source = chunk.source.lstrip("/")
    above = [folder for folder in folders if f"/{folder}/" not in f"/{source}"]
    return replace(chunk, source="/".join((*above, source))) if above else chunk


def with_partitions(table: Table, file: InputFile, configured: Collection[str]) -> Table:
    """Give a table the columns of its file's folders; a column of the file itself wins.

    Only what a page is called by is guessed of them: a number or an id that all rows share orders
    and names nothing. ``configured`` are the columns that the settings name.
    """
    own = {column.name for column in table.columns}
    values = {
        key: value
        for key, value in partitions(file).items()
        if key not in own and (key in configured or plain(key) in _GUESSED)
    }
    if not values or not table.columns:
        return table

    def inside(wanted: Sequence[Column]) -> Sequence[Column]:
        asked = [column for column in wanted if column.name not in values]
        return table.inside(asked) if asked else ()

    columns = (*table.columns, *map(Column, values))
    return replace(table, columns=columns, batches=_filled(table, values), inside=inside)


def _filled(
    table: Table, values: Mapping[str, str]
) -> Callable[[Sequence[Column]], Iterator[Batch]]:
    def batches(wanted: Sequence[Column]) -> Iterator[Batch]:
        own = [column for column in wanted if column.name not in values]
        # The file tells how many rows there are, also where none of its columns is wanted.
        for batch in table.batches(own or table.columns[:1]):
            cells = iter(batch)
            yield [
                next(cells)
                if column.name not in values
                else [_cell(values[column.name])] * len(batch[0])
                for column in wanted
            ]

    return batches


def _cell(value: str) -> str | None:
    return None if value == _NULL else value
