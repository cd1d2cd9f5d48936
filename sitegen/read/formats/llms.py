"""Stage ``read``: all pages of a site in one text, as ``llms-full.txt`` holds them -> rows.

What stands above each page is its address: in a comment, as sitegen and others write it, or in the
line below its title (``Source:`` of Mintlify, ``URL:`` of Fumadocs). Others have elements around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from sitegen.read.columns.mapping import Column
from sitegen.read.formats.llms_docs import Page, docs_in
from sitegen.read.rows import Batch, Table
from sitegen.scan import FenceScanner

_HOST = r"https?://(?P<host>[^\s<>/?#]++)"
_MARKS = (
    re.compile(
        rf"\n<!--[ \t]+(?P<at>(?:{_HOST})?(?P<path>[^\s<>]+\.mdx?))[ \t]+-->[ \t]*(?=\n|\Z)"
    ),
    re.compile(
        r"\n#[ \t]+(?P<title>\S[^\n]*)\n\n?(?:Source|URL):[ \t]+"
        rf"(?P<at>(?:{_HOST}|(?=/))(?P<path>[^\s<>#]*)(?:#[^\s<>]*)?)[ \t]*(?=\n|\Z)"
    ),
)
_HEAD = re.compile(r"(?:[ \t]*(?:#[ \t][^\n]*|>[^\n]*)?\n)*")  # the name of the site, what it is
_NAMES = ("path", "url", "text")


def pages_in(text: str) -> Table | None:
    """The table of the pages that a text parts by their addresses; ``None`` if it parts none.

    Nothing but what a site is called, and what it is about, may stand above the first page.
    """
    if docs := docs_in(text):
        return _table(docs)
    text = f"\n{text}"
    for mark in _MARKS:
        marks = _outside_of_code(text, mark)
        if len(marks) > 1 and _HEAD.fullmatch(text, 0, marks[0].start() + 1):
            break
    else:
        return None
    has_hosts = len({each["host"] for each in marks}) > 1
    ends = [*(each.start() for each in marks[1:]), len(text)]
    return _table(
        [
            _page(found, text[found.end() : end], has_host=has_hosts)
            for found, end in zip(marks, ends, strict=True)
        ]
    )


def _table(pages: Sequence[Page]) -> Table:
    def batches(wanted: Sequence[Column]) -> Iterator[Batch]:
        for page in pages:
            row = dict(zip(_NAMES, page, strict=True))
            yield [[row[column.name]] for column in wanted]

    return Table([Column(name) for name in _NAMES], batches)


def _outside_of_code(text: str, mark: re.Pattern[str]) -> list[re.Match[str]]:
    """Where a mark stands, but for examples of it."""
    fences, marks, seen = FenceScanner(), [], 0
    for found in mark.finditer(text):
        for line in text[seen : found.start()].split("\n"):
            fences.feed(line)
        seen = found.start() + 1
        if not fences.inside:
            marks.append(found)
    return marks


def _page(found: re.Match[str], text: str, *, has_host: bool) -> Page:
    """The path, the address and the text of a page; the title above its mark belongs to it.

    The path ``has_host`` where pages of several hosts may have the same; a section is none of it.
    """
    host, title = found["host"], found.groupdict().get("title")
    text = text.strip("\n")
    text = f"# {title}\n\n{text}" if title else text
    path = f"{host}{found['path']}" if host and has_host else found["path"]
    return unquote(path).strip("/") or "index", found["at"] if host else None, text
