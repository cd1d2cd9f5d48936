"""Stage ``read``: what names a page, and perhaps a section or a row of it -> the page's path."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

_SUFFIX = r"\.(?:html?|ipynb|markdown|mdx?|qmd|rmd|rst|txt)"
_OF_SECTIONS = re.compile(
    rf"(?P<page>[^#]+{_SUFFIX}|(?:[a-z][a-z0-9+.-]*:/)?/[^#]+)"
    r"#(?P<section>(?!(?:chunk[-_:. ]*+)?\d+$)[^#/]+)",
    re.IGNORECASE,
)
_LINES = r"(?P<{}>\d{{1,9}})(?:C\d+)?(?:-L?\d+(?:C\d+)?)?"
_PLACES = re.compile(
    rf"(?P<page>[^?\n]+{_SUFFIX}|[^#?]+)(?:\?plain=1)?"
    rf"#(?:L|(?:chunk|page|part|row)=){_LINES.format('at')}"
    rf"|(?P<file>.+{_SUFFIX}):{_LINES.format('line')}"
)
_ROUTE = re.compile(r"[^#]*#!?/")
_WITH_PATH = re.compile(
    rf"\S[^#\n]*{_SUFFIX}(?![^\W_]).*|\S+/\S+(?:#|::)[^\s#:]+"
    r"|\S.*[-_#:./ ]\(?chunk[-_:. ]*\d{1,9}\)?",
    re.IGNORECASE,
)
_PAGE = re.compile(rf"{_SUFFIX}\Z", re.IGNORECASE)
_ENCODED = "aHR0c"  # `http`
_ROW = re.compile(rf"(?P<page>.+{_SUFFIX})[-_:./ ]+\d{{1,9}}", re.IGNORECASE)


class Named(NamedTuple):
    """What a source names: a page, perhaps a section of it, and a number that orders its rows."""

    page: str
    section: str = ""
    number: int | None = None


@lru_cache(maxsize=256)  # the rows of one source stand together
def page_and_section(source: str, *, by_url: bool, by_id: bool) -> Named:
    """The path in a source such as ``guide.md#install``, and the section; a number counts rows.

    Lines (``guide.md#L3-L9``, ``guide.md:3``) order rows. An id may count them behind any sign:
    ``guide.md-3``.
    """
    source = decoded(source)
    if place := _place(source):
        return Named(place["page"] or place["file"], "", int(place["at"] or place["line"]))
    if by_id and (row := _ROW.fullmatch(source)):
        return Named(row["page"])
    match = _OF_SECTIONS.fullmatch(source) if "#" in source else None
    if match is None or by_url:
        is_route = _ROUTE.match(source) is not None  # of a page that a script shows
        return Named(source.partition("#")[0] if by_url and not is_route else source)
    return Named(match["page"], unquote(match["section"]))


def fragment(address: str) -> str:
    """The section that an address leads to; lines, and what counts chunks, are none."""
    is_none = "#" not in address or _place(address) or _ROUTE.match(address)
    return "" if is_none else unquote(address.partition("#")[2])


def _place(address: str) -> re.Match[str] | None:
    """The place that an address names; all such end with a number, which most do not."""
    return _PLACES.fullmatch(address) if address[-1:].isdecimal() else None


def decoded(source: str) -> str:
    """An address that a search service wrote in base64, as keys of documents there are."""
    if not source.startswith(_ENCODED):
        return source
    found: list[str] = []
    for text in (source, source[:-1]):  # the last sign may count those that are left out
        with suppress(ValueError):
            found.append(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode())
    pages = (path for path in found if is_page(path))
    return next(pages, found[0] if found else source)


def is_page(source: str) -> bool:
    """Whether a source ends as the file of a page does."""
    return _PAGE.search(source) is not None


def are_encoded(cells: Sequence[object]) -> bool:
    """Whether all cells are addresses in base64."""
    return bool(cells) and all(isinstance(c, str) and decoded(c) != c for c in cells)


def begin_with_paths(ids: Sequence[object]) -> bool:
    """Whether all ids begin with the path of a page, or with its name and count its chunks."""
    return bool(ids) and all(isinstance(id, str) and _WITH_PATH.fullmatch(id) for id in ids)
