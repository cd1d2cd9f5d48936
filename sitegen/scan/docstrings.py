"""Docstrings: Google style with Markdown, and doc-builder's ``<docstring>`` markup -> ApiDoc.

griffe's parser of Google style is not used where griffe is there: it drops the titles of groups of
parameters (``> For experts``) and makes a value of its own of each further line of a result.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from html import unescape
from textwrap import dedent

from sitegen.model.objects import CLASS, ApiDoc, ApiField, ApiSection, kind_of
from sitegen.scan.patterns import rare

_TITLES = {
    "arg": "Parameters",
    "args": "Parameters",
    "arguments": "Parameters",
    "attributes": "Attributes",
    "params": "Parameters",
    "parameters": "Parameters",
    "raise": "Raises",
    "raises": "Raises",
    "return": "Returns",
    "returns": "Returns",
    "yield": "Yields",
    "yields": "Yields",
}
_HEADER = rare(rf"({'|'.join(_TITLES)}):?[ \t]*", re.IGNORECASE)
_FIELD = rare(r"(\*{0,2}[\w.`\\]+)[ \t]*(?:\((.*)\))?[ \t]*:(?:[ \t]+|$)(.*)")
_TYPED = rare(r"((?:`[^`]*`|[\w.\[\], |~:])+?):(?:[ \t]+|$)(.*)")
_ITEM = rare(r"^- \*\*(.+?)\*\*(?: \((.*)\))?[ \t]*--[ \t]*", re.MULTILINE)
_RAISED = rare(r"^- `*([\w.]+)`*[ \t]*--[ \t]*", re.MULTILINE)
_PART = rare(r"<([a-z]+\d*(?:title)?)>(.*?)</\1>", re.DOTALL)
_PARAMETERS = rare(r"paramsdesc(\d*)")


def parse_google(docstring: str) -> tuple[str, tuple[ApiSection, ...]]:
    """Split a docstring into its Markdown and its sections of parameters, values and errors."""
    lines = inspect.cleandoc(docstring).split("\n")
    text: list[str] = []
    sections: list[ApiSection] = []
    number = 0
    while number < len(lines):
        header = _HEADER.fullmatch(lines[number])
        end = _end_of_body(lines, number + 1) if header else number
        if header is None or end == number + 1:
            text.append(lines[number])
            number += 1
            continue
        body = dedent("\n".join(lines[number + 1 : end])).strip("\n")
        sections += _google_sections(_TITLES[header[1].lower()], body)
        number = end
    return "\n".join(text).strip("\n"), tuple(sections)


def parse_markup(markup: str) -> ApiDoc | None:
    """Read what stands between ``<docstring>`` and its end; ``None`` without a name."""
    parts = {match[1]: match[2] for match in _PART.finditer(markup)}
    title = parts.get("name", "").strip().replace("\\_", "_")
    kind, _, name = title.rpartition(" ")
    anchor = parts.get("anchor", "").strip() or name
    if not anchor:
        return None
    return ApiDoc(
        anchor,
        CLASS if kind == "class" else kind_of(anchor),
        _signature(parts.get("parameters", "")),
        sections=tuple(_markup_sections(parts)),
        source=parts.get("source", "").strip(),
    )


def _end_of_body(lines: list[str], start: int) -> int:
    """Find the line after an indented body, blank lines at its end left off."""
    end = start
    for number in range(start, len(lines)):
        if lines[number].strip():
            if not lines[number].startswith((" ", "\t")):
                break
            end = number + 1
    return end


def _google_sections(title: str, body: str) -> Iterator[ApiSection]:
    if title in {"Returns", "Yields"}:
        typed = _TYPED.match(body)
        if typed and typed[1].strip():
            rest = f"{typed[2]}\n{dedent(body[typed.end() :])}"
            yield ApiSection(title, (ApiField("", typed[1].strip(), rest.strip()),))
        else:
            yield ApiSection(title, (ApiField("", "", body),))
        return
    fields: list[ApiField] = []
    for head, rest in _entries(body):
        if head.startswith(">"):  # a group of parameters under a title of its own
            if fields:
                yield ApiSection(title, tuple(fields))
            title, fields = head.lstrip("> ").rstrip(":"), []
        elif match := _FIELD.fullmatch(head):
            text = f"{match[3]}\n{rest}".strip()
            fields.append(ApiField(match[1].strip("`").replace("\\", ""), match[2] or "", text))
        else:
            fields.append(ApiField("", "", f"{head}\n{rest}".strip()))
    if fields:
        yield ApiSection(title, tuple(fields))


def _entries(body: str) -> Iterator[tuple[str, str]]:
    """Yield each unindented line with what is indented below it."""
    head = ""
    rest: list[str] = []
    for line in body.split("\n"):
        if line[:1].strip():
            if head:
                yield head, dedent("\n".join(rest))
            head, rest = line.rstrip(), []
        else:
            rest.append(line)
    if head:
        yield head, dedent("\n".join(rest))


def _signature(parameters: str) -> tuple[str, ...] | None:
    try:
        items = json.loads(parameters)
        return tuple(unescape(unescape(f"{item['name']}{item['val']}")) for item in items)
    except (ValueError, TypeError, KeyError):
        return None


def _markup_sections(parts: dict[str, str]) -> Iterator[ApiSection]:
    for name, text in parts.items():
        if match := _PARAMETERS.fullmatch(name):
            title = parts.get(f"paramsdesc{match[1]}title", "Parameters").strip()
            if fields := tuple(_items(_ITEM, text)):
                yield ApiSection(title, fields)
    for title, type_, text in (
        ("Returns", "rettype", "retdesc"),
        ("Yields", "yieldtype", "yielddesc"),
    ):
        if type_ in parts or text in parts:
            value = ApiField("", parts.get(type_, "").strip(), dedent(parts.get(text, "")).strip())
            yield ApiSection(title, (value,))
    if raised := tuple(_items(_RAISED, parts.get("raises", ""))):
        yield ApiSection("Raises", raised)


def _items(pattern: re.Pattern[str], text: str) -> Iterator[ApiField]:
    found = list(pattern.finditer(text))
    for number, match in enumerate(found, 1):
        end = found[number].start() if number < len(found) else len(text)
        type_ = (match[2] or "") if pattern.groups > 1 else ""
        body = dedent(text[match.end() : end].lstrip(" \t").removeprefix("\n")).strip()
        yield ApiField(match[1].replace("\\", ""), type_, body)
