"""Publish: the built site as its manifest lists it - nothing else of the folder is ever sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from sitegen.errors import Location, PublishError
from sitegen.limits.files import read_regular
from sitegen.model.own_names import MANIFEST
from sitegen.write.manifest import Entry, dump_manifest, load_manifest

_LARGEST = 4 << 30  # bytes of a file of a site


class LocalSite(Struct, frozen=True):
    """A folder that a build wrote; ``files`` are those of its manifest."""

    folder: Path
    files: Mapping[str, Entry]

    @property
    def manifest(self) -> bytes:
        """The bytes of the manifest as every target gets it."""
        return dump_manifest(self.files)

    @property
    def size(self) -> int:
        """The size of the whole site."""
        return sum(entry.size for entry in self.files.values())

    def read(self, path: str) -> bytes:
        """Read a file as it was built.

        Raises:
            PublishError: It is gone, or somebody edited it since.
        """
        try:
            data = read_regular(self.folder / path, _LARGEST)
        except OSError as error:
            raise self._refused(path, f"cannot be read: {error.strerror}") from error
        if Entry.of(data) != self.files[path]:
            raise self._refused(path, "was changed after the build")
        return data

    def check(self) -> None:
        """Read all files once, so that no publish begins that could not end.

        Raises:
            PublishError: A file is not as it was built.
        """
        for path in sorted(self.files):
            self.read(path)

    def _refused(self, path: str, reason: str) -> PublishError:
        return PublishError(
            reason, location=Location(file=path), help="build again, then publish; nothing was sent"
        )


def open_site(folder: Path) -> LocalSite:
    """Read the manifest of a built site.

    Raises:
        PublishError: The folder is not a site that a build wrote.
    """
    try:
        return LocalSite(folder, load_manifest(read_regular(folder / MANIFEST, _LARGEST)))
    except (OSError, ValueError) as error:
        raise PublishError(
            "is not a site that sitegen built",
            location=Location(file=folder.name),
            help="run `sitegen build` first, or name the site with --site",
        ) from error
