"""Headings index: pages and their headings -> scripts that search reads, also from a disk.

Search without an indexer, and on ``file://``, looks only here. Scripts, because a page on a disk
may load no other kind of file. The names stay from build to build, so that no page has to be
written again for another page's heading; what a name leads to carries a version.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from sitegen.model import OutputFile, RenderedPage, Site
from sitegen.store.sha256 import sha256_of_all
from sitegen.store.shelf import Shelf
from sitegen.urls import NOT_FOUND, headings_name

WHOLE = 400_000  # bytes of an index that is loaded at once: a quarter of it when compressed
PART = 150_000  # bytes that a part of a larger one aims at
SECTIONS = range(2, 41)  # how many sections of a site there may be for a reader to choose one
MOST = 4_000  # headings of a part: whatever a site is like, no reader loads more than that
_OF_HEADING = 160  # characters that take as much memory
_LONGEST = 200  # characters of a title or heading that are kept
_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_NO_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_Entry = str | list[str]
"""A heading's text; with its anchor where `anchor_of` does not give it."""


class Outline(Struct, frozen=True):
    """What is to be found of a page."""

    address: str
    title: str
    crumbs: str
    headings: tuple[tuple[int, _Entry], ...]


_BITS = 24
"""Of an entry of a part: the number of a page and, in so many bits, that of a heading from 1 on."""


def headings_index(
    site: Site,
    pages: Iterable[RenderedPage],
    folder: str,
    *,
    full: int,
    aside: Path | None = None,
) -> Iterator[OutputFile]:
    """Write the index below ``folder``, one of each language; ``pages`` need no HTML.

    ``full`` says how many full-text indexes there are besides. In the folder ``aside`` is put what
    does not fit into memory.
    """
    by_name: dict[str, Shelf[Outline]] = {}

    def add(name: str, found: Outline) -> None:
        by_name.setdefault(name, Shelf(Outline, aside)).append(found, _size(found))

    def shown() -> Iterator[RenderedPage]:
        return (each for each in pages if each.page.document.id != NOT_FOUND)

    for each in shown():
        add(headings_name(each.page.document.language, site.language), outline(each))
    # The search page speaks the site's language, even if no page of the input does.
    if (own := headings_name("", site.language)) not in by_name:
        for each in shown():
            add(own, outline(each))
    for name in sorted(by_name):
        yield from _written(by_name[name], f"{folder}{name.removesuffix('.js')}", full=full)


def outline(rendered: RenderedPage) -> Outline:
    """Reduce a page to its title, its place and its headings."""
    page = rendered.page
    title = _short(page.title)
    return Outline(
        quote(page.permalink),
        title,
        " › ".join(crumb.title for crumb in page.breadcrumbs),
        tuple(
            (each.level, text if anchor_of(text) == each.id else [text, each.id])
            for each in rendered.body.headings
            for text in (_short(each.text),)
            if each.id and text and (each.level > 1 or text != title)
        ),
    )


def _size(outline: Outline) -> int:
    """About how many characters an outline has."""
    return len(outline.address) + _OF_HEADING * (1 + len(outline.headings))


