"""Corpus file: what the texts of a site told, kept for its next build."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from sitegen.config import Config
from sitegen.memory import Memory
from sitegen.object_index import STAGE, Scanned
from sitegen.restore import Corpus
from sitegen.stamp import code_version, make_state_folder, state_file

_CRC = 4
_Scans = dict[str, tuple[tuple[bytes, str], Scanned]]


class CorpusFile:
    """A corpus and its index of objects; whatever is wrong with the file, both begin anew.

    There is no ``corpus`` where none is to be kept.
    """

    def __init__(self, config: Config, *, keep: bool) -> None:
        """Read the file, if there is a cache; if not to ``keep`` one, there is none."""
        self.corpus: Corpus | None = None
        self.memory = Memory()
        is_asked = keep and config.restore.headings
        self._file = state_file(config.cache, config.output, "corpus.bin") if is_asked else None
        if self._file is not None:
            self.corpus, scans = _read(self._file) or (Corpus(), {})
            self.memory.load(STAGE, scans)

    def save(self) -> None:
        """Keep all as it is now; the next build does without where that cannot be."""
        if self._file is None or self.corpus is None or not self.corpus.is_new:
            return
        self.corpus.is_new = False
        with suppress(OSError, ValueError):
            corpus = replace(self.corpus, ahead=None)
            data = msgspec.msgpack.encode((code_version(), corpus, self.memory.used(STAGE)))
            make_state_folder(self._file.parent)
            draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            draft.write_bytes(zlib.crc32(data).to_bytes(_CRC) + data)
            draft.replace(self._file)


def _read(file: Path) -> tuple[Corpus, _Scans] | None:
    try:
        if file.is_symlink():
            return None
        data = memoryview(file.read_bytes())
        if zlib.crc32(data[_CRC:]) != int.from_bytes(data[:_CRC]):
            return None
        kind = tuple[str, Corpus, _Scans]
        code, corpus, scans = msgspec.msgpack.decode(data[_CRC:], type=kind, dec_hook=_made)
    except (OSError, ValueError, TypeError, msgspec.MsgspecError):
        return None
    is_whole = {page for page, _ in corpus.asked} == corpus.pages.keys()
    return (corpus, scans) if code == code_version() and is_whole else None


def _made(kind: type[Any], value: object) -> object:
    """Make what msgspec does not know, a dictionary of a kind of its own."""
    return kind(value)
