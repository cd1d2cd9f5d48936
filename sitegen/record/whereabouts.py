"""Whereabouts: what findings call the files of a build -> paths that open where one stands.

Findings name files as counted from the input's folder, so that a site does not tell where on
somebody's disk it was built. People and code hosts need another name: that from here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from sitegen.config import Config
from sitegen.errors import Diagnostic, Location, SitegenError
from sitegen.limits.files import real
from sitegen.read.files import base_of


class Whereabouts:
    """Finds files by what findings call them."""

    def __init__(self, config: Config, start: Path, *, linked: bool = True) -> None:
        """Give paths as they open in the folder ``start``.

        Not ``linked``: those of the files themselves, as a checkout knows them.
        """
        folders, start = tuple(dict.fromkeys(_folders(config))), start.absolute()

        @cache
        def find(name: str) -> str:
            paths = (folder / name for folder in folders)
            found = next(filter(os.path.lexists, paths), None)  # a link to nowhere is there too
            if found is None and ("\0" in name or not Path(name).is_absolute()):
                return name  # of no file
            path = found or Path(name)
            own, top = real(path), real(start)
            if not linked and own.is_relative_to(top):
                return own.relative_to(top).as_posix()
            return _from(start, path)

        self._find = find

    def of(self, place: Location) -> Location:
        """The same place by the path of its file; the name stays where there is no such file."""
        return replace(place, file=self._find(place.file)) if place.file else place

    def of_each(self, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The same findings, each with its place."""
        return tuple(replace(found, location=self.of(found.location)) for found in findings)

    @contextmanager
    def of_errors(self) -> Iterator[None]:
        """Give the errors of a block their places."""
        try:
            yield
        except SitegenError as error:
            error.location = self.of(error.location)
            raise


def checkout(folder: Path) -> Path:
    """The folder of the checkout that a folder is in; itself if it is in none."""
    return next((p for p in (folder, *folder.parents) if (p / ".git").exists()), folder)


def _folders(config: Config) -> Iterator[Path]:
    """Yield the folders that names may count from, in the order in which they do."""
    bases = [base_of(item) for item in config.input]
    if bases:
        yield Path(os.path.commonpath(bases))
    yield from bases
    yield from (base.parent for base in bases)
    yield from (path.parent for path in (config.toctree, config.redirects) if path)
    theme = config.theme
    yield from (path for path in (config.files, theme.templates, theme.static) if path)


def _from(start: Path, path: Path) -> str:
    """The shorter of the two paths that lead to a file from a folder."""
    around = os.path.relpath(path, start)
    whole = str(path)
    return (around if path.is_relative_to(start) or len(around) < len(whole) else whole).replace(
        os.sep, "/"
    )
