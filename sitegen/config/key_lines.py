"""Key lines: in which line of a configuration file the key stands that a fault is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(
    r"\s*(?:(?P<open>\[\[?)(?P<table>[^\]\n]+)\]{1,2}|(?P<key>[\w.\"'-][^=\n\[\]{}]*)=)"
)
_WORD = re.compile(r"[\w.\[\]/-]+")
_QUOTED = re.compile(r"'([^'\n]+)'")
_LONG_TEXT = re.compile(r'"""|\'\'\'')


def line_of(fault: str, text: str, prefix: str = "") -> int | None:
    """The line, from 1, of the first key that a fault names, or of what it quotes in that table.

    ``prefix`` is the table that holds all settings, with its dot.
    """
    lines = {name.removeprefix(prefix): line for name, line in _keys(text)}
    words = (word.strip(".").replace("-", "_") for word in _WORD.findall(fault))
    spelled = {name.replace("-", "_"): name for name in reversed(lines)}
    if not (known := next((spelled[word] for word in words if word in spelled), "")):
        return None
    inside = (f"{known}.{quoted}" for quoted in _QUOTED.findall(fault))
    return lines[next((name for name in inside if name in lines), known)]


def _keys(text: str) -> Iterator[tuple[str, int]]:
    """Yield the names of tables and keys, as faults call them, each with its line."""
    table, counts, is_text = "", dict[str, int](), False
    for number, line in enumerate(text.split("\n"), start=1):
        was_text = is_text
        is_text ^= len(_LONG_TEXT.findall(line)) % 2 == 1
        if was_text or not (found := _LINE.match(line)):
            continue
        name = _plain(found["table"] or found["key"])
        if found["table"]:
            if found["open"] == "[[":
                counts[name] = counts.get(name, 0) + 1
                yield name, number
                name = f"{name}[{counts[name]}]"
            table = f"{name}."
            yield name, number
        else:
            yield f"{table}{name}", number


def _plain(name: str) -> str:
    """A name without the quotes that it may be written in, and the blanks around its parts."""
    return ".".join(part.strip("\"' \t\r") for part in name.split("."))
