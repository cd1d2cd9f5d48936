"""Beside: what stands beside pages in folders of them: their order, their pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sitegen.limits.files import real
from sitegen.read.files import has_pages
from sitegen.read.folders.authored import walk
from sitegen.read.folders.pages import assets
from sitegen.urls import is_remote


def find_below(
    inputs: Sequence[str], stem: str, ids: Iterable[str], exclude: Sequence[str] = ()
) -> Iterator[tuple[str, Path]]:
    """Yield the files ``stem.yml`` that stand in folders of pages: the folder's path, the file.

    Outer folders come first; "" is the top of an input. ``ids`` are those of the documents.
    """
    inner = {page.rpartition("/")[0] for page in ids}  # pages are many, folders few
    folders = {"", *inner, *(part for folder in inner for part in _above(folder))}
    order = sorted(folders, key=lambda folder: (folder.count("/") + bool(folder), folder))
    for root in _of_this_disk(inputs):
        found = [(folder, path) for folder in order if (path := _named(root, folder, stem))]
        if found and has_pages(root, walk(root, [], exclude)):
            yield from found


def _of_this_disk(inputs: Sequence[str]) -> Iterator[Path]:
    return (Path(item) for item in inputs if not is_remote(item))


def _above(folder: str) -> Iterator[str]:
    """Yield the folders that a folder is in, the top ("") too."""
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def find_toctree(inputs: Sequence[str], exclude: Sequence[str] = ()) -> Path | None:
    """Find the ``_toctree.yml`` at the top of the first Markdown folder that has one."""
    return next((path for _, path in find_below(inputs, "_toctree", (), exclude)), None)


def _named(root: Path, folder: str, stem: str) -> Path | None:
    for name in (f"{stem}.yml", f"{stem}.yaml"):
        path = root / folder / name
        if path.is_file() and real(path).is_relative_to(real(root)):
            return path
    return None


def find_assets(inputs: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[tuple[str, Path]]:
    """Yield what Markdown folders hold besides pages, as relative path with ``/`` and file."""
    for folder in _of_this_disk(inputs):
        files = list(walk(folder, [], exclude)) if folder.is_dir() else []
        if has_pages(folder, files):
            yield from assets(folder, files)
