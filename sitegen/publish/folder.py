"""Publish to ``file:///srv/www``: the writer's atomic swap, with the built site as its input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec.structs import replace

from sitegen.errors import ConfigError, Location, PublishError
from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan, Remote
from sitegen.publish.target import Target
from sitegen.workers.progress import Progress
from sitegen.write.listing import has_leavings
from sitegen.write.manifest import load_manifest
from sitegen.write.output import open_output
from sitegen.write.place import disk_errors


@contextmanager
def open_publisher(target: Target) -> Iterator[Folder]:
    """Take an absolute path of this machine.

    Raises:
        ConfigError: The address names a host or a relative path.
    """
    if target.host not in {"", "localhost"} or not target.path.startswith("/"):
        raise ConfigError(
            f"not a folder of this machine: {target.text!r}", help="write file:///srv/www/docs"
        )
    yield Folder(Path(target.path))


class Folder:
    """A folder that a web server reads; it changes in one step."""

    host = "none"

    def __init__(self, folder: Path) -> None:
        """Name the folder; it need not exist."""
        self._folder = folder

    def look(self) -> Remote:
        """List what is there.

        Raises:
            PublishError: It cannot be read, or its manifest is damaged.
        """
        try:
            files = {
                path.relative_to(self._folder).as_posix(): path.stat().st_size
                for path in sorted(self._folder.rglob("*"))
                if path.is_file()
                and not path.relative_to(self._folder).as_posix().startswith(RESERVED)
            }
            held = Remote(files, has_leavings=has_leavings(self._folder), adopts=False)
            file = self._folder / MANIFEST
            return (
                replace(held, manifest=load_manifest(file.read_bytes())) if file.exists() else held
            )
        except (OSError, ValueError) as error:
            raise PublishError(
                f"cannot be read: {error}", location=Location(file=str(self._folder))
            ) from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Swap the folder for the new site; foreign files in it stay, of a removed one them alone.

        Raises:
            WriteError: The folder cannot be written; the old site is still there.
        """
        uploads = plan.uploads
        with open_output(self._folder, protect=[site.folder], durable=True) as output:
            for path in sorted(site.files):
                output.write(OutputFile(path, site.read(path)))
                progress.step(path in uploads)
            kept = output.publish().kept
            if plan.is_removal:
                with disk_errors(self._folder, state="nothing but the manifest is left"):
                    (self._folder / MANIFEST).unlink(missing_ok=True)
        if plan.is_removal:
            with suppress(OSError):  # not empty, or not ours to take away
                self._folder.rmdir()
        said = f" (somebody's work there was left: {', '.join(kept)})" if kept else ""
        return f"{self._folder}{said}"
