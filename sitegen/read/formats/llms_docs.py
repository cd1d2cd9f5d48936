"""Stage ``read``: all pages of a site in one text, each in an element ``<doc>`` -> rows.

That is the form of ``llms_txt2ctx``: ``<project title="..." summary="...">`` with words on all, and
in it ``<doc title="...">``, most without an address. What stands around the pages is of none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sitegen.scan import FenceScanner, headings_in
from sitegen.urls import slug

_GIVEN = r"""(?:\s+[\w:-]++=(?:"[^"]*+"|'[^']*+'))"""
_DOC = re.compile(rf"<doc({_GIVEN}+)\s*>")
_PROJECT = re.compile(rf"\s*<project({_GIVEN}*)\s*>")
_ATTRIBUTE = re.compile(r"""\s([\w:-]++)=(?:"([^"]*+)"|'([^']*+)')""")
_AROUND = re.compile(r"</?(?:project|docs|optional|context)>")
_END = "</doc>"
_ADDRESSES = ("url", "href", "link", "source", "path", "src")

Page = tuple[str, str | None, str]
"""The path, the address and the text of a page."""


class _Address(NamedTuple):
    """The host and the path of a page, empty if nothing tells them, and its address on a host."""

    host: str
    path: str
    url: str | None


_NOWHERE = _Address("", "", None)


def docs_in(text: str) -> list[Page]:
    """The pages of a text that holds nothing but such elements and what is around them; or none."""
    docs = list(_docs(text))
    if not docs:
        return []
    head = text[: docs[0][0]]
    project = _PROJECT.match(head)
    if not project and _AROUND.sub("", head).strip():
        return []
    addresses = [_address(given) for _, given, _ in docs]
    has_hosts = len({each.host for each in addresses if each.host}) > 1
    paths = [f"{at.host}/{at.path}".lstrip("/") if has_hosts else at.path for at in addresses]
    names, taken = Counter[str](), set(filter(None, paths))
    pages: list[Page] = []
    given = _attributes(project[1]) if project else {}
    if project and (about := _about(given, head[project.end() :])):
        pages.append((_free("index", names, taken), None, about))
    for path, at, (_, given, body) in zip(paths, addresses, docs, strict=True):
        title = _line(given.get("title", ""))
        pages.append((path or _free(title, names, taken), at.url, _with_title(title, body)))
    return pages


def _docs(text: str) -> Iterator[tuple[int, dict[str, str], str]]:
    """Yield where each element begins, its attributes and its text; an example in code is none."""
    opened: re.Match[str] | None = None
    seen, fences = 0, FenceScanner()  # an end before that is in the text of a page
    for found in _DOC.finditer(text):
        at = found.start()
        if opened:
            end = text.rfind(_END, seen, at)
            seen = found.end()
            if end < 0 or _AROUND.sub("", text[end + len(_END) : at]).strip():
                continue  # it stands in the text of the one before
            yield opened.start(), _attributes(opened[1]), text[opened.end() : end]
        else:
            for line in text[seen:at].split("\n"):
                fences.feed(line)
            seen = found.end()
            if fences.inside:
                return
        opened = found
    end = text.rfind(_END, seen)
    if opened and end >= 0 and not _AROUND.sub("", text[end + len(_END) :]).strip():
        yield opened.start(), _attributes(opened[1]), text[opened.end() : end]


def _attributes(given: str) -> dict[str, str]:
    return {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(given)}


def _about(project: dict[str, str], words: str) -> str:
    """What is said of all pages, as a page: title, summary and what stands above the first."""
    title, summary = _line(project.get("title", "")), project.get("summary", "").strip()
    quote = "\n".join(f"> {line}".rstrip() for line in summary.split("\n")) if summary else ""
    parts = [f"# {title}" if title else "", quote, _AROUND.sub("", words).strip()]
    return "\n\n".join(filter(None, parts)) if any(parts[1:]) else ""


def _address(given: dict[str, str]) -> _Address:
    """Where a page lies, as far as an attribute tells it; what is no address tells nothing."""
    address = next((given[name].strip() for name in _ADDRESSES if given.get(name)), "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return _NOWHERE
    path = unquote(parts.path).strip("/") or "index"
    return _Address(parts.netloc, path, address if parts.netloc else None) if address else _NOWHERE


def _free(title: str, names: Counter[str], taken: set[str]) -> str:
    """A name that no page has, taken from now on: pages without an address may be called alike."""
    name = slug(title) or "page"
    while True:
        names[name] += 1
        free = f"{name}-{names[name]}" if names[name] > 1 else name
        if free not in taken:
            taken.add(free)
            return free


def _line(words: str) -> str:
    """Words of an attribute, which may have several lines, on the one of a heading."""
    return " ".join(words.split())


def _with_title(title: str, text: str) -> str:
    """The text of a page below its title, unless it begins with a heading of its own."""
    text = text.strip("\n")
    first = next(headings_in(text), None)
    if not title or (first and first[0] == 1):
        return text
    return f"# {title}\n\n{text}"
