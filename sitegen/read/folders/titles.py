"""Stage ``read``: the titles of a page of reStructuredText -> headings of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.scan import MARK
from sitegen.scan.patterns import rare

_LINE = rare(r"([!-/:-@\[-`{-~])\1+[ \t]*")
_NO_TITLE = rare(r"[-*+|](?:[ \t]|$)|\.\.(?:[ \t]|$)|:[^:`]+:(?:[ \t]|$)|>>>|__[ \t]|\s|$")
_NO_LINES = frozenset(("..", "::"))
_DEEPEST = 6


def with_headings(text: str) -> str:
    """Write a page's titles as headings of Markdown, in the same lines.

    There a line of other signs than a few, one that is longer than its title or has text right
    below is no heading, and one of tildes begins code. Each style of titles is one level below
    those before it.
    """
    lines = text.split("\n")
    styles: list[str] = []
    in_code = False
    for number, line in enumerate(lines):
        before = lines[number - 1].strip() if number else ""
        if line.lstrip().startswith("`" * MARK) and (in_code or not before):
            in_code = not in_code  # a file that is included
        if in_code or not _LINE.fullmatch(line):
            continue
        at = number - 1
        if is_over := _is_overlined(lines, number):
            above = [number - 2, number]
        elif _is_title(lines, number):
            above = [number]
        else:
            continue
        style = line[0] * (1 + is_over)
        if style not in styles:
            styles.append(style)
        lines[at] = f"{'#' * min(styles.index(style) + 1, _DEEPEST)} {lines[at].strip()}"
        for each in above:
            lines[each] = ""
    return "\n".join(lines)


def _is_overlined(lines: Sequence[str], number: int) -> bool:
    """Whether a line is below a title that has the same above it."""
    if number < 2:
        return False
    over, title, line = (each.rstrip() for each in lines[number - 2 : number + 1])
    return over == line and 0 < len(title.strip()) <= len(line) and not _LINE.fullmatch(title)


def _is_title(lines: Sequence[str], number: int) -> bool:
    """Whether a line is below a title that stands alone, as docutils has them."""
    line, title = lines[number].rstrip(), lines[number - 1].rstrip() if number else ""
    above = lines[number - 2] if number > 1 else ""
    is_alone = not above.strip() or above.startswith(".. ")
    is_long = len(line) > MARK or (len(line) >= len(title) and line not in _NO_LINES)
    is_words = not (_NO_TITLE.match(title) or _LINE.fullmatch(title))
    return is_alone and is_long and is_words
