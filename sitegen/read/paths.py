"""Stage ``read``: what names a page, and perhaps a section or a row of it -> the page's path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

_SUFFIX = r"\.(?:html?|ipynb|markdown|mdx?|rst|txt)"
_OF_SECTIONS = re.compile(
    rf"(?P<page>[^#]+{_SUFFIX})#(?P<section>(?!(?:chunk[-_:. ]*+)?\d+$)[^#/]+)", re.IGNORECASE
)
_WITH_PATH = re.compile(rf"\S[^#\n]*{_SUFFIX}(?![^\W_]).*|\S+/\S+(?:#|::)[^\s#:]+", re.IGNORECASE)
_ROW = re.compile(rf"(?P<page>.+{_SUFFIX})[-_:./ ]+\d{{1,9}}", re.IGNORECASE)


def page_and_section(source: str, *, by_url: bool, by_id: bool) -> tuple[str, str]:
    """The path in a source such as ``guide.md#install``, and the section; a number counts rows.

    An id may count them behind any sign: ``guide.md-3``.
    """
    if by_url:
        return source.partition("#")[0], ""
    if by_id and (row := _ROW.fullmatch(source)):
        return row["page"], ""
    match = _OF_SECTIONS.fullmatch(source) if "#" in source else None
    return (match["page"], unquote(match["section"])) if match else (source, "")


def begin_with_paths(ids: Sequence[object]) -> bool:
    """Whether all ids begin with the path of a page."""
    return bool(ids) and all(isinstance(id, str) and _WITH_PATH.fullmatch(id) for id in ids)