def anchor_of(text: str) -> str:
    """Give the anchor that most headings have, as ``find.js`` does; empty where letters differ."""
    return re.sub(r"[^\w-]", "", text.lower().replace(" ", "-")) if text.isascii() else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _written(outlines: Shelf[Outline], path: str, *, full: int) -> Iterator[OutputFile]:
    tops = dict.fromkeys(each.crumbs.partition(" › ")[0] for each in outlines if each.crumbs)
    sections = json.dumps(list(tops) if len(tops) in SECTIONS else [], ensure_ascii=False)
    head = f'"full":{json.dumps(full if full > 1 else bool(full))},"sections":{sections}'
    table, size = _whole(outlines)
    if size <= WHOLE:
        yield _script(f"{path}.js", f'{{{head},"table":{table}}}')
        return
    parts = _parts(outlines, number=-(-4 * size // PART))
    tables: Shelf[str] = Shelf(str)

    def kept() -> Iterator[bytes]:
        for number, entries in enumerate(parts):
            table = _part_table(outlines, entries)
            tables.append(table, len(table))
            yield f"{chr(10) if number else ''}{table}".encode()

    version = sha256_of_all(kept(), 12)
    yield _script(f"{path}.js", f'{{{head},"parts":{len(parts)},"version":"{version}"}}')
    for number, table in enumerate(tables.drain()):
        yield _script(f"{path}/{number}.js", f'{{"part":{number},"table":{table}}}')


def _script(path: str, value: str) -> OutputFile:
    return OutputFile(path, f"sitegenHeadings({value})\n".encode("utf-8", "replace"))


def _whole(outlines: Shelf[Outline]) -> tuple[str, int]:
    """The table of all pages and headings, and its length; a long one need not be there."""
    crumbs: dict[str, int] = {}
    rows: list[str] = []
    length = 0
    for each in outlines:
        row = _row(each, crumbs, (entry for _, entry in each.headings))
        length += len(row) + 1
        if length <= WHOLE:
            rows.append(row)
    return _joined(rows, crumbs), length - bool(length) + len(_joined((), crumbs))


def _table(outlines: Iterable[Outline], wanted: Iterable[Iterable[int]]) -> str:
    crumbs: dict[str, int] = {}
    rows = [
        _row(each, crumbs, (each.headings[at][1] for at in some))
        for each, some in zip(outlines, wanted, strict=True)
    ]
    return _joined(rows, crumbs)


def _row(page: Outline, crumbs: dict[str, int], headings: Iterable[_Entry]) -> str:
    """Write a page as ``[address, title, number of its crumbs, headings]``."""
    number = crumbs.setdefault(page.crumbs, len(crumbs))
    return _json([page.address, page.title, number, list(headings)])


def _joined(rows: Iterable[str], crumbs: Iterable[str]) -> str:
    return f'{{"crumbs":{_json(list(crumbs))},"pages":[{",".join(rows)}]}}'


def _parts(outlines: Shelf[Outline], number: int) -> list[array[int]]:
    """Deal headings out by the beginnings of their words: who seeks a word loads one part.

    Titles go first and high headings before low ones: where a part is full, the least is left out.
    """
    parts: list[array[int]] = [array("Q") for _ in range(number)]

    @lru_cache(maxsize=1 << 14)  # many pages have an Overview
    def parts_of(text: str) -> frozenset[int]:
        return frozenset(bucket(key, number) for key in keys(text))

    def deal(text: str, entry: int) -> None:
        for each in parts_of(text):
            if len(parts[each]) < MOST:
                parts[each].append(entry)

    levels: set[int] = set()
    for at, page in enumerate(outlines):
        deal(page.title, at << _BITS)
        levels.update(level for level, _ in page.headings)
    for wanted in sorted(levels):
        for at, page in enumerate(outlines):
            for index, (level, entry) in enumerate(page.headings):
                if level == wanted:
                    deal(entry if isinstance(entry, str) else entry[0], (at << _BITS) + index + 1)
    return parts


def _part_table(outlines: Shelf[Outline], entries: array[int]) -> str:
    """Write the pages of a part in order, each with those of its headings that are in it."""
    pages: dict[int, list[int]] = {}
    for entry in entries:
        at, index = divmod(entry, 1 << _BITS)
        some = pages.setdefault(at, [])
        if index:
            some.append(index - 1)
    order = sorted(pages)
    return _table((outlines[at] for at in order), (pages[at] for at in order))


def keys(text: str) -> set[str]:
    """Give the beginnings under which a text is found: two letters of each word and its words.

    Scripts without spaces give each character; ``BertModel`` gives ``be`` and ``mo``.
    """
    found: set[str] = set()
    for word in _WORD.findall(text if text.isascii() else _plain(text)):
        if word.isascii():
            found |= {part[:2].lower() for part in (word, *_CAPITAL.findall(word))}
        else:
            found.update(_NO_SPACES.findall(word))
            found |= {part[:2].lower() for part in _NO_SPACES.sub(" ", word).split()}
    return found


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", apart))


def bucket(key: str, number: int) -> int:
    """Give the part of a beginning, as ``find.js`` does."""
    at = 0
    for character in key:
        at = (at * 31 + ord(character)) % 65_521
    return at % number
