"""Restore, white space: lays out the blocks of a chunk with blank lines and indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sitegen.model import Certainty, Restored
from sitegen.restore.whitespace.blocks import FENCE, Block, fence_end
from sitegen.restore.whitespace.code import layout_code
from sitegen.restore.whitespace.lists import Place, nest, same_bullets
from sitegen.restore.whitespace.wrap import Below, Wrap, announces, ends_sentence

_EMPHASIS_END = re.compile(r"[^*]\*{1,3}[.,;:!?)]*$")
_INLINE_TAG = re.compile(r"<(small|i|b|em|strong|sub|sup|s|u|a|span|font)(?:\s[^<>]*)?>")
_LONGEST = 60  # lines of emphasis
_MEMBERS = 4  # columns by which the members of an object stand below it


def lay_out(blocks: Sequence[Block], wrap: Wrap) -> tuple[list[str], list[Restored]]:
    """Give a chunk's flush lines their blank lines and indentation; no line is lost or moved."""
    blocks = list(_paragraphs(blocks, wrap))
    out: list[str] = []
    restored: list[Restored] = []
    for block, place in zip(blocks, nest(blocks), strict=True):
        if out and not place.glued:
            out.append("")
        if block.kind == "fence":
            lines, certainty = lay_out_fence(block.lines)
            if certainty is not None:
                restored.append(Restored(len(out), "code", certainty))
            out += [" " * place.indent + line for line in lines] if place.indent else lines
        elif block.kind == "quote":
            lines, certainty = _lay_out_quote(block.lines)
            if certainty is not None:
                restored.append(Restored(len(out), "code", certainty))
            out += [" " * place.indent + line for line in lines]
        else:
            out += shifted(block, place)
    return out, restored


def lay_out_fence(lines: Sequence[str]) -> tuple[list[str], Certainty | None]:
    """Lay out the code between a fence's marks; the closing one may be lost to a chunk's end."""
    opening = lines[0]
    closed = len(lines) > 1 and not lines[-1].strip(opening[0])
    body = lines[1:-1] if closed else lines[1:]
    code = [line for line in body if line.strip()]
    if any(line[0] in " \t" for line in code):
        return list(lines), None  # it has its own indentation
    laid, certainty = layout_code(code, opening.strip("`~ "))
    rest = iter(laid)
    whole = [next(rest) if line.strip() else line for line in body]
    return [opening, *whole, *lines[len(body) + 1 :]], certainty


def _lay_out_quote(lines: Sequence[str]) -> tuple[list[str], Certainty | None]:
    """Lay out the code in a quote, whose blank lines are marked; how sure the first of it is."""
    inner = [line.removeprefix(">").removeprefix(" ") for line in lines]
    if not any(FENCE.match(line) for line in inner):
        return list(lines), None
    out: list[str] = []
    found: list[Certainty] = []
    at = 0
    while at < len(lines):
        opening = FENCE.match(inner[at])
        end = fence_end(inner, at, opening[1]) if opening else at + 1
        if opening:
            code, certainty = lay_out_fence(inner[at:end])
            out += (f"> {line}".rstrip() for line in code)
            found += [certainty] if certainty is not None else []
        else:
            out.append(lines[at])
        at = end
    return out, next(iter(found), None)


def _paragraphs(blocks: Sequence[Block], wrap: Wrap) -> Iterator[Block]:
    """Cut runs of prose into paragraphs; those that go on a list item join it."""
    previous: Block | None = None
    goes_on = False  # an item of the list does, on another line
    for index, block in enumerate(blocks):
        if block.kind != "text":
            yield from [previous] if previous else []
            goes_on = goes_on and block.kind == "item"
            previous = block
            continue
        place = _place(previous, block, blocks[index + 1] if index + 1 < len(blocks) else None)
        emphasis = _in_emphasis(block.lines)
        for number, line in enumerate(block.lines):
            at = "" if place == "last" and goes_on else place
            if previous and (
                number in emphasis or _goes_on(previous, block.lines, number, wrap, at)
            ):
                goes_on = goes_on or previous.kind == "item"
                previous.lines.append(line)
            else:
                yield from [previous] if previous else []
                previous = Block("text", [line])
    yield from [previous] if previous else []


def _place(before: Block | None, block: Block, after: Block | None) -> Below:
    """How prose stands below an item: what is between two of one list is of the first of them.

    It is not where it announces the second or may be its title, nor between numbers: those hold
    paragraphs.
    """
    if after is None or after.kind != "item":
        return "last"
    if announces(block.lines[-1]):
        return "leading"
    is_one_list = before is not None and before.kind == "item" and same_bullets(before, after)
    return "inside" if is_one_list and ends_sentence(block.lines[-1]) else ""


def _in_emphasis(lines: Sequence[str]) -> frozenset[int]:
    """Find the lines inside emphasis or an inline tag that opens a line: no blank one is there."""
    inside: set[int] = set()
    for number, line in enumerate(lines):
        end = _end_of_inline(line) if number not in inside and line[:1] in "*<" else None
        if end is not None and not end.search(line):
            far = min(number + _LONGEST, len(lines))
            closing = (n for n in range(number + 1, far) if end.search(lines[n]))
            inside.update(range(number + 1, next(closing, number) + 1))
    return frozenset(inside)


def _end_of_inline(line: str) -> re.Pattern[str] | None:
    """What ends the emphasis or the inline tag that a line begins with."""
    if line.startswith("*"):
        return _EMPHASIS_END
    tag = _INLINE_TAG.match(line)
    return _closing(tag[1]) if tag else None


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}>")


def _goes_on(
    block: Block, lines: Sequence[str], number: int, wrap: Wrap, place: Below = ""
) -> bool:
    """Whether a line of prose goes on the block before it."""
    if block.kind == "item":
        indent = len(block.lines[0].split(" ", 1)[0]) + 1 if len(block.lines) > 1 else 0
        if place == "leading" and number + 1 < len(lines):
            place = ""
        return not wrap.ends_item(block.lines[-1], lines[number], indent=indent, place=place)
    return block.kind == "text" and not wrap.ends_paragraph(lines, number)


def shifted(block: Block, place: Place) -> list[str]:
    """Indent a block; what goes on an item stands below its text, members below their object."""
    first, *others = block.lines
    inner = place.indent
    if block.kind == "item":
        inner += len(first.split(" ", 1)[0]) + 1
    elif block.kind == "autodoc":
        inner += _MEMBERS
    if not inner:
        return block.lines
    return [" " * place.indent + first, *(" " * inner + line for line in others)]
