"""Restore, white space: documents whose blank lines are there, and whose indentation is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from sitegen.model import Certainty, Document, Restored, Seam
from sitegen.restore.whitespace.blocks import Block, split
from sitegen.restore.whitespace.layout import lay_out_fence, shifted
from sitegen.restore.whitespace.lists import Place, nest
from sitegen.scan import FenceScanner


def indented(document: Document) -> Document:
    """Give code and the items of lists their indentation back; no line is lost or moved."""
    pieces: list[Block | str] = []
    places: Iterator[Place] = iter(())
    lines = document.text.split("\n")
    starts = [s.line for s in document.sections if s.seam is Seam.SECTION and s.line]
    for start, end in pairwise((0, *starts, len(lines))):  # a heading ends all lists
        own = list(_pieces(lines[start:end]))
        _mark_leaders(own)
        places = chain(places, nest([piece for piece in own if isinstance(piece, Block)]))
        pieces += own
    text: list[str] = []
    restored: list[Restored] = []
    indents: dict[int, int] = {}
    for piece in pieces:
        if not isinstance(piece, Block):
            text.append(piece)
            continue
        lines, place = piece.lines, next(places)
        if piece.kind == "fence":
            lines, certainty = lay_out_fence(lines)
            if certainty is not None:
                restored.append(Restored(len(text), "code", certainty))
        laid = shifted(Block(piece.kind, lines), place)
        if laid != lines and piece.kind != "fence":
            restored.append(Restored(len(text), "whitespace", Certainty.GUESSED))
        for number, (new, old) in enumerate(zip(laid, piece.lines, strict=True), len(text)):
            indents[number] = len(new) - len(old)
        text += laid
    sections = tuple(
        replace(s, column=s.column + indents.get(s.line, 0)) if s.column else s
        for s in document.sections
    )
    return replace(
        document,
        text="\n".join(text),
        sections=sections,
        restored=(*document.restored, *restored),
    )


def _mark_leaders(pieces: Sequence[Block | str]) -> None:
    """Mark the first of the bullets between blank lines where each such run has several.

    Nobody writes a list so but above the items that belong to each of them.
    """
    runs: list[list[Block]] = []
    before: Block | str = ""
    for piece in (*pieces, Block("text", [])):
        if isinstance(piece, Block) and _is_bullet(piece):
            if isinstance(before, str) or not runs:
                runs.append([])
            runs[-1].append(piece)
        elif isinstance(piece, Block):
            if len(runs) > 1 and all(len(run) > 1 for run in runs):
                for first, *_ in runs:
                    first.leads = True
            runs = []
        before = piece


def _is_bullet(block: Block) -> bool:
    return block.kind == "item" and block.lines[0][0] in "-*+"


def _pieces(lines: Sequence[str]) -> Iterator[Block | str]:
    """Yield the blocks of a text, and its blank lines as they are."""
    fences = FenceScanner()
    run: list[str] = []
    code: list[str] = []
    for line in lines:
        if fences.feed(line):
            yield from _blocks(run)
            run = []
            code.append(line)
            if not fences.inside:
                yield Block("fence", code)
                code = []
        elif line.strip():
            run.append(line)
        else:
            yield from _blocks(run)
            run = []
            yield line
    yield from _blocks(run)
    if code:
        yield Block("fence", code)


def _blocks(run: Sequence[str]) -> Iterator[Block]:
    """Split lines without blank ones; what follows an item at once goes on in it."""
    item: Block | None = None
    for block in split(run) if run else ():
        if block.kind == "text" and item is not None:
            item.lines += block.lines
            continue
        if item is not None:
            yield item
        item = block if block.kind == "item" else None
        if item is None:
            yield block
    if item is not None:
        yield item
