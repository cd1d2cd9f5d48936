"""What an info string asks of a code block besides its language: title, line numbers, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SETTING = re.compile(r"(?:^|[\s{,])([A-Za-z_-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'{},]+))")
_RANGES = re.compile(r"\{([\d\s,-]+)\}")
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_NUMBERED = re.compile(r"(?:^|[\s{])(?:showLineNumbers|linenos|\.?numbered)(?=[\s}]|$)")
_TITLES = ("title", "filename", "file")
_MARKS = ("hl_lines", "highlight", "mark")
_NUMBERS = ("linenums", "startline")
_SPAN = re.compile(r"</?span[^>]*>")  # of the highlighter: never one in another


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """``first`` is the number of the first line, 0: none are shown. ``marked`` counts from 1."""

    title: str = ""
    first: int = 0
    marked: frozenset[int] = frozenset()


PLAIN = CodeOptions()


def code_options(info: str) -> CodeOptions:
    """Read the settings of an info string in the spellings of MkDocs, Docusaurus and Starlight."""
    if not any(sign in info for sign in "={ "):
        return PLAIN
    settings = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _SETTING.finditer(info)}
    ranges = [settings[name] for name in _MARKS if name in settings] + _RANGES.findall(info)
    start = next((settings[name] for name in _NUMBERS if name in settings), "")
    numbered = bool(start) or _NUMBERED.search(info) is not None
    return CodeOptions(
        title=next((settings[name] for name in _TITLES if name in settings), ""),
        first=(int(start) if start.isdecimal() and len(start) < 7 else 1) if numbered else 0,
        marked=frozenset(n for text in ranges for n in _numbers(text)),
    )


def with_lines(html: str, options: CodeOptions) -> str:
    """Put each line of coloured code into an element of its own; spans end with their line."""
    out: list[str] = []
    carried = ""
    for number, line in enumerate(html.removesuffix("\n").split("\n"), start=1):
        text = carried + line
        if tags := _SPAN.findall(line):
            carried = "" if tags[-1] == "</span>" else tags[-1]
        mark = " sg-marked" if number in options.marked else ""
        out.append(f'<span class="sg-line{mark}">{text}{"</span>" if carried else ""}\n</span>')
    return "".join(out)


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for match in _RANGE.finditer(text):
        first = int(match[1])
        found += range(first, min(int(match[2] or first), first + 9999) + 1)
    return found
