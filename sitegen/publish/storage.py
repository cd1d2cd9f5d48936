"""Publish to ``s3://bucket/folder`` and ``gs://bucket/folder``: objects with their headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TypeVar

import pyarrow as pa
from pyarrow import fs

from sitegen.errors import ConfigError, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish.local_site import LocalSite
from sitegen.publish.media import cache_control, content_type
from sitegen.publish.plan import Plan, Remote, manifest_files
from sitegen.publish.retries import retried
from sitegen.publish.target import Target
from sitegen.safe_urls import redacted
from sitegen.store.bucket import DENIED, bucket_files
from sitegen.workers.progress import Progress
from sitegen.write.manifest import load_manifest, parents

_UPLOADS = 8  # at a time
_T = TypeVar("_T")


@contextmanager
def open_publisher(target: Target) -> Iterator[Storage]:
    """Reach a bucket; keys and endpoint come from the environment (``AWS_*``, ``GOOGLE_*``).

    Raises:
        ConfigError: No bucket is named, or an endpoint is not an address.
    """
    if not target.host:
        raise ConfigError(
            f"no bucket in {target.text!r}", help=f"write {target.scheme}://bucket/folder"
        )
    # Ours are the retries; the library's own would multiply them to minutes.
    yield Storage(
        bucket_files(target.scheme), f"{target.host}{target.path}".strip("/"), target.text
    )


class Storage:
    """A bucket, or a folder of one.

    There is no swap of many objects. So files are replaced in an order in which every page that is
    served, old or new, finds what it needs.
    """

    host = "none"

    def __init__(self, filesystem: fs.FileSystem, root: str, name: str) -> None:
        """Take any file system of pyarrow; ``root`` is the folder in it."""
        self._fs, self._root, self._name = filesystem, root, name

    def look(self) -> Remote:
        """List the objects and read the manifest.

        Raises:
            PublishError: The bucket is missing or cannot be read, or the manifest is damaged.
        """
        bucket, _, folder = self._root.partition("/")
        # A folder need not exist, its bucket must.
        if folder and self._try(lambda: self._is_missing(bucket), "asking for the bucket"):
            raise PublishError(f"there is no bucket {bucket!r}", help="create it first")
        files = {
            info.path[len(self._root) + 1 :]: info.size
            for info in self._list()
            if info.type == fs.FileType.File
        }
        if files.pop(MANIFEST, None) is None:
            return Remote(files)
        try:
            return Remote(files, load_manifest(self._try(self._manifest, "reading the manifest")))
        except ValueError as error:
            raise PublishError(
                f"the target's {MANIFEST} is damaged: {error}",
                help="delete it on the target, then publish with --adopt",
            ) from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Send in steps, each begun when the one before is done.

        Raises:
            PublishError: The network or the host fails; a second publish completes this one.
        """

        def upload(path: str) -> None:
            self._put(path, site.read(path))
            progress.step()

        def delete(path: str) -> None:
            self._delete(self._fs.delete_file, f"{self._root}/{path}")
            progress.step()

        self._put(*manifest_files(plan.interim))
        with ThreadPoolExecutor(_UPLOADS) as pool:
            for phase in plan.phases:
                _all(pool, upload, phase)
            for removal in plan.removals:
                _all(pool, delete, removal)
        if plan.is_removal:
            self._delete(self._fs.delete_file, f"{self._root}/{MANIFEST}")
        if plan.gone:
            self._tidy(plan.gone)
        if not plan.is_removal:
            self._put(*manifest_files(site.files))
        return self._name

    def _list(self) -> list[fs.FileInfo]:
        selector = fs.FileSelector(self._root, recursive=True, allow_not_found="/" in self._root)
        return self._try(lambda: self._fs.get_file_info(selector), "listing the target")

    def _tidy(self, gone: Iterable[str]) -> None:
        """Delete the folders that are left empty: objects without bytes, which S3 would serve.

        pyarrow makes them above each file that it deletes, so that the folder stays.
        """
        above = {f"{self._root}/{folder}" for path in gone for folder in parents(path)}
        if "/" in self._root:
            above.add(self._root)
        found = self._list()
        full = {up for info in found if info.type == fs.FileType.File for up in parents(info.path)}
        empty = ({info.path for info in found} | {self._root}) & above - full
        for folder in sorted(empty):
            if empty.isdisjoint(parents(folder)):
                self._delete(self._fs.delete_dir, folder)

    def _is_missing(self, bucket: str) -> bool:
        try:
            return bool(self._fs.get_file_info(bucket).type == fs.FileType.NotFound)
        except OSError as error:
            if DENIED.search(str(error)):
                return False  # keys for one folder may not ask; listing that tells
            raise

    def _manifest(self) -> bytes:
        with self._fs.open_input_stream(f"{self._root}/{MANIFEST}") as stream:
            data: bytes = stream.read()
            return data

    def _put(self, path: str, data: bytes) -> None:
        headers = {"Content-Type": content_type(path), "Cache-Control": cache_control(path)}

        def put() -> None:
            with self._fs.open_output_stream(f"{self._root}/{path}", metadata=headers) as stream:
                stream.write(data)

        self._try(put, f"sending {path}")

    def _delete(self, call: Callable[[str], None], path: str) -> None:
        def delete() -> None:
            with suppress(FileNotFoundError):  # an earlier try had done it
                call(path)

        self._try(delete, f"deleting {path}")

    def _try(self, call: Callable[[], _T], what: str) -> _T:
        def checked() -> _T:
            try:
                return call()
            except pa.ArrowException as error:
                raise OSError(str(error)) from error
            except OSError as error:
                if DENIED.search(str(error)):
                    raise PublishError(
                        f"{what} is not allowed: {redacted(str(error))}",
                        help="use keys that may list, read, write and delete there: docs/publish",
                    ) from error
                raise

        return retried(checked, what=what)


def _all(pool: ThreadPoolExecutor, call: Callable[[str], None], paths: Iterable[str]) -> None:
    """Call for all paths; on the first failure what has not begun is dropped."""
    waiting = [pool.submit(call, path) for path in paths]
    try:
        for future in waiting:
            future.result()
    finally:
        for future in waiting:
            future.cancel()
