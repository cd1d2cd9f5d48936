"""Corpus file: what the texts of a site told, kept for its next build."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from sitegen.config import Config
from sitegen.feeds.provenance import CHUNKS
from sitegen.model.objects import Mentions
from sitegen.plan.jobs import DIGEST
from sitegen.plan.object_index import INDEX, Scanned
from sitegen.plan.references import MENTIONS
from sitegen.restore import Corpus
from sitegen.store.memory import Memory
from sitegen.store.stamp import code_version, state_file, write_state

_CRC = 4


@dataclass(slots=True)
class _Kept:
    """What is in the file; the tables are named as the stages of a memory.

    ``index`` was made of documents as they were gathered, by their digests, and the others of the
    restored documents of the corpus.
    """

    code: str
    corpus: Corpus = field(default_factory=Corpus)
    index: dict[str, tuple[tuple[bytes, str], Scanned]] = field(default_factory=dict)
    mentions: dict[str, Mentions] = field(default_factory=dict)
    digest: dict[str, str] = field(default_factory=dict)
    chunks: dict[str, tuple[str, ...]] = field(default_factory=dict)


_OF_DOCUMENTS = (MENTIONS, DIGEST, CHUNKS)


class CorpusFile:
    """A corpus, and a memory of what was made of its documents; ``None`` if none is to be kept.

    Whatever is wrong with the file, both begin anew.
    """

    def __init__(self, config: Config, *, keep: bool) -> None:
        """Read the file, if there is a cache; if not to ``keep`` one, there is none."""
        self.corpus: Corpus | None = None
        self.memory: Memory | None = None
        is_asked = keep and config.restore.headings
        self._file = state_file(config.cache, config.output, "corpus.bin") if is_asked else None
        if self._file is not None:
            kept = _read(self._file) or _Kept("")
            self.corpus, self.memory = kept.corpus, Memory()
            self.memory.load(INDEX, kept.index)
            for stage in _OF_DOCUMENTS:
                made, pages = getattr(kept, stage), kept.corpus.pages
                self.memory.load(stage, {id: (pages[id].restored, made[id]) for id in made})

    def save(self) -> None:
        """Keep all as it is now; the next build does without where that cannot be."""
        file, corpus, memory = self._file, self.corpus, self.memory
        if file is None or corpus is None or memory is None or not corpus.is_new:
            return
        corpus.is_new = False
        made = {stage: _made_of(corpus, memory.used(stage)) for stage in _OF_DOCUMENTS}
        kept = _Kept(code_version(), replace(corpus, ahead=None), memory.used(INDEX), **made)
        with suppress(OSError, ValueError):
            data = msgspec.msgpack.encode(kept)
            write_state(file, zlib.crc32(data).to_bytes(_CRC) + data)


def _made_of(corpus: Corpus, used: Mapping[str, tuple[object, Any]]) -> dict[str, Any]:
    """Pick what was made of the documents of a corpus as they are now."""
    pages = corpus.pages
    return {id: made for id, (given, made) in used.items() if given is pages[id].restored}


def _read(file: Path) -> _Kept | None:
    try:
        if file.is_symlink():
            return None
        data = memoryview(file.read_bytes())
        if zlib.crc32(data[_CRC:]) != int.from_bytes(data[:_CRC]):
            return None
        kept = msgspec.msgpack.decode(data[_CRC:], type=_Kept, dec_hook=_of_kind)
    except (OSError, ValueError, TypeError, RecursionError, msgspec.MsgspecError):
        return None
    return kept if kept.code == code_version() and _is_whole(kept) else None


def _is_whole(kept: _Kept) -> bool:
    pages = kept.corpus.pages
    sizes = {id: len(page.restored.sections) for id, page in pages.items() if page.restored}
    return (
        {page for page, _ in kept.corpus.asked} == pages.keys()
        and sizes.keys() >= {*kept.mentions, *kept.digest, *kept.chunks}
        and all(len(made) == sizes[id] for id, made in kept.chunks.items())
    )


def _of_kind(kind: type[Any], value: object) -> object:
    """Make what msgspec does not know, a dictionary of a kind of its own."""
    return kind(value)
