"""Corpus file: what restoring the headings left behind, kept for the next build of a site."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from sitegen.config import Config
from sitegen.restore import Corpus
from sitegen.stamp import code_version, make_state_folder, state_file

_CRC = 4


class CorpusFile:
    """A corpus in the cache folder; whatever is wrong with the file, it is an empty corpus."""

    def __init__(self, config: Config, *, keep: bool) -> None:
        """Read the corpus, if there is a cache; if not to ``keep`` one, there is none."""
        self.corpus: Corpus | None = None
        self._file = state_file(config.cache, config.output, "headings.bin")
        if self._file is not None and keep:
            self.corpus = _read(self._file) or Corpus()

    def save(self) -> None:
        """Keep the corpus as it is now; the next build does without where that cannot be."""
        if self.corpus is None or self._file is None or not self.corpus.is_new:
            return
        self.corpus.is_new = False
        with suppress(OSError, ValueError):
            kept = replace(self.corpus, want=None)
            data = msgspec.msgpack.encode((code_version(), kept))
            make_state_folder(self._file.parent)
            draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            draft.write_bytes(zlib.crc32(data).to_bytes(_CRC) + data)
            draft.replace(self._file)


def _read(file: Path) -> Corpus | None:
    try:
        if file.is_symlink():
            return None
        data = memoryview(file.read_bytes())
        if zlib.crc32(data[_CRC:]) != int.from_bytes(data[:_CRC]):
            return None
        code, corpus = msgspec.msgpack.decode(data[_CRC:], type=tuple[str, Corpus], dec_hook=_made)
    except (OSError, ValueError, TypeError, msgspec.MsgspecError):
        return None
    is_whole = {page for page, _ in corpus.asked} == corpus.pages.keys()
    return corpus if code == code_version() and is_whole else None


def _made(kind: type[Any], value: object) -> object:
    """Make what msgspec does not know, a dictionary of a kind of its own."""
    return kind(value)
