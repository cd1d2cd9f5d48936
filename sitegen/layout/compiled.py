"""Compiled templates: the last of each name, in this process and beside its own compiled code."""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from sitegen.store.digest import digest
from sitegen.store.whole import draft_of

_DIGEST = 32  # bytes of one, before the code that it is of


class Compiled(jinja2.BytecodeCache):
    """Keeps what Jinja makes of templates, which compares their sources, in a ``folder`` too.

    To compile takes as long as to lay out a small site, and every build, a preview, a page of
    findings and whoever builds twice ask for the same ones again.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Know nothing yet; without a folder it is forgotten with the process."""
        self._folder = folder
        self._known: dict[str, tuple[str, CodeType]] = {}

    def get_source_checksum(self, source: str) -> str:
        """The digest of a source, of Jinja and of what its environment has of ours."""
        return digest(source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket if its template was compiled before."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif self._folder:
            with suppress(OSError):
                kept = _file(self._folder, bucket).read_bytes()
                said, packed = kept[:_DIGEST], kept[_DIGEST:]
                if said == _digest(packed):  # else it is torn: to run that may end the process
                    bucket.bytecode_from_string(packed)
            self._note(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket has; where Python could not leave its own code, this is not left."""
        self._note(bucket)
        if self._folder and not sys.dont_write_bytecode:
            with suppress(OSError), draft_of(_file(self._folder, bucket)) as draft:
                packed = bucket.bytecode_to_string()
                draft.write_bytes(_digest(packed) + packed)

    def _note(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code


def _file(folder: Path, bucket: Bucket) -> Path:
    return folder / f"{bucket.key}.jinja"


def _digest(packed: bytes) -> bytes:
    return sha256(packed, usedforsecurity=False).digest()


OURS = Compiled(Path(cache_from_source(__file__)).parent)
THEIRS = Compiled()
"""A project's own: code in a checkout is not run, for it may have brought any."""
