"""Restore, white space: documents whose blank lines are there, and whose indentation is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sitegen.model import Certainty, Document, Restored
from sitegen.restore.whitespace.blocks import Block, split
from sitegen.restore.whitespace.layout import lay_out_fence, shifted
from sitegen.restore.whitespace.lists import nest
from sitegen.scan import FenceScanner


def indented(document: Document) -> Document:
    """Give code and the items of lists their indentation back; no line is lost or moved."""
    pieces = list(_pieces(document.text.split("\n")))
    blocks = [piece for piece in pieces if isinstance(piece, Block)]
    places = iter(nest(blocks))
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
