"""Labels that authors give to places: ``(id)=`` of MyST, ``.. _id:`` of reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sitegen.scan import headings, unfenced, visible_lines
from sitegen.scan.patterns import rare

_LABEL = rare(r"[ \t]*(?:\(([^\W_][\w:. -]*)\)=|\.\. _(?:`([^`\n]+)`|([^:`\n_][^:`\n]*)):)[ \t]*")
_NAMED = rare(
    r"^[ \t]*(?:(?:`{3,}|~{3,}|:{3,})\{|\.\. )[^\n]*\n"
    r"(?:[ \t]*(?:---|:?[\w-]+:[^\n]*)\n)*?[ \t]*:?name:[ \t]+(\S[^\n]*)",
    re.MULTILINE,
)
"""A directive that says the label of what it shows."""
_NONE: Mapping[int, str] = MappingProxyType({})


def is_labelled(text: str) -> bool:
    """Whether a text may have labels; most have none."""
    return ")=\n" in text or ".. _" in text or ":name:" in text or "\nname:" in text


def labels_in(text: str, above: Mapping[int, str] = _NONE) -> Iterator[tuple[str, str]]:
    """Yield each label of a text as written, and the heading right below it, raw; else nothing.

    Some headings stand ``above`` lines, but not in the text.
    """
    lines = unfenced(text.split("\n"))
    titles = dict(above) | {number: title for number, _, title in headings(lines)}
    waiting: list[str] = []
    for number, line in visible_lines(lines):
        if match := _LABEL.fullmatch(line):
            waiting.append(match[1] or match[2] or match[3])
        elif line.strip():
            title = titles.get(number) or titles.get(number + 1, "") if waiting else ""
            yield from ((label, title) for label in waiting)
            waiting = []
    yield from ((label, "") for label in waiting)
    yield from ((match[1].strip(), "") for match in _NAMED.finditer(text))


def id_of_label(label: str) -> str:
    """The id of the place that has a label."""
    return "-".join(label.split())


def known_as(label: str) -> str:
    """A label as all spellings of it are known: case and blanks tell none apart."""
    return " ".join(label.casefold().split())
