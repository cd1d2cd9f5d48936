"""Restore, white space: whole documents, chunk by chunk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from msgspec.structs import replace

from sitegen.limits.seconds import within_page_limit
from sitegen.model import Certainty, Document, Restored, Section
from sitegen.restore.whitespace.blocks import Block, split
from sitegen.restore.whitespace.layout import lay_out
from sitegen.restore.whitespace.wrap import (
    Wrap,
    heads_of,
    inner_openings,
    learn,
    line_breaks,
    opening,
    share_inside,
)
from sitegen.scan import FenceScanner
from sitegen.store.shelf import Shelf

# A chunk: its sections, its lines, and its blocks when it is collapsed. Blank lines at its head are
# where front matter was. It has several sections where rows go on in the middle of a block.
_Chunk = tuple[list[Section], list[str], list[Block]]


def expanded(documents: Iterable[Document], folder: Path | None = None) -> Iterator[Document]:
    """Lay out all chunks that hold no white space; how lines were wrapped is learned from all.

    In ``folder`` is put aside what does not fit into memory.
    """
    cut: Shelf[list[_Chunk]] = Shelf(list[_Chunk], folder)
    breaks: Counter[tuple[int, int]] = Counter()
    begun: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    for document in documents:
        chunks = within_page_limit(document.source, _chunks, document)
        cut.append(chunks, len(document.text))
        for chunk in chunks:
            breaks.update(_breaks(chunk))
            _count_openings(chunk[2], begun, inner)
    general = learn(breaks, Wrap(heads=heads_of(begun, inner), inside=share_inside(breaks)))
    for document, chunks in zip(documents, cut.drain(), strict=True):
        own = Counter(item for chunk in chunks for item in _breaks(chunk))
        wrap = learn(own, general)
        yield within_page_limit(document.source, _restored, document, chunks, wrap)


def _chunks(document: Document) -> list[_Chunk]:
    """Cut a document where a blank line joins two sections, without that line."""
    lines = document.text.removesuffix("\n").split("\n")
    groups: list[list[Section]] = []
    for section in document.sections:
        if not groups or (not section.column and not lines[section.line - 1]):
            groups.append([])
        groups[-1].append(section)
    ends = [group[0].line - 1 for group in groups[1:]]
    chunks = []
    for group, end in zip(groups, [*ends, len(lines)], strict=True):
        own = lines[group[0].line : end]
        text = own[_head(own) :]
        chunks.append((group, own, split(text) if _is_flush(text) else []))
    return chunks


def _is_flush(lines: Sequence[str]) -> bool:
    """Whether no line outside of code is blank or indented, nor one that code begins with."""
    fences = FenceScanner()
    for line in lines:
        if not fences.inside and line[:1] in {"", " ", "\t"}:
            return False
        fences.feed(line)
    return True


def _head(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines) if line), len(lines))


def _breaks(chunk: _Chunk) -> list[tuple[int, int]]:
    runs = (block.lines for block in chunk[2] if block.kind == "text" and len(block.lines) > 1)
    return [item for run in runs for item in line_breaks(run)]


def _count_openings(blocks: Sequence[Block], begun: Counter[str], inner: Counter[str]) -> None:
    """Count how sentences begin: those that surely begin a paragraph, those inside of lines."""
    before = ""
    for block in blocks:
        if block.kind == "text" and before != "item":
            begun[opening(block.lines[0])] += 1
        if block.kind in {"text", "item"}:
            for line in block.lines:
                inner.update(inner_openings(line))
        before = block.kind


def _restored(document: Document, chunks: Sequence[_Chunk], wrap: Wrap) -> Document:
    """Put the chunks together again, with the source map and what was restored moved along."""
    text: list[str] = []
    sections: list[Section] = []
    restored: list[Restored] = list(document.restored)
    for group, lines, blocks in chunks:
        if text:
            text.append("")
        start = len(text)
        laid, notes = lay_out(blocks, wrap) if blocks else (lines, [])
        head = _head(lines) if blocks else 0
        if head + len(laid) > len(lines):
            restored.append(Restored(start, "whitespace", Certainty.LIKELY))
        text += [*lines[:head], *laid]
        sections.append(replace(group[0], line=start))
        sections += _moved(group[1:], lines, text[start:], group[0].line, start)
        restored += [
            Restored(start + head + note.line, note.what, note.certainty) for note in notes
        ]
    return replace(
        document, text="\n".join(text) + "\n", sections=tuple(sections), restored=tuple(restored)
    )


def _moved(
    sections: Sequence[Section], old: Sequence[str], new: Sequence[str], before: int, now: int
) -> Iterator[Section]:
    """Move sections along to where their lines are now: lines are put in only, blank ones.

    The old lines stood at ``before``, the new ones stand at ``now``.
    """
    if not sections:
        return
    filled = [number for number, line in enumerate(new) if line.strip()]
    counts = list(accumulate((bool(line.strip()) for line in old), initial=0))
    for section in sections:
        at = section.line - before
        number = counts[at]
        place = filled[number] if number < len(filled) else len(new) - 1
        deeper = len(new[place]) - len(old[at]) if section.column else 0
        yield replace(section, line=now + place, column=max(section.column + deeper, 0))
