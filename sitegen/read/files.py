"""Stage ``read``, first step: the configured inputs -> the files to read, in a fixed order."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sitegen.config.file import without_input
from sitegen.config.near import near_address, near_file
from sitegen.errors import ConfigError, Diagnostic, Location, ReadError, Severity
from sitegen.model.table import OWN, Later, Table
from sitegen.read.configs import CARD, Folder, choose_config, configs_of
from sitegen.read.elsewhere import no_data
from sitegen.read.folders.asides import are_notes, without_indexes, without_sources
from sitegen.read.folders.authored import (
    IGNORE_FILE,
    authors_own,
    ignored_by,
    is_output,
    walk,
    why_skipped,
)
from sitegen.read.remote.file import RemoteFile, shown
from sitegen.store.stat import Stat
from sitegen.urls import is_remote, natural_key

PAGES = (".md", ".mdx", ".markdown", ".qmd", ".rmd", ".rst")
"""Suffixes of files that are a page each."""


class Reader(NamedTuple):
    """What opens files of a format, by a stream and the file."""

    format: str
    open_table: Callable[..., Any]


_FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "viewer",
}
"""Suffix -> the module of ``read/formats`` whose ``open_table`` reads such a file."""

# Not loaded here: pyarrow takes longer to import than most datasets to read.
READERS: Table[Reader] = Table(
    "a reader for",
    {
        suffix: Reader(format, Later(f"sitegen.read.formats.{format}:open_table"))
        for suffix, format in _FORMATS.items()
    },
)
"""Ours by suffix, and those of the extensions that are active."""

PACKED = (".gz", ".zst")
"""Suffixes of packed files, which are read as what is inside."""

_PACKABLE = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt"})
# Files of these kinds lie about in any folder; they are data only where nothing else is.
_AMBIGUOUS = frozenset({".json", ".csv", ".tsv", ".txt"})


class InputFile(Struct, frozen=True):
    """A file to read; ``name`` (with ``/``) says which one without telling where it lies.

    Of a ``remote`` one the path is its address, of which the name alone tells anything.
    """

    path: Path
    name: str
    source: str
    remote: RemoteFile | None = None

    def stat(self) -> Stat:
        """What it is known by.

        Raises:
            OSError: it went away.
        """
        return self.remote.stat() if self.remote else Stat.from_info(self.path.stat())

    @property
    def size(self) -> int:
        """Bytes; raises as `stat`."""
        return self.stat().size

    def told_from(self, taken: Collection[str]) -> InputFile:
        """This remote file, called by its host too if its name is taken."""
        if self.name not in taken or self.remote is None:
            return self
        return replace(self, name=shown(self.remote.url).partition("://")[2])

    @property
    def suffix(self) -> str:
        """The suffix in lower case, which chooses the reader; that of a packed file is inside."""
        return suffix_of(Path(self.name))

    @property
    def packing(self) -> str:
        """The suffix of what the file is packed by, or nothing."""
        last = Path(self.name).suffix.lower()
        return last if last in PACKED else ""


def added_reader(suffix: str) -> Reader | None:
    """What an extension reads the files of a suffix by, if one does."""
    return None if READERS.source(suffix) == OWN else READERS.get(suffix)


def suffix_of(path: Path) -> str:
    """The suffix of a file in lower case; that before ``.gz`` or ``.zst`` for a packed text."""
    last = path.suffix.lower()
    inner = Path(path.stem).suffix.lower() if last in PACKED else ""
    return inner if inner in _PACKABLE else last


def find_files(
    inputs: Sequence[str],
    notices: list[Diagnostic],
    config_name: str = "",
    exclude: Sequence[str] = (),
) -> list[InputFile]:
    """List the files of all inputs: in the order of the inputs, within each by natural order.

    Of a folder with several configurations the named one is read. ``exclude`` are patterns, as in
    ``.gitignore``, of what below a folder is no input.

    Raises:
        ConfigError: there is no input.
        ReadError: one does not exist, matches nothing or holds no data.
    """
    see_all(inputs)
    if exclude:  # also where no input is a folder, of which it would leave anything out
        ignored_by("exclude", exclude)
    files: dict[Path, InputFile] = {}
    local = [_expand(item, notices, config_name, exclude) for item in inputs if not is_remote(item)]
    common = Path(os.path.commonpath([base for base, _ in local])) if local else Path()
    waiting = iter(local)
    for item in inputs:
        if is_remote(item):
            from sitegen.read.remote.find import find_remote  # noqa: PLC0415 - few inputs are

            taken = {file.name for file in files.values()}
            for file in find_remote(item, notices, config_name):
                files.setdefault(file.path, file.told_from(taken))
            continue
        base, paths = next(waiting)
        for path in paths:
            files[path] = InputFile(path, _relative(path, common), _relative(path, base))
    return list(files.values())


def base_of(item: str) -> Path:
    """The folder that the names of an input's files count from: of a pattern its fixed part."""
    path = Path(item)
    if path.is_dir():
        return path
    if os.path.lexists(path) or not glob.has_magic(item):
        return path.parent
    return next(parent for parent in path.parents if not glob.has_magic(str(parent)))


