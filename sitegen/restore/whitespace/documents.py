"""Restore, white space: whole documents, chunk by chunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sitegen.model import Certainty, Document, Restored, Section
from sitegen.restore.whitespace.blocks import Block, split
from sitegen.restore.whitespace.layout import lay_out
from sitegen.restore.whitespace.wrap import Wrap, broken_lines, learn
from sitegen.scan import FenceScanner


def expanded(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Lay out all chunks that hold no white space; how lines were wrapped is learned from all."""
    chunks = [_chunks(document) for document in documents]
    breaks = [[item for chunk in of_one for item in _breaks(chunk)] for of_one in chunks]
    general = learn([item for of_one in breaks for item in of_one], Wrap())
    return tuple(
        _restored(document, of_one, learn(own_breaks, general))
        for document, of_one, own_breaks in zip(documents, chunks, breaks, strict=True)
    )


# A chunk: its section, its lines, and its blocks when it is collapsed. Blank lines at its head are
# where front matter was.
_Chunk = tuple[Section, list[str], list[Block]]


def _chunks(document: Document) -> list[_Chunk]:
    """Cut a document into its sections, without the blank line that joins two."""
    lines = document.text.removesuffix("\n").split("\n")
    ends = [section.line - 1 for section in document.sections[1:]]
    chunks = []
    for section, end in zip(document.sections, [*ends, len(lines)], strict=True):
        own = lines[section.line : end]
        text = own[_head(own) :]
        fences = FenceScanner()
        is_flush = not any(not fences.feed(x) and x[:1] in {"", " ", "\t"} for x in text)
        chunks.append((section, own, split(text) if is_flush else []))
    return chunks


def _head(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines) if line), len(lines))


def _breaks(chunk: _Chunk) -> list[tuple[int, int]]:
    runs = (block.lines for block in chunk[2] if block.kind == "text" and len(block.lines) > 1)
    return [item for run in runs for item in broken_lines(run)]


def _restored(document: Document, chunks: Sequence[_Chunk], wrap: Wrap) -> Document:
    """Put the chunks together again, with the source map and what was restored moved along."""
    text: list[str] = []
    sections: list[Section] = []
    restored: list[Restored] = list(document.restored)
    for section, lines, blocks in chunks:
        if text:
            text.append("")
        start = len(text)
        sections.append(replace(section, line=start))
        if not blocks:
            text += lines
            continue
        laid, notes = lay_out(blocks, wrap)
        text += lines[: _head(lines)]
        if len(text) + len(laid) - start > len(lines):
            restored.append(Restored(start, "whitespace", Certainty.LIKELY))
        start = len(text)
        text += laid
        restored += [Restored(start + note.line, note.what, note.certainty) for note in notes]
    return replace(
        document, text="\n".join(text) + "\n", sections=tuple(sections), restored=tuple(restored)
    )
