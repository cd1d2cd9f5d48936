"""Labels that authors give to places: ``(id)=`` of MyST, ``.. _id:`` of reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sitegen.scan import headings, unfenced, visible_lines

_LABEL = re.compile(
    r"[ \t]*(?:\(([^\W_][\w:. -]*)\)=|\.\. _(?:`([^`\n]+)`|([^:`\n_][^:`\n]*)):)[ \t]*"
)
_SIGNS = re.compile(r"([=\-~^\"`+*#.'])\1{2,}[ \t]*")
_NAMED = re.compile(
    r"^[ \t]*(?:(?:`{3,}|~{3,}|:{3,})\{|\.\. )[^\n]*\n"
    r"(?:[ \t]*(?:---|:?[\w-]+:[^\n]*)\n)*?[ \t]*:?name:[ \t]+(\S[^\n]*)",
    re.MULTILINE,
)
"""A directive that says the label of what it shows."""


def is_labelled(text: str) -> bool:
    """Whether a text may have labels; most have none."""
    if ")=\n" in text or ".. _" in text:
        return True
    return "name:" in text and (":name:" in text or "\nname:" in text)


def labels_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each label of a text as written, and the heading right below it, raw; else nothing."""
    lines = unfenced(text.split("\n"))
    titles = {number: title for number, _, title in headings(lines)}
    waiting: list[str] = []
    for number, line in visible_lines(lines):
        if match := _LABEL.fullmatch(line):
            waiting.append(match[1] or match[2] or match[3])
        elif line.strip():
            title = _title(lines, titles, number) if waiting else ""
            yield from ((label, title) for label in waiting)
            waiting = []
    yield from ((label, "") for label in waiting)
    yield from ((match[1].strip(), "") for match in _NAMED.finditer(text))


def _title(lines: Sequence[str], titles: Mapping[int, str], number: int) -> str:
    """The heading at a line, or between that and the next but one; also as no Markdown has it."""
    number += _SIGNS.fullmatch(lines[number]) is not None
    title, below = (line.strip() for line in (*lines[number : number + 2], "", "")[:2])
    is_title = _SIGNS.fullmatch(below) and 0 < len(title) <= len(below)
    return titles.get(number, title if is_title else "")


def id_of_label(label: str) -> str:
    """The id of the place that has a label."""
    return "-".join(label.split())


def known_as(label: str) -> str:
    """A label as all spellings of it are known: case and blanks tell none apart."""
    return " ".join(label.casefold().split())