def folder_of(file: InputFile) -> Path:
    """Give the folder that a file's source counts from."""
    return file.path.parents[file.source.count("/")]


def has_pages(folder: Path, files: Iterable[Path]) -> bool:
    """Whether a folder of these files is one of Markdown."""
    return any(_pages(_data_files(folder, files)))


def see_all(inputs: Sequence[str]) -> None:
    """Look whether all inputs are there; a pattern and an address of elsewhere may be any.

    Raises:
        ConfigError: there is no input.
        ReadError: one is not there.
    """
    if not inputs:
        raise ConfigError("no input", help=without_input())
    for item in inputs:
        if not (is_remote(item) or glob.has_magic(item) or os.path.lexists(item)):
            near = near_address(item) or near_file(Path(item))
            help = near or "check the path of the input"
            raise ReadError("no such file or folder", location=Location(file=item), help=help)


def _expand(
    item: str, notices: list[Diagnostic], config_name: str, exclude: Sequence[str]
) -> tuple[Path, list[Path]]:
    """Give the folder that names count from, and the files."""
    path, base = Path(item), base_of(item)
    if path.is_dir():
        return base, _folder(path, notices, config_name, exclude)
    if os.path.lexists(path):
        return base, [path]
    # Sorted by name below the fixed part, so that the result does not depend on where it lies.
    try:
        matches = list(base.glob(path.relative_to(base).as_posix()))
    except ValueError as error:
        raise ReadError(f"not a pattern: {error}", help="see the input setting") from error
    files = list(authors_own((match for match in matches if not match.is_dir()), base, exclude))
    if not files:
        place = Location(file=item)
        raise ReadError("no file matches", location=place, help="check the pattern of the input")
    return base, sorted(files, key=lambda file: natural_key(_relative(file, base)))


def _folder(
    folder: Path, notices: list[Diagnostic], config_name: str, exclude: Sequence[str]
) -> list[Path]:
    if is_output(folder):
        raise ReadError(
            f"the folder {folder.name} is a site that sitegen built",
            help="name what it was built from",
        )
    skipped: list[Path] = []
    files = _data_files(folder, walk(folder, skipped, exclude))
    notices += [
        Diagnostic(
            "link-skipped",
            Severity.WARNING,
            f"not read because the link leads {why}",
            Location(file=_relative(link, folder)),
            help,
        )
        for link, (why, help) in ((link, why_skipped(link, folder)) for link in skipped)
    ]
    pages = list(_pages(files))
    tables = [file for file in files if suffix_of(file) not in PAGES]
    strong = [file for file in tables if suffix_of(file) not in _AMBIGUOUS]
    if pages and not strong:
        return pages
    by_path = {_relative(file, folder): file for file in strong or tables}
    held = Folder(folder.name, by_path, configs_of(folder / CARD), _columns_of)
    choice = choose_config(held, config_name)
    if choice.others:
        notices.append(choice.told(folder.name))
    tables = list(choice.files)
    formats = sorted({READERS[suffix_of(file)].format for file in tables})
    if len(formats) + bool(pages) > 1:
        kinds = ", ".join([*formats, *(["markdown"] if pages else [])])
        raise ReadError(
            f"the folder {folder.name} holds more than one kind of data: {kinds}",
            help=f"name the files of one kind, for example {folder.name}/*{tables[0].suffix}, or "
            f"leave others out: a line such as *{tables[0].suffix} in {IGNORE_FILE} there",
        )
    if not tables:
        names = (each.name for each in walk(folder, [], exclude))
        raise no_data(folder.name, names, (*PAGES, *READERS))
    return tables


def _columns_of(path: Path) -> list[str] | None:
    from sitegen.read.aside import columns_of  # noqa: PLC0415 - only such folders need it

    return columns_of(InputFile(path, path.name, path.name))


def _data_files(folder: Path, files: Iterable[Path]) -> list[Path]:
    above = len(folder.parts)
    suffixes = frozenset((*PAGES, *READERS))
    # Files and folders that begin with `_` are parts of others, but for Hugo's and Zola's index.
    known = [
        file
        for file in files
        if suffix_of(file) in suffixes
        and not any(part.startswith("_") for part in file.parts[above:-1])
        and (not file.name.startswith("_") or file.stem == "_index")
    ]
    pages = without_sources([*_pages(known)])
    tables = without_indexes([file for file in known if suffix_of(file) not in PAGES])
    kinds = frozenset(map(suffix_of, tables))
    # What a dataset's repository says of itself is not a page of its site.
    is_data = are_notes(folder, pages, kinds, sure=not kinds <= _AMBIGUOUS)
    return tables if is_data else [*pages, *tables]


def _pages(files: Iterable[Path]) -> Iterator[Path]:
    return (file for file in files if suffix_of(file) in PAGES)


def _relative(path: Path, folder: Path) -> str:
    """The path below a folder that it lies in; `Path.relative_to` asks whether it does."""
    return "/".join(path.parts[len(folder.parts) :])
