"""Afar: remote input files, read by the workers of a cluster from where they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.read.columns.mapping import Chooser
from sitegen.read.files import InputFile, find_files
from sitegen.read.inputs import OfFile, read_file
from sitegen.read.remote.file import RemoteFile
from sitegen.workers import Map, Part, Step

Afar = tuple[str, str, RemoteFile]
"""Name and source of an input file, and where it is, in which version."""
Columns = tuple[tuple[str, str], ...]
Rows = tuple[list[Chunk], list[Diagnostic]]


def read_there(file: Afar, columns: Columns) -> Rows:
    """Read a file on a worker, which asks its host with the keys of its own environment.

    Raises:
        ReadError: as `read_file`.
    """
    name, source, remote = file
    found: list[Diagnostic] = []
    whole = InputFile(Path(str(remote)), name, source, remote)
    return list(read_file(whole, Chooser(dict(columns), found))), found


READ = Step(read_there, Afar, Columns, Rows)
"""What workers of a cluster do with files."""


def _afar(name: str, source: str, remote: RemoteFile) -> Afar:
    return name, source, remote


def files_afar(config: Config, each: Map) -> OfFile[Chunk]:
    """What gives the chunks of a file: of a remote one those that a worker has read.

    Raises:
        SitegenError: a file is not as it must be.
    """
    files = find_files(config.input, [], config.config_name, config.exclude)
    remotes = [(file, file.remote) for file in files if file.remote]
    given = [
        Part(remote.size, partial(_afar, file.name, file.source, remote))
        for file, remote in remotes
    ]
    read = dict(each(READ, given, tuple(config.columns.items()))) if given else {}
    rows = {file.path: read[number] for number, (file, _) in enumerate(remotes)}

    def of_file(file: InputFile, chooser: Chooser) -> Iterable[Chunk]:
        if file.path not in rows:
            return read_file(file, chooser)
        chunks, found = rows.pop(file.path)
        chooser.notices += [finding for finding in found if chooser.is_news(finding)]
        return chunks

    return of_file
