"""Stage ``read``, first step: the configured inputs -> the files to read, in a fixed order."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.urls import natural_key

PAGES = (".md", ".mdx")
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
        """The suffix in lower case, which chooses the reader."""
        return self.path.suffix.lower()


def find_files(inputs: Sequence[str], notices: list[Diagnostic]) -> list[InputFile]:
    """List the files of all inputs: in the order of the inputs, within each by natural order.

    Raises:
        ReadError: an input does not exist, matches nothing or holds no data.
    """
    found = [_expand(item, notices) for item in inputs]
    if not found:
        raise ReadError("no input", help="name a dataset file or a folder of Markdown")
    common = Path(os.path.commonpath([base for base, _ in found]))
    files = {
        path: InputFile(path, _relative(path, common), _relative(path, base))
        for base, paths in found
        for path in paths
    }
    return list(files.values())


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
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISREG(status.st_mode):
        raise ReadError("the file is empty", location=place, help="write or download it again")
    raise ReadError("not a regular file", location=place, help="name a file, not a pipe or device")


def markdown_folders(inputs: Sequence[str]) -> Iterator[Path]:
    """Yield the inputs that are folders of Markdown."""
    for item in inputs:
        folder = Path(item)
        if folder.is_dir() and any(_has_pages(_data_files(folder, []))):
            yield folder


def walk(folder: Path, skipped: list[Path]) -> Iterator[Path]:
    """Yield the files of a folder in natural order; hidden ones and links that lead out stay out.

    Links that lead out of the folder are put into ``skipped``.
    """
    root = folder.resolve()
    files: list[tuple[str, bool]] = []
    waiting = [""]
    for at in waiting:
        try:
            entries = list(os.scandir(folder / at))
        except OSError:
            continue
        for entry in entries:
            name = at + entry.name
            if entry.name.startswith("."):
                continue
            if not entry.is_dir():
                files.append((name, entry.is_symlink()))
            elif entry.is_symlink():
                skipped.append(folder / name)
            else:
                waiting.append(f"{name}/")
    for name, is_link in sorted(files, key=lambda file: natural_key(file[0])):
        path = folder / name
        if is_link and not path.resolve().is_relative_to(root):
            skipped.append(path)
        elif path.is_file():
            yield path


def _expand(item: str, notices: list[Diagnostic]) -> tuple[Path, list[Path]]:
    """Give the folder that names count from, and the files."""
    path = Path(item)
    if path.is_dir():
        return path, _folder(path, notices)
    if os.path.lexists(path):
        return path.parent, [path]
    if not glob.has_magic(item):
        raise ReadError(f"no such file or folder: {item}", help="check the path of the input")
    # Sorted by name below the fixed part, so that the result does not depend on where it lies.
    base = next(parent for parent in path.parents if not glob.has_magic(str(parent)))
    try:
        matches = list(base.glob(path.relative_to(base).as_posix()))
    except ValueError as error:
        raise ReadError(f"not a pattern: {error}", help="see the input setting") from error
    files = [
        match
        for match in matches
        if not match.is_dir() and not any(p.startswith(".") for p in match.relative_to(base).parts)
    ]
    if not files:
        raise ReadError(f"no file matches {item}", help="check the pattern of the input")
    return base, sorted(files, key=lambda file: natural_key(_relative(file, base)))


def _folder(folder: Path, notices: list[Diagnostic]) -> list[Path]:
    skipped: list[Path] = []
    files = _data_files(folder, skipped)
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
    pages = list(_has_pages(files))
    tables = [file for file in files if file.suffix.lower() not in PAGES]
    strong = [file for file in tables if file.suffix.lower() not in _AMBIGUOUS]
    if pages and not strong:
        return pages
    tables = strong or tables
    formats = sorted({READERS[file.suffix.lower()] for file in tables})
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


def _data_files(folder: Path, skipped: list[Path]) -> list[Path]:
    files = [file for file in walk(folder, skipped) if not file.name.startswith("_")]
    known = [file for file in files if file.suffix.lower() in (*PAGES, *READERS)]
    strong = {*READERS} - _AMBIGUOUS
    if any(file.suffix.lower() in strong for file in known):
        # The card of a dataset repository is not a page of its site.
        card = folder / "README.md"
        pages = [file for file in known if file.suffix.lower() in PAGES]
        known = [file for file in known if pages != [card] or file != card]
    return known


def _has_pages(files: Sequence[Path]) -> Iterator[Path]:
    return (file for file in files if file.suffix.lower() in PAGES)


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
