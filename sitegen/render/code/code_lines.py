"""What an info string asks of a code block besides its language: title, line numbers, marks."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from sitegen.scan.patterns import rare

_SETTING = rare(r"(?:^|[\s{,])([A-Za-z_-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'{},]+))")
_CHANGES = rare(r"\b(ins|add|del|rem)=\{([\d\s,-]+)\}")
_DIRECTIVE = rare(
    r"(?<![ \t])[ \t]*+(?:#|//|--|;|%|/\*|<!--)[ \t]*\[!code[ \t]+"
    r"(\+\+|--|hl|highlight|focus|error|warning)(?::\d+)?\]"
    r"[ \t]*(?:\*/|-->)?[ \t]*$"
)
_MAGIC = rare(
    r"^[ \t]*(?:#|//|--|;|%|/\*|\{/\*|<!--)[ \t]*highlight-(next-line|start|end)"
    r"[ \t]*(?:\*/\}?|-->)?[ \t]*$",
    re.MULTILINE,
)
_NOTE = rare(r"(?:#|//|--|;|%)[ \t]*\((\d{1,2})\)!?(?=</span>|$)", re.MULTILINE)
_RANGES = rare(r"\{([\d\s,-]+)\}")
_RANGE = rare(r"(\d{1,5})(?:-(\d{1,5}))?")
_NUMBERED = rare(r"(?:^|[\s{])(?:showLineNumbers|linenos|\.?numbered)(?=[\s}]|$)")
_BRACKETED = rare(r"\S[ \t]+(?:\{[^{}]*\}[ \t]*)?\[([^\[\]]+)\]")  # of VitePress
_NUMBERED_FROM = rare(r":line-numbers(?:=(\d{1,6}))?(?=[\s{]|$)")
_TITLES = ("title", "filename", "file")
_ADDED = ("ins", "add")
_MARKS = ("hl_lines", "highlight", "mark")
_NUMBERS = ("linenums", "startline")
_SPAN = rare(r"</?span[^>]*>")  # of the highlighter: never one in another


class CodeOptions(Struct, frozen=True):
    """``first`` is the number of the first line, 0: none are shown. Lines count from 1."""

    title: str = ""
    first: int = 0
    marked: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()


PLAIN = CodeOptions()


def code_options(info: str) -> CodeOptions:
    """Read the settings of an info string in the spellings of MkDocs, Docusaurus and Starlight."""
    if not any(sign in info for sign in "={ :"):
        return PLAIN
    changes = _CHANGES.findall(info)
    info = _CHANGES.sub("", info)
    settings = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _SETTING.finditer(info)}
    ranges = [settings[name] for name in _MARKS if name in settings] + _RANGES.findall(info)
    start = next((settings[name] for name in _NUMBERS if name in settings), "")
    of_vitepress = _NUMBERED_FROM.search(info)
    start = start or (of_vitepress and of_vitepress[1]) or ""
    numbered = bool(start or of_vitepress) or _NUMBERED.search(info) is not None
    bracketed = _BRACKETED.search(info)
    return CodeOptions(
        title=next(
            (settings[name] for name in _TITLES if name in settings),
            bracketed[1] if bracketed else "",
        ),
        first=(int(start) if start.isdecimal() and len(start) < 7 else 1) if numbered else 0,
        marked=frozenset(n for text in ranges for n in _numbers(text)),
        added=frozenset(n for kind, text in changes if kind in _ADDED for n in _numbers(text)),
        removed=frozenset(
            n for kind, text in changes if kind not in _ADDED for n in _numbers(text)
        ),
    )


def without_directives(code: str, options: CodeOptions) -> tuple[str, CodeOptions]:
    """Take off the comments by which a line says what it is: ``# [!code ++]``, as in VitePress.

    Docusaurus has comments on lines of their own, where the info string marks no lines.
    """
    if "highlight-" in code and not options.marked and _MAGIC.search(code):
        return _without_magic(code, options)
    if "[!code" not in code:
        return code, options
    lines, found = code.split("\n"), dict[str, set[int]]()
    for number, line in enumerate(lines, start=1):
        if said := _DIRECTIVE.search(line):
            lines[number - 1] = line[: said.start()]
            found.setdefault(said[1], set()).add(number)
    added, removed = found.pop("++", set()), found.pop("--", set())
    marked = set().union(*found.values())
    return "\n".join(lines), replace(
        options,
        marked=options.marked | marked,
        added=options.added | added,
        removed=options.removed | removed,
    )


def _without_magic(code: str, options: CodeOptions) -> tuple[str, CodeOptions]:
    """Take out ``// highlight-next-line`` and what begins and ends a block of marked lines."""
    lines, marked, is_next, is_inside = list[str](), set[int](), False, False
    for line in code.split("\n"):
        if said := _MAGIC.fullmatch(line):
            is_next = said[1] == "next-line"
            is_inside = is_inside if is_next else said[1] == "start"
            continue
        lines.append(line)
        if is_next or is_inside:
            marked.add(len(lines))
        is_next = False
    return "\n".join(lines), replace(options, marked=frozenset(marked))


def with_notes(html: str) -> str:
    """Show ``# (1)!``, which leads to an entry of the list below, as its number alone."""
    return _NOTE.sub(r'<span class="sg-code-note">\1</span>', html) if ")!" in html else html


def without_notes(code: str) -> str:
    """The code as it is copied: without what leads to notes."""
    return _NOTE.sub("", code) if ")!" in code else code


def with_lines(html: str, options: CodeOptions) -> str:
    """Put each line of coloured code into an element of its own; spans end with their line."""
    out: list[str] = []
    carried = ""
    for number, line in enumerate(html.removesuffix("\n").split("\n"), start=1):
        text = carried + line
        if tags := _SPAN.findall(line):
            carried = "" if tags[-1] == "</span>" else tags[-1]
        mark = _mark(number, options)
        out.append(f'<span class="sg-line{mark}">{text}{"</span>" if carried else ""}\n</span>')
    return "".join(out)


def _mark(number: int, options: CodeOptions) -> str:
    if number in options.added:
        return " sg-added"
    if number in options.removed:
        return " sg-removed"
    return " sg-marked" if number in options.marked else ""


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for match in _RANGE.finditer(text):
        first = int(match[1])
        found += range(first, min(int(match[2] or first), first + 9999) + 1)
    return found
