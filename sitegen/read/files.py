"""Stage ``read``, first step: the configured inputs -> the files to read, in a fixed order."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sitegen.config.near import near_file
from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.read.configs import choose_config
from sitegen.read.folder import authors_own, is_output, walk
from sitegen.read.mislabelled import HEAD, mislabelled
from sitegen.urls import natural_key

PAGES = (".md", ".mdx", ".markdown")
"""Suffixes of files that are a page each."""

READERS: dict[str, str] = {
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
"""Suffix -> the module of this package whose ``open_table`` reads such a file."""

OPENERS: dict[str, Callable[..., Any]] = {}
"""Suffix -> what opens such a file as a table, of extensions."""

PACKED = (".gz", ".zst")
"""Suffixes of packed files, which are read as what is inside."""

_PACKABLE = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt"})
# Files of these kinds lie about in any folder; they are data only where nothing else is.
_AMBIGUOUS = frozenset({".json", ".csv", ".tsv", ".txt"})


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read; ``name`` (with ``/``) says which one without telling where it lies."""

    path: Path
    name: str
    source: str

    @property
    def suffix(self) -> str:
        """The suffix in lower case, which chooses the reader; that of a packed file is inside."""
        return suffix_of(self.path)

    @property
    def packing(self) -> str:
        """The suffix of what the file is packed by, or nothing."""
        last = self.path.suffix.lower()
        return last if last in PACKED else ""


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
        ReadError: an input does not exist, matches nothing or holds no data.
    """
    found = [_expand(item, notices, config_name, exclude) for item in inputs]
    if not found:
        raise ReadError("no input", help="name a dataset file or a folder of Markdown")
    common = Path(os.path.commonpath([base for base, _ in found]))
    files = {
        path: InputFile(path, _relative(path, common), _relative(path, base))
        for base, paths in found
        for path in paths
    }
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


def open_regular(file: InputFile) -> BinaryIO:
    """Open a regular, non-empty file; pipes and devices are refused without waiting for them.

    Raises:
        ReadError: it cannot be opened, is no regular file or is empty.
    """
    place = Location(file=file.name)
    try:
        # Without O_NONBLOCK opening a pipe waits until somebody writes to it.
        descriptor = os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReadError(
            f"cannot be opened: {reason}", location=place, help="check its permissions"
        ) from error
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and (status.st_size or file.suffix in PAGES):
        stream = os.fdopen(descriptor, "rb")
        # What an extension reads may begin as it likes.
        if file.suffix not in OPENERS and (found := _mislabelled(stream, file)):
            stream.close()
            raise ReadError(found[0], location=place, help=found[1])
        return stream
    os.close(descriptor)
    if stat.S_ISREG(status.st_mode):
        raise ReadError("the file is empty", location=place, help="write or download it again")
    raise ReadError("not a regular file", location=place, help="name a file, not a pipe or device")


def _mislabelled(stream: BinaryIO, file: InputFile) -> tuple[str, str] | None:
    head = stream.read(HEAD)
    stream.seek(0)
    return mislabelled(head, file.suffix, file.packing)


def has_pages(folder: Path, files: Iterable[Path]) -> bool:
    """Whether a folder of these files is one of Markdown."""
    return any(_pages(_data_files(folder, files)))


def _expand(
    item: str, notices: list[Diagnostic], config_name: str, exclude: Sequence[str]
) -> tuple[Path, list[Path]]:
    """Give the folder that names count from, and the files."""
    path, base = Path(item), base_of(item)
    if path.is_dir():
        return base, _folder(path, notices, config_name, exclude)
    if os.path.lexists(path):
        return base, [path]
    if not glob.has_magic(item):
        help = near_file(path) or "check the path of the input"
        raise ReadError("no such file or folder", location=Location(file=item), help=help)
    # Sorted by name below the fixed part, so that the result does not depend on where it lies.
    try:
        matches = list(base.glob(path.relative_to(base).as_posix()))
    except ValueError as error:
        raise ReadError(f"not a pattern: {error}", help="see the input setting") from error
    files = list(authors_own((match for match in matches if not match.is_dir()), base, exclude))
    if not files:
        raise ReadError(f"no file matches {item}", help="check the pattern of the input")
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
            f"not read because the link leads out of {folder.name}",
            Location(file=_relative(link, folder)),
            "name the file or folder it leads to as an input of its own",
        )
        for link in skipped
    ]
    pages = list(_pages(files))
    tables = [file for file in files if suffix_of(file) not in PAGES]
    strong = [file for file in tables if suffix_of(file) not in _AMBIGUOUS]
    if pages and not strong:
        return pages
    choice = choose_config(folder, strong or tables, config_name)
    if choice.others:
        notices.append(choice.told(folder))
    tables = list(choice.files)
    formats = sorted({READERS[suffix_of(file)] for file in tables})
    if len(formats) + bool(pages) > 1:
        kinds = ", ".join([*formats, *(["markdown"] if pages else [])])
        raise ReadError(
            f"the folder {folder.name} holds more than one kind of data: {kinds}",
            help=f"name the files of one kind, for example {folder.name}/*{tables[0].suffix}",
        )
    if not tables:
        raise ReadError(
            f"the folder {folder.name} holds neither Markdown nor dataset files",
            help=f"known: {', '.join((*PAGES, *READERS))}",
        )
    return tables


def _data_files(folder: Path, files: Iterable[Path]) -> list[Path]:
    above = len(folder.parts)
    suffixes = frozenset((*PAGES, *READERS))
    # Files and folders that begin with `_` are parts of others.
    known = [
        file
        for file in files
        if suffix_of(file) in suffixes
        and not any(part.startswith("_") for part in file.parts[above:])
    ]
    strong = {*READERS} - _AMBIGUOUS
    if any(suffix_of(file) in strong for file in known):
        # The card of a dataset repository is not a page of its site.
        card = folder / "README.md"
        pages = [file for file in known if suffix_of(file) in PAGES]
        known = [file for file in known if pages != [card] or file != card]
    return known


def _pages(files: Iterable[Path]) -> Iterator[Path]:
    return (file for file in files if suffix_of(file) in PAGES)


def _relative(path: Path, folder: Path) -> str:
    """The path below a folder that it lies in; `Path.relative_to` asks whether it does."""
    return "/".join(path.parts[len(folder.parts) :])
