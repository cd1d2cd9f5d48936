"""Inputs: the one list of what a build reads, for the record, the preview's watcher and the store.

A `Place` is named whether it is there or not: a file that comes is a change like one that goes.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from sitegen.config import ApiConfig, Config
from sitegen.data import data_folder
from sitegen.read.files import PAGES, base_of, find_files, folder_of
from sitegen.read.folders.authored import IGNORE_FILE, walk
from sitegen.read.folders.includes import includes_others
from sitegen.read.remote.file import RemoteFile
from sitegen.store.stat import Stat
from sitegen.urls import is_remote

_SOURCES = (".py", ".pyi")


class Place(Struct, frozen=True):
    """A file, or a folder with all below it, that a build reads or would read if it were there.

    ``files`` lists what is read of it now. It raises a `SitegenError` where reading would, because
    an input is missing or of no known form. A place of another machine has no ``path`` to watch.
    """

    path: Path | None
    is_folder: bool
    files: Callable[[], Iterable[Path | RemoteFile]]


def find_places(config: Config) -> Iterator[Place]:
    """Yield all places that a build under a configuration reads, but for the configuration file."""
    for item in config.input:
        yield from _of_input(item, config.config_name, config.exclude)
    for path in config.inventories.values():
        yield named_file(Path(path))
    yield from api_places(config.api)
    own = (config.theme.logo, config.feeds.social_font)
    for named in (config.toctree, config.redirects, config.version.before, *own):
        if named is not None:
            yield named_file(named)
    if config.dates:
        from sitegen.read.folders.history import history_files  # noqa: PLC0415 - starts programs

        yield from map(named_file, history_files(config.input))
    if config.files is not None:
        yield Place(config.files, True, partial(walk, config.files, []))
    if previous := config.feeds.previous:  # the tables of its chunks; their folder's name varies
        yield Place(previous, True, lambda: sorted(previous.glob("chunk*/*.json")))
    yield from theme_places("templates", config.theme.templates)
    yield from theme_places("static", config.theme.static)


def api_places(api: ApiConfig) -> Iterator[Place]:
    """Yield where the sources of documented packages are, or may come to be."""
    for package in api.packages:
        yield from _of_package(package, api.search_paths)


def theme_places(name: str, own: Path | None) -> Iterator[Place]:
    """Yield the folders of a part of the theme: ours, and the project's own over it."""
    for folder in (data_folder(name), own):
        if folder is not None:
            yield Place(folder, True, partial(walk, folder, []))


def stat_files(places: Iterable[Place]) -> dict[str, Stat]:
    """What the system tells of every file that is there to be read.

    Raises:
        SitegenError: an input is missing or of no known form.
        OSError: a file went away meanwhile.
    """
    files = {str(file): file for place in places for file in place.files()}
    return {
        name: file.stat() if isinstance(file, RemoteFile) else Stat.from_info(file.stat())
        for name, file in files.items()
    }


def stat_theme(name: str, own: Path | None, logo: Path | None = None) -> dict[str, Stat]:
    """The same of a part of the theme, the project's own files over ours, and its logo."""
    logos = [named_file(logo)] if logo else []
    return stat_files([*theme_places(name, own), *logos])


def named_file(path: Path) -> Place:
    """The place of one file, which need not be there."""
    return Place(path, False, lambda: (path,) if path.is_file() else ())


def _of_input(item: str, config_name: str, exclude: Sequence[str]) -> Iterator[Place]:
    """Yield an input: a folder, a pattern below one, or a file, which may include its neighbours.

    What is not there may become a file or a folder; the names of files have a suffix.
    """
    path, files = Path(item), partial(_files_of_input, item, config_name, exclude)
    if is_remote(item):
        yield Place(None, False, partial(_remote_files, item, config_name))
    elif glob.has_magic(item) and not path.exists():
        yield Place(base_of(item), True, files)
    elif path.is_file() or (path.suffix and not path.is_dir()):
        yield Place(path, False, files)
        if path.suffix.lower() in PAGES and includes_others(path):
            yield Place(path.parent, True, tuple)
    else:
        yield Place(path, True, files)


def _files_of_input(item: str, config_name: str, exclude: Sequence[str]) -> Iterable[Path]:
    """List the files of an input; for pages, that is all they may include and show.

    What is left out is no page, and may all the same be a part of one.
    """
    found = find_files([item], [], config_name, exclude)
    files = {file.path: None for file in found}
    pages = [file for file in found if file.suffix in PAGES]
    folder = Path(item)
    if folder.is_dir():
        folders = {folder} if pages else set()
        leaves_out = bool(exclude) or (folder / IGNORE_FILE).is_file()
        whole = leaves_out and any(includes_others(page.path) for page in pages)
    else:
        folders = {folder_of(page) for page in pages if includes_others(page.path)}
        whole = True
    for each in folders:
        files |= dict.fromkeys(walk(each, [], exclude, whole=whole))
        if whole and (each / IGNORE_FILE).is_file():  # it moves no file of a whole folder
            files[each / IGNORE_FILE] = None
    return files


def _remote_files(item: str, config_name: str) -> Iterable[RemoteFile]:
    """The files of a remote input, each known by its version."""
    return [file.remote for file in find_files([item], [], config_name) if file.remote]


def _of_package(name: str, search_paths: Iterable[Path]) -> Iterator[Place]:
    named = [*search_paths]
    for folder in named or [Path(path) for path in sys.path if path]:
        package = folder / name
        modules = [folder / f"{name}{suffix}" for suffix in _SOURCES]
        yield from (named_file(module) for module in modules if named or module.is_file())
        if named or package.is_dir():
            yield Place(package, True, partial(_modules_below, package))


def _modules_below(folder: Path) -> list[Path]:
    return [
        path for path in sorted(folder.rglob("*")) if path.suffix in _SOURCES and path.is_file()
    ]
