"""The list of the files a build wrote, which makes an output folder ours."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from sys import intern
from typing import Self

from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.store.sha256 import sha256_of, sha256_of_all

_VERSION = 1
_HEAD, _TAIL = b'{"version":%d,"files":{' % _VERSION, b"}}"
_SIZE = 8  # bytes of a number of bytes
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NO_NAMES = frozenset({"", ".", ".."})


class Entry(bytes):
    """What the bytes of a file are known by: SHA-256 and their number, packed: files are many."""

    __slots__ = ()

    def __new__(cls, sha256: str, size: int) -> Self:
        """Pack a digest in hexadecimal and a number of bytes."""
        return super().__new__(cls, bytes.fromhex(sha256) + size.to_bytes(_SIZE))

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Describe the bytes of a file."""
        return cls(sha256_of(data), len(data))

    @property
    def sha256(self) -> str:
        """SHA-256 in hexadecimal."""
        return self[:-_SIZE].hex()

    @property
    def size(self) -> int:
        """The number of bytes."""
        return int.from_bytes(self[-_SIZE:])


UNKNOWN = Entry("00" * 32, 0)
"""The entry of a file of which nothing is known."""


def dump_manifest(files: Mapping[str, Entry]) -> bytes:
    """Serialise a manifest; the bytes depend on the files alone (sorted, no time, no machine)."""
    return b"".join(_pieces(files))


def digest(files: Mapping[str, Entry]) -> str:
    """Digest names and bytes of a site: equal for equal sites, wherever they are."""
    return sha256_of_all(_pieces(files))


def _pieces(files: Mapping[str, Entry]) -> Iterator[bytes]:
    """Yield a manifest file by file: of a large site it is tens of megabytes."""
    yield _HEAD
    comma = ""
    for path in sorted(files):
        entry = files[path]
        line = f'{comma}{json.dumps(path)}:{{"sha256":"{entry.sha256}","size":{entry.size}}}'
        yield line.encode()
        comma = ","
    yield _TAIL


def is_torn(data: bytes, whole: bytes = b"") -> bool:
    """Whether nothing is in some bytes but a beginning of ``whole`` and zeros.

    That is what a power cut leaves of a file, and nobody's work.
    """
    return whole.startswith(data.rstrip(b"\0"))


def is_torn_manifest(data: bytes) -> bool:
    """Whether bytes are a beginning of a manifest, with zeros in the place of the rest."""
    begun = data.rstrip(b"\0")
    return is_torn(begun[: len(_HEAD)], _HEAD) and not begun.endswith(_TAIL)


def is_manifest_whole(file: Path) -> bool:
    """Whether a manifest is there to its end; it is not read for that.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as manifest:
        manifest.seek(-min(len(_TAIL), manifest.seek(0, os.SEEK_END)), os.SEEK_END)
        return manifest.read() == _TAIL


def load_manifest(data: bytes) -> dict[str, Entry]:
    """Read a manifest: files by path. It may be forged, so nothing in it is trusted.

    Raises:
        ValueError: It is not a manifest of this version, or a path in it leads out of the folder.
    """
    try:
        manifest = json.loads(data)
        if manifest["version"] != _VERSION:
            raise ValueError(f"version {manifest['version']!r} is not known")
        found = {path: (e["sha256"], e["size"]) for path, e in manifest["files"].items()}
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("it does not have the form of a manifest") from error
    return {intern(path): _entry(path, *known) for path, known in found.items()}


def _entry(path: str, sha256: object, size: object) -> Entry:
    check_path(path)
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise ValueError(f"{path!r} has no SHA-256")
    if not isinstance(size, int) or not 0 <= size < 1 << 8 * _SIZE:
        raise ValueError(f"{path!r} has no size")
    return Entry(sha256, size)


def check_path(path: str) -> None:
    """Refuse a path that is not plainly inside the output folder or takes a name that is not free.

    Raises:
        ValueError: Naming the path; a stage that hands on such a path has a bug.
    """
    if not _NO_NAMES.isdisjoint(path.split("/")) or "\\" in path or "\0" in path:
        raise ValueError(f"not a path inside the output folder: {path!r}")
    lower = path.lower()
    if path.startswith(RESERVED) or (".git" in lower and ".git" in lower.split("/")):
        raise ValueError(f"not a name that a site may use: {path!r}")
    path.encode()  # a lone surrogate is a UnicodeEncodeError, which is a ValueError


def outside_of_sites(paths: Iterable[str]) -> list[str]:
    """The paths of a folder that are not in a site of ours in a folder below it."""
    paths = list(paths)
    sites = {path.removesuffix(f"/{MANIFEST}") for path in paths if path.endswith(f"/{MANIFEST}")}
    return [path for path in paths if sites.isdisjoint(parents(path))]


def parents(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, nearest first, without the top."""
    while path := path.rpartition("/")[0]:
        yield path
