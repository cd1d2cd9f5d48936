"""Stage ``read``: a folder of doc-builder Markdown -> one chunk per file, and its assets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.read.files import PAGES, InputFile, folder_of
from sitegen.read.folders.authored import FOR_HOSTS
from sitegen.read.folders.includes import expand
from sitegen.read.folders.titles import with_headings
from sitegen.read.text import TEXT_LIMIT, Repairs, clean, valid

_NO_ASSETS = frozenset({*PAGES, ".yml", ".yaml", ".toml", ".parquet", ".py"})


def read_page(stream: BinaryIO, file: InputFile, notices: list[Diagnostic]) -> Iterator[Chunk]:
    """Yield the whole file as one chunk; its source is the path below the folder."""
    repairs = Repairs(file.name)
    # Four bytes more than the limit, so that a longer file is seen to be longer.
    text = stream.read(TEXT_LIMIT + 4).decode("utf-8", errors="surrogateescape")
    text = clean(text, None, repairs)[0]
    text, origins = expand(text, file.path, folder_of(file), file.name, notices)
    if file.path.suffix.lower() == ".rst":
        text = with_headings(text)
    yield Chunk(
        source=valid(file.source, None, repairs),
        text=clean(text, None, repairs)[0],
        file=file.name,
        row=None,
        origins=origins,
    )
    notices += repairs.notices()


def assets(folder: Path, files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield those of a folder's files that are no pages, by their names: images and downloads."""
    for path in files:
        name = "/".join(path.parts[len(folder.parts) :])
        is_ours = path.name.startswith("_") and name not in FOR_HOSTS
        if not is_ours and path.suffix.lower() not in _NO_ASSETS:
            yield name, path
