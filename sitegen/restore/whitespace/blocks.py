"""Restore, white space: splits the flush lines of a chunk into blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from sitegen.restore.whitespace.html import html_end
from sitegen.restore.whitespace.wrap import ends_sentence

FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})(.*)")
ITEM = re.compile(r"([-*+]|\d{1,9}[.)])(?: (.*)|$)")
_MEMBER = re.compile(r"[-*] [\w.]+$")
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_CODE = re.compile(r"`[^`]*`")
_RULE = re.compile(r"(?:(?:\* ?){3,}|(?:- ?){3,}|(?:_ ?){3,})$")
_UNDERLINE = re.compile(r"(?:=+|-+)$")
_MARKER = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]*[A-Za-z]|===[!+]?[ \t]+\"")
_DEFINITION = re.compile(r"\[[^\]]+\]: ")
_ALERT = re.compile(r">\s*\[!\w+\]")  # nowhere but at a callout's head
_LONGEST_FORMULA = 50  # lines
_SPECIAL = frozenset("`~<[-*+>#|$_=!?0123456789")


class Block(Struct):
    """Lines that belong together.

    Kinds: text, item, fence, formula, comment, html, tag, table, quote, autodoc, heading, alone,
    marker (of a callout or tab whose body stands indented below it).
    ``leads``: the items that follow an item at once are its members.
    """

    kind: str
    lines: list[str]
    leads: bool = False


def split(lines: Sequence[str]) -> list[Block]:
    """Split lines into blocks; prose stays one block of text up to where something else begins.

    Where a blank line stands between blocks none was lost, and there is nothing to split.
    """
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if not line:
            return []
        if line[0] not in _SPECIAL and "|" not in line:
            kind, end = "text", position + 1
        else:
            kind, end = _block(lines, position)
        if kind == "text" and blocks and blocks[-1].kind == "text":
            blocks[-1].lines.append(line)
        elif kind == "underline" and _underlines(blocks, line):
            text = blocks[-1]
            title = text.lines.pop()
            if not text.lines:
                blocks.pop()
            blocks.append(Block("heading", [title, line]))
        else:
            kind = "alone" if kind == "underline" else kind
            blocks.append(Block(kind, list(lines[position:end])))
        position = end
    return blocks


def _underlines(blocks: Sequence[Block], line: str) -> bool:
    """Tell a setext heading's line, about as long as its title, from a rule."""
    return (
        bool(blocks)
        and blocks[-1].kind == "text"
        and len(line) > 3
        and abs(len(blocks[-1].lines[-1]) - len(line)) <= 2
    )


def _block(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Name the block that begins at a line, and the line after its end."""
    line = lines[start]
    if line[0] in "`~" and (opening := FENCE.match(line)):
        return "fence", fence_end(lines, start, opening[1])
    if line.startswith("<"):
        return html_end(lines, start)
    if _is_table(lines, start):
        return "table", _while(lines, start + 2, _row_like(line))
    if line.startswith("[["):
        return _marker(lines, start)
    return _run(lines, start)


def _run(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Name the block of a line whose likes may follow it."""
    line = lines[start]
    if line.startswith(">"):
        goes_on = lambda text: text.startswith(">") and not _ALERT.match(text)  # noqa: E731
        return "quote", _while(lines, start + 1, goes_on)
    if line.startswith("$$"):
        return "formula", _math_end(lines, start)
    if line[0] == "[" and _DEFINITION.match(line):
        return "alone", _definitions_end(lines, start)
    return ("marker" if _MARKER.match(line) else _one_line(line)), start + 1


def _definitions_end(lines: Sequence[str], start: int) -> int:
    """Find the line after definitions; a footnote goes on where a sentence does."""
    is_note = False
    for number in range(start, len(lines)):
        line = lines[number]
        if _DEFINITION.match(line):
            is_note = line.startswith("[^")
        elif not is_note or not line[0].islower() or ends_sentence(lines[number - 1]):
            return number
    return len(lines)


def _one_line(line: str) -> str:
    if line[0] not in "-*+=_#0123456789":
        return "text"
    if _UNDERLINE.match(line) and len(line) > 1:
        return "underline"
    if _RULE.match(line):
        return "alone"
    if _HEADING.match(line):
        return "heading"
    return "item" if ITEM.match(line) else "text"


def _while(lines: Sequence[str], start: int, belongs: Callable[[str], bool]) -> int:
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _row_like(header: str) -> Callable[[str], bool]:
    """Tell the rows of a table from what follows: about as many cells as the header has."""
    pipes = max(header.count("|") - 2, 1)
    return lambda text: text.startswith("|") or _CODE.sub("", text).count("|") >= pipes


def _is_table(lines: Sequence[str], start: int) -> bool:
    following = lines[start + 1] if start + 1 < len(lines) else ""
    return "|" in lines[start] and "-" in following and bool(_DELIMITER.match(following))


def fence_end(lines: Sequence[str], start: int, opening: str) -> int:
    """Find the line after a fence; one that never closes goes on to the end."""
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.startswith(opening) and not line.strip(opening[0]):
            return number + 1
    return len(lines)


def _marker(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Take an `[[autodoc]]` line with its members, or another marker by itself."""
    if lines[start].startswith("[[autodoc]]"):
        return "autodoc", _while(lines, start + 1, lambda text: bool(_MEMBER.match(text)))
    return ("alone" if lines[start].endswith("]]") else "text"), start + 1


def _math_end(lines: Sequence[str], start: int) -> int:
    if len(lines[start]) > 3 and lines[start].rstrip(" .,;").endswith("$$"):
        return start + 1
    for number in range(start + 1, min(start + _LONGEST_FORMULA, len(lines))):
        if lines[number].rstrip(" .,;").endswith("$$"):
            return number + 1
    return start + 1
