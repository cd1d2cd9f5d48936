"""Publish to ``zip:site.zip``: one archive, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import ConfigError, Location, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan, Remote, manifest_files
from sitegen.publish.target import Target
from sitegen.store.whole import draft_of
from sitegen.workers.progress import Progress
from sitegen.write.manifest import load_manifest

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can state
_MODE = 0o100644 << 16
_MANIFEST_LIMIT = 1 << 28  # bytes; a forged archive must not unpack to more


@contextmanager
def open_publisher(target: Target) -> Iterator[Archive]:
    """Take the path after ``zip:`` as the file to write.

    Raises:
        ConfigError: it names no file.
    """
    file = Path(target.host + target.path).absolute()
    if not (target.host + target.path) or file.is_dir():
        raise ConfigError(f"no name of a file in {target.text!r}", help="write zip:site.zip")
    yield Archive(file)


class Archive:
    """A zip file; it is written beside its place and moved there whole."""

    host = "none"

    def __init__(self, file: Path) -> None:
        """Name the file; it need not exist."""
        self._file = file

    def look(self) -> Remote:
        """List an archive of an earlier publish.

        Raises:
            PublishError: The file is there and is not such an archive.
        """
        try:
            with zipfile.ZipFile(self._file) as archive:
                files = {i.filename: i.file_size for i in archive.infolist() if not i.is_dir()}
                if files.pop(MANIFEST, _MANIFEST_LIMIT) < _MANIFEST_LIMIT:
                    return Remote(files, load_manifest(archive.read(MANIFEST)), adopts=False)
                return Remote(files, adopts=False)
        except FileNotFoundError:
            return Remote()
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise PublishError(
                f"is not an archive of a site: {error}",
                location=Location(file=self._file.name),
                help="name a new file",
            ) from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Write all files, sorted by name.

        Raises:
            PublishError: The disk refuses, or the archive that is there holds foreign files.
        """
        if foreign := sorted(plan.remote.files.keys() - site.files.keys() - set(plan.deleted)):
            raise PublishError(
                f"holds files that are not ours: {', '.join(foreign[:3])}",
                location=Location(file=self._file.name),
                help="name a new file",
            )
        uploads = plan.uploads
        try:
            if plan.is_removal:
                self._file.unlink(missing_ok=True)
                return str(self._file)
            with (
                draft_of(self._file, durable=True) as draft,
                zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
            ):
                name, data = manifest_files(site.files)
                archive.writestr(_entry(name), data)
                for path in sorted(site.files):
                    archive.writestr(_entry(path), site.read(path))
                    progress.step(path in uploads)
        except OSError as error:
            raise PublishError(
                f"cannot be written: {error.strerror}", location=Location(file=self._file.name)
            ) from error
        return str(self._file)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _MODE, 3
    return info
