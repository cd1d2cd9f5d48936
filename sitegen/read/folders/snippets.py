"""Stage ``read``: how other generators write that a file is included -> what is asked for.

MkDocs writes ``--8<-- "a.md:2:9"``, mdBook ``{{#include a.rs:2:9}}``, VitePress
``<!--@include: ./a.md-->`` and ``<<< @/a.js{2}``, MyST a fence of ``{include}``, Sphinx
``.. include:: a.txt``, Docusaurus and Mintlify import a component.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import NamedTuple

from sitegen.scan import BEFORE_BLOCK, FenceScanner
from sitegen.scan.patterns import rare

NOTATION = (
    r"-{1,4}8<-{1,4}[ \t]+[\"'](?P<snippet>[^\"'\n]+)[\"'][ \t]*$"
    r"|\{\{#(?:rustdoc_)?include[ \t]+(?P<book>[^\s{}]+)[ \t]*\}\}[ \t]*$"
    r"|<!--[ \t]*@include:[ \t]*(?P<press>[^\s{}<>]+)(?:\{(?P<lines>[^{}\n]*)\})?[ \t]*-->[ \t]*$"
    r"|(?P<ticks>`{3,})\{(?P<directive>include|literalinclude)\}[ \t]+(?P<myst>[^\s`]+)[ \t]*\n"
    r"(?P<options>(?:[ \t>]*:[^\n]*\n)*)[ \t>]*(?P=ticks)[ \t]*$"
    r"|\.\. (?P<dotted>include|literalinclude)::[ \t]+(?P<dots>[^\s`]+)[ \t]*"
    r"(?P<below>(?:\n[ \t>]+:[^\n]*)*)$"
    r"|<<<[ \t]+(?P<code>[^\s{}]+)(?:[ \t]*\{(?P<said>[^{}\n]*)\})?[ \t]*$"
)
SIGNS = (
    *("include}", "include::", "8<-", "{{#", "@include:", "<<<"),
    *('.md"', ".md'", '.mdx"', ".mdx'"),
)
"""Without one of these there is none of them in a text."""
_IMPORT = rare(
    r"^import[ \t]+(?P<name>[A-Z]\w*)[ \t]+from[ \t]+"
    r"[\"'](?P<path>[^\"'\n]+\.mdx?)[\"'][ \t]*+;?[ \t]*+$",
    re.MULTILINE,
)
_ELEMENT = rare(rf"(?P<indent>{BEFORE_BLOCK})<(?P<name>[A-Z]\w*)(?:[ \t][^<>\n]*)?/>[ \t]*")
_OPTION = rare(r":([\w-]+):[ \t]*([^\n`]*)")
_PART = rare(r":(?P<part>[\w.-]+|\d*:\d*)$")
_LINES = rare(r"(?P<first>\d*)(?P<to>[:,-]?)(?P<last>\d*)")
_FRONT_MATTER = rare(
    r"---[ \t]*\n[A-Za-z_][\w-]*:[^\n]*\n(?:[A-Za-z_][\w-]*:[^\n]*\n|[ \t#-][^\n]*\n)*?---[ \t]*\n"
)
_MARKER = rare(r"8<-+[ \t]*\[(?:start|end):|\bANCHOR(?:_END)?:|#(?:end)?region\b")


class Asked(NamedTuple):
    """A file, which part of it, and in what language it is shown; none: it is Markdown."""

    path: str
    part: str = ""
    language: str | None = None


def asked(found: re.Match[str]) -> Asked:
    """What a notation asks for."""
    if path := found["myst"] or found["dots"]:
        said = dict(_OPTION.findall(found["options"] or found["below"] or ""))
        is_code = (found["directive"] or found["dotted"]) == "literalinclude"
        return Asked(path, said.get("lines", ""), said.get("language", "") if is_code else None)
    if code := found["code"]:
        path, _, part = code.partition("#")
        language = PurePosixPath(path).suffix[1:]
        return Asked(path, part, f"{language} {{{found['said']}}}" if found["said"] else language)
    if press := found["press"]:
        return Asked(press.partition("#")[0], found["lines"] or press.partition("#")[2])
    written = found["snippet"] or found["book"]
    part = _PART.search(written)
    return Asked(written[: part.start()], part["part"]) if part else Asked(written)


def stands_for_code(found: re.Match[str]) -> bool:
    """Whether a notation is one that stands within a fence too."""
    return bool(found["snippet"] or found["book"])


def import_texts(text: str) -> str:
    """Write components that are imported files of Markdown as includes, each on its line.

    What a fence shows of them stays as it is.
    """
    if not _IMPORT.search(text):
        return text
    lines, fences = text.split("\n"), FenceScanner()
    shown = [number for number, line in enumerate(lines) if not fences.feed(line)]
    paths: dict[str, str] = {}
    for number in shown:
        if found := _IMPORT.fullmatch(lines[number]):
            paths[found["name"]] = re.sub(r"^/", "@/", found["path"])
            lines[number] = ""
    for number in shown:
        if (element := _ELEMENT.fullmatch(lines[number])) and element["name"] in paths:
            path = json.dumps({"path": paths[element["name"]]})
            lines[number] = f"{element['indent']}<include>{path}</include>"
    return "\n".join(lines)


def without_front_matter(text: str) -> tuple[str, int]:
    """Markdown without what stands above it for a generator; count the lines of that."""
    matter = _FRONT_MATTER.match(text)
    return (text[matter.end() :], matter[0].count("\n")) if matter else (text, 0)


def part_of(text: str, part: str) -> tuple[str, int]:
    """Lines by number or between two marks of a name; those of marks go. Count those above.

    Raises:
        ValueError: no line is marked so.
    """
    lines, first = text.splitlines(), 0
    numbers = _LINES.fullmatch(part)
    if part and numbers:
        first = min(max(int(numbers["first"] or 1) - 1, 0), len(lines))
        last = int(numbers["last"] or 0) if numbers["to"] else first + 1
        lines = lines[first : last or None]
    elif part:
        marked = re.compile(
            rf"(?:start:[ \t]*|ANCHOR:[ \t]*|#region[ \t]+){re.escape(part)}(?![\w-])"
        )
        ended = re.compile(
            rf"(?:end:[ \t]*|ANCHOR_END:[ \t]*){re.escape(part)}(?![\w-])|#endregion\b"
        )
        first = next((n for n, line in enumerate(lines, 1) if marked.search(line)), -1)
        if first < 0:
            raise ValueError(f"no line is marked {part!r}")
        lines = lines[first:]
        lines = lines[: next((n for n, line in enumerate(lines) if ended.search(line)), None)]
    return "\n".join(line for line in lines if not _MARKER.search(line)) + "\n", first
