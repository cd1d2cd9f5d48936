"""The list of the files a build wrote, which makes an output folder ours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path
from sys import intern
from typing import Annotated, Self

import msgspec

from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.store.sha256 import sha256_of, sha256_of_all

_VERSION = 1
_HEAD, _TAIL = b'{"version":%d,"files":{' % _VERSION, b"}}"
_SIZE = 8  # bytes of a number of bytes
_LARGEST = (1 << 63) - 1  # bytes of a file, as a disk counts them
_NO_NAMES = frozenset({"", ".", ".."})
_AT_ONCE = 1_000  # files that are written and checked together
_SUSPECT = ("\\", "\0", "//", "/./", "/../", "\n/", "/\n", "\n./", "\n../", "/.\n", "/..\n",
            "\n\n", "\n.\n", "\n..\n", f"\n{RESERVED}", ".git")  # fmt: skip
"""One of these is in paths, each in a line, if `check_path` has something against one of them."""


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
    """Yield a manifest in pieces: of a large site it is tens of megabytes."""
    yield _HEAD
    comma = ""
    paths = iter(sorted(files))
    while some := list(islice(paths, _AT_ONCE)):
        entries = ",".join([_line(path, files[path]) for path in some])
        yield f"{comma}{entries}".encode()
        comma = ","
    yield _TAIL


def _line(path: str, entry: Entry) -> str:
    sha256, size = entry[:-_SIZE].hex(), int.from_bytes(entry[-_SIZE:])
    return f'{quoted(path)}:{{"sha256":"{sha256}","size":{size}}}'


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


class _Known(msgspec.Struct, gc=False):
    sha256: str
    size: Annotated[int, msgspec.Meta(ge=0, le=_LARGEST)]


class _Manifest(msgspec.Struct):
    version: int
    files: msgspec.Raw


_read_whole = msgspec.json.Decoder(_Manifest).decode
_read_files = msgspec.json.Decoder(dict[str, _Known]).decode


def load_manifest(data: bytes) -> dict[str, Entry]:
    """Read a manifest: files by path. It may be forged, so nothing in it is trusted.

    Raises:
        ValueError: It is not a manifest of this version, or a path in it leads out of the folder.
    """
    try:
        manifest = _read_whole(data)
        if manifest.version != _VERSION:
            raise ValueError(f"version {manifest.version!r} is not known")
        found = _read_files(manifest.files)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("it does not have the form of a manifest") from error
    _check_all(found)
    packed = partial(bytes.__new__, Entry)
    entries = {
        intern(path): packed(bytes.fromhex(each.sha256) + each.size.to_bytes(_SIZE))
        for path, each in found.items()
    }
    if any(len(entry) != len(UNKNOWN) for entry in entries.values()):
        raise ValueError("a file in it has no SHA-256")
    return entries


def _check_all(paths: Iterable[str]) -> None:
    """As `check_path` for each of many paths, nearly all of which are plain.

    Raises:
        ValueError: Naming the first path that is refused.
    """
    rest = iter(paths)
    while some := list(islice(rest, _AT_ONCE)):
        lines = f"\n{chr(10).join(some)}\n".lower()
        if lines.count("\n") != len(some) + 1 or any(each in lines for each in _SUSPECT):
            for path in some:
                check_path(path)
        lines.encode()  # as there


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
